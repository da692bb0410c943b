/** The noise that the story has to be heard through: some five hundred articles of ordinary business. */
import type { NewsEvent } from '#lib/domain/events.ts';
import { DAY, startOf } from '#lib/domain/time.ts';
import { SCRIPT_START, type Calendar, type Language } from './calendar.ts';
import { CHINESE, CHINESE_ASIDES, ENGLISH, ENGLISH_ASIDES, GOODS, TOWNS, type Piece } from './phrasebook.ts';
import type { Random } from './random.ts';
import { article } from './report.ts';
import { ORGANISATIONS, OUTLETS, SALTMARKET, SMALL, type Outlet } from './world.ts';

const ARTICLES = 440;
/** So many of them on the last days. */
const RECENT = 12;
/** Of a hundred pieces so many are taken over by others. */
const COPIED = 9;
const MINUTE = 60_000;

const KINDS: Record<Piece['of'], readonly string[]> = {
	shop: ['harbor', 'meridian', 'orchard-lane', 'tilework', 'fernhouse', 'millrace'],
	app: ['lantern', 'paperkite', 'inkstone'],
	search: ['plumb'],
	carrier: ['swallowtail'],
	custodian: ['countwell'],
	any: [
		'harbor',
		'meridian',
		'orchard-lane',
		'tilework',
		'fernhouse',
		'lantern',
		'paperkite',
		'inkstone',
		'plumb'
	]
};
const NAMES = new Map<string, Record<Language, string>>(
	ORGANISATIONS.map(({ id, name, aliases }) => [id, { en: name, zh: aliases[0] }])
);
const DESKS: readonly Outlet[] = [
	OUTLETS.tidewire, OUTLETS.ledgerLine, OUTLETS.quayCourier, OUTLETS.eastpier, OUTLETS.coilCable, OUTLETS.pierGazette,
	OUTLETS.brasslamp, OUTLETS.saltmarket, OUTLETS.marketbell, OUTLETS.ninefold, OUTLETS.weighhouse, ...SMALL
]; // prettier-ignore

/** Until today's first minutes; each with the outlets that took it over. */
export function background(calendar: Calendar, random: Random): NewsEvent[] {
	const draw = { en: pieces('en', random), zh: pieces('zh', random) };
	return times(calendar, random).flatMap((at, i, all) => {
		const outlet = random.pick(DESKS);
		const { language } = outlet;
		const piece = draw[language]();
		const slug = `${language === 'zh' ? 'a' : slugOf(piece.title)}-${10_000 + i}`;
		const told = { language, slug, ...piece };
		const takers =
			i % 100 < COPIED && i < all.length - RECENT ? random.sample(SALTMARKET, random.whole(1, 4)) : [];
		return [
			article(outlet, at, told),
			...takers.map((taker, n) => article(taker, at + (n + 1) * random.whole(10, 90) * MINUTE, told))
		];
	});
}

/** When articles appear, in order: all over the months, two a day on the last days, and one today. */
function times({ day, today }: Calendar, random: Random): number[] {
	const start = startOf(day(SCRIPT_START));
	const end = startOf(today);
	const days = Math.round((end - start) / DAY);
	const early = Array.from({ length: ARTICLES - RECENT }, () => random.whole(0, days - 3 - RECENT / 2));
	const recent = Array.from({ length: RECENT - 1 }, (_, i) => days - 1 - Math.floor(i / 2));
	const at = [...early, ...recent].map((day) => start + day * DAY + random.whole(1, 23 * 60) * MINUTE);
	return [...at.sort((a, b) => a - b), end + MINUTE];
}

/** Gives one piece after the other, filled; none comes again before all others were there. */
function pieces(language: Language, random: Random): () => { title: string; text: string } {
	const [all, asides, which] =
		language === 'zh' ? ([CHINESE, CHINESE_ASIDES, 1] as const) : ([ENGLISH, ENGLISH_ASIDES, 0] as const);
	let left: Piece[] = [];
	return () => {
		if (left.length === 0) left = random.sample(all, all.length);
		const piece = left.pop() ?? random.pick(all);
		const a = random.pick(KINDS[piece.of]);
		const b = random.pick(KINDS.any.filter((id) => id !== a));
		const millions = random.whole(14, 210);
		const values: Record<string, string> = {
			a: NAMES.get(a)?.[language] ?? a,
			b: NAMES.get(b)?.[language] ?? b,
			town: random.pick(TOWNS)[which],
			goods: random.pick(GOODS)[which],
			n: String(random.whole(12, 95) * 10),
			n2: String(random.whole(24, 68)),
			m: String(millions),
			y: millions < 100 ? `${millions * 100}万` : `${millions / 100}亿`,
			p: String(random.whole(2, 19))
		};
		const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
		const [first = '', ...more] = piece.text.split(/\s*\n\s*/);
		const text = [
			first,
			...random.sample(more, random.whole(1, 2)),
			...random.sample(asides, random.whole(2, 3))
		];
		return { title: fill(piece.title), text: fill(text.join('\n')) };
	};
}

const slugOf = (title: string): string =>
	title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').split('-').slice(0, 6).join('-'); // prettier-ignore
