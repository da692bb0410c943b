/** Seeded articles and a watchlist of ten thousand names: of recorded headlines and sentences where they lie beside the project, else written. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { watchlistSchema, type Watchlist } from '#lib/domain/watchlist/watchlist.ts';
import { RECORDED } from '../tests/support/policy-series.ts';
import { random } from './sample.ts';

/** Of a text, about as long as those of news sites. */
const WORDS = 150;
/** Part of the texts that repeat one of the last {@link RECENT}. */
const REPEATED = 0.3;
const RECENT = 200;

export interface Text {
	title: string;
	text: string;
}

/** What articles are made of. `recorded` is false where it is written by a die. */
export function corpus(seed: number) {
	const dice = new Dice(seed);
	const titles = recorded('gnews_headlines/unique_main_en.jsonl.gz', z.object({ headline: z.string() }).transform(({ headline }) => headline)); // prettier-ignore
	const sentences = recorded('core_company_relations/train.jsonl.gz', z.object({ text: z.string() }).transform(({ text }) => text)); // prettier-ignore
	const title = () => (titles ? dice.pick(titles) : dice.headline());
	const sentence = () => (sentences ? dice.pick(sentences) : dice.sentence());
	const texts: string[] = [];
	const text = () => {
		const before = texts[Math.floor(dice.draw() * texts.length)];
		if (before !== undefined && dice.draw() < REPEATED) return before;
		const parts: string[] = [];
		for (let words = 0; words < WORDS; words += parts.at(-1)?.split(' ').length ?? WORDS)
			parts.push(sentence());
		texts.push(parts.join(' '));
		if (texts.length > RECENT) texts.shift();
		return parts.join(' ');
	};
	return {
		recorded: titles !== null && sentences !== null,
		headline: (): Text => ({ title: title(), text: '' }),
		report: (): Text => ({ title: title(), text: text() })
	};
}

/** The starter watchlist, and firms with names in two scripts until there are so many names. */
export function watchlistOf(names: number, seed: number): Watchlist {
	const dice = new Dice(seed);
	const organisations: z.input<typeof watchlistSchema>['organisations'] = [...starter.organisations];
	let count = starter.organisations.reduce((sum, { aliases }) => sum + 1 + aliases.length, 0);
	for (let n = 0; count < names; n++, count += 3)
		organisations.push({ id: `firm-${n}`, name: `${dice.name()} ${n}`, aliases: [`${dice.name()} ${dice.name()}`, dice.chinese()] });
	return watchlistSchema.parse({ organisations });
} // prettier-ignore

class Dice {
	readonly draw: () => number;

	constructor(seed: number) {
		this.draw = random(seed);
	}

	pick<T>(list: readonly T[]): T {
		const found = list[Math.floor(this.draw() * list.length)];
		if (found === undefined) throw new Error('nothing to pick from');
		return found;
	}
	word(): string {
		return Array.from({ length: 2 + Math.floor(this.draw() ** 2 * 3) }, () => this.pick(SYLLABLES)).join('');
	}
	name(): string {
		const word = this.word();
		return word.charAt(0).toUpperCase() + word.slice(1);
	}
	chinese(): string {
		return Array.from({ length: 3 + Math.floor(this.draw() * 2) }, () => this.pick(CHARACTERS)).join('');
	}
	headline(): string {
		return `${this.pick(FIRMS)} ${this.pick(DEEDS)} ${this.pick(FIRMS)} over ${this.word()} and ${this.word()}`;
	}
	sentence(): string {
		const words = Array.from({ length: 11 }, () => this.word()).join(' ');
		return this.draw() < 0.2 ? `${this.headline()}, ${words}.` : `${this.name()} ${words}.`;
	}
}
const SYLLABLES = 'ba de fi go ka le mi no pa re si to va dor lin wen'.split(' ');
const CHARACTERS = [...'云海星禾岚橙木帆锦鹿途购联驰品汇谷图淘优选'];
const FIRMS = ['WeChat', 'Alibaba', 'JD.com', 'TikTok', 'Amazon', 'Meta', 'Shopify', 'Walmart', 'Temu'];
const DEEDS = ['in talks with', 'to integrate', 'denies deal with', 'signs partnership with', 'sues'];

/** Rows of a recorded file, or null where it is not here. */
function recorded<T>(file: string, row: z.ZodType<T>): T[] | null {
	const path = join(RECORDED, file);
	if (!existsSync(path)) return null;
	const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
	return lines.map((line) => row.parse(JSON.parse(line)));
}
