import { describe, expect, it } from 'vitest';
import { watchlistSchema } from '../../watchlist/watchlist.ts';
import { detector } from './detect.ts';
import { shippedWeights } from './shipped.ts';

const watchlist = watchlistSchema.parse({
	organisations: [
		{ id: 'lantern', name: 'Lantern', aliases: ['灯笼'], people: [{ name: 'Mei Chen', aliases: ['陈梅'] }] },
		{ id: 'harbour', name: 'Harbour', aliases: ['海港商城'], people: [{ name: 'Jo Berg', aliases: ['约伯格'] }] },
		{ id: 'orchard', name: 'Orchard', aliases: ['果园'] }
	]
}); // prettier-ignore
const detect = detector(watchlist, shippedWeights());
/** Who did what in the sentence's surest signal of the type, as `organisation` or `organisation (person)`; `-` nobody. */
function acted(type: string, text: string): string {
	const found = detect({ title: '-', text }).signals.filter((signal) => signal.type === type && signal.probability >= 0.5);
	const [surest] = found.sort((a, b) => b.probability - a.probability);
	if (!surest) return 'no signal';
	return surest.person === undefined ? (surest.agent ?? '-') : `${surest.agent} (${surest.person})`;
} // prettier-ignore

describe('who did it', () => {
	it.each([
		['executive_visit', 'lantern (Mei Chen)', 'Mei Chen visited the headquarters of Harbour on Friday.'],
		['executive_visit', 'lantern', 'The chief executive of Lantern met the chairman of Harbour in Hamburg.'],
		['executive_visit', 'lantern (Mei Chen)', 'Mei Chen, chief executive of Lantern, was received by Jo Berg of Harbour.'],
		['executive_visit', 'lantern (Mei Chen)', 'Mei Chen was accompanied by Harbour’s chief executive.'],
		['executive_visit', 'harbour', 'Lantern welcomed the chief executive of Harbour on Friday.'],
		['executive_visit', 'lantern (Mei Chen)', '陈梅率队拜访海港商城。'],
		['executive_visit', 'lantern', '灯笼副总裁周五参观了海港商城总部。'],
		['denial', 'harbour', 'Harbour dismissed reports of a partnership with Lantern.'],
		['denial', 'lantern', 'Asked about a deal with Harbour, Lantern denied it.'],
		['denial', 'harbour', 'Reports of a partnership with Lantern were denied by Harbour.'],
		['denial', 'harbour (Jo Berg)', 'Jo Berg denied that Harbour will work with Lantern.'],
		['denial', 'harbour', '海港商城辟谣：与灯笼合作的消息不实。'],
		['denial', 'lantern', '灯笼回应称，与海港商城合作一事不属实。'],
		['denial', '-', 'Lantern and Harbour both denied that they are in talks.'],
		['no_comment', 'lantern', 'A spokesperson for Lantern had no comment on a possible deal with Harbour.'],
		['no_comment', '-', 'Lantern and Harbour declined to comment.'],
		['no_comment', '-', '海港商城和灯笼均拒绝置评。'],
		['no_comment', 'lantern', '对于与海港商城合作的传闻，灯笼表示不予置评。'],
		['equity', 'lantern', 'Lantern agreed to buy a 20 percent stake in Harbour for $1.2 billion.'],
		['equity', 'lantern', 'Harbour was acquired by Lantern.'],
		['equity', 'lantern', '灯笼拟收购海港商城20%股权。'],
		['equity', 'lantern', '海港商城被灯笼收购。'],
		['dispute', 'harbour', 'Harbour sued Lantern over its riders.'],
		['dispute', 'lantern', 'Harbour was sued by Lantern over its riders.'],
		['dispute', 'lantern', 'Lantern has blocked links to Harbour.'],
		['dispute', 'harbour', '海港商城起诉灯笼侵权。'],
		['dispute', 'harbour', '灯笼被海港商城起诉。'],
		['dispute', 'harbour', '灯笼回应海港商城起诉垄断。'],
		['dispute', 'lantern', 'Lantern has terminated its partnership with Harbour.']
	])('%s: %s in %s', (type, who, text) => {
		expect(acted(type, text)).toBe(who);
	}); // prettier-ignore

	it('is the only one who is named', () => {
		expect(acted('denial', 'Harbour denied the report on Monday.')).toBe('harbour');
		expect(acted('no_comment', 'Mei Chen of Lantern declined to comment.')).toBe('lantern (Mei Chen)');
	});
});

describe('nobody is said to have done', () => {
	it.each([
		['announcement', 'Lantern and Harbour announced a strategic alliance on Monday.'],
		['regulatory', 'The European Commission opened an antitrust investigation into Lantern and Harbour.']
	])('%s: %s', (type, text) => {
		expect(acted(type, text)).toBe('-');
	});
});

describe('a person', () => {
	it('of the other side is not the one who did it', () => {
		expect(
			acted('executive_visit', 'The chief executive of Lantern met Jo Berg of Harbour in Hamburg.')
		).toBe('lantern');
	});
});
