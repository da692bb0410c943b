/** The noise that the story has to be heard through: some five hundred articles of ordinary business. */
import type { NewsEvent } from '#lib/domain/events.ts';
import { DAY, startOf } from '#lib/domain/time.ts';
import { SCRIPT_START, type Calendar, type Language } from './calendar.ts';
import { CHINESE, ENGLISH, GOODS, TOWNS, type Piece } from './phrasebook.ts';
import type { Random } from './random.ts';
import { article } from './report.ts';
import { ORGANISATIONS, OUTLETS, SALTMARKET, SMALL, type Outlet } from './world.ts';

const ARTICLES = 440;
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
	const start = startOf(calendar.day(SCRIPT_START));
	const days = Math.round((startOf(calendar.today) - start) / DAY);
	const articles: NewsEvent[] = [];
	for (let i = 0; i < ARTICLES; i++) {
		// Two a day at least on the last days, so that the newest page is never bare; the very last is of today.
		const day = i < ARTICLES - 12 ? random.whole(0, days - 3) : days - 1 - Math.floor((ARTICLES - 1 - i) / 2);
		const at =
			i === ARTICLES - 1
				? start + days * DAY + MINUTE
				: start + day * DAY + random.whole(1, 23 * 60) * MINUTE;
		const outlet = random.pick(DESKS);
		const piece = filled(outlet.language, random);
		const slug = `${outlet.language === 'zh' ? 'a' : slugOf(piece.title)}-${10_000 + i}`;
		articles.push(article(outlet, at, { language: outlet.language, slug, ...piece }));
		if (i % 100 >= COPIED || i >= ARTICLES - 12) continue;
		const takers = random.sample(SALTMARKET, random.whole(1, 4));
		for (const [n, taker] of takers.entries())
			articles.push(
				article(taker, at + (n + 1) * random.whole(10, 90) * MINUTE, {
					language: outlet.language,
					slug,
					...piece
				})
			);
	}
	return articles;
}

/** A piece with its braces filled. */
function filled(language: Language, random: Random): { title: string; text: string } {
	const piece = random.pick(language === 'zh' ? CHINESE : ENGLISH);
	const a = random.pick(KINDS[piece.of]);
	const b = random.pick(KINDS.any.filter((id) => id !== a));
	const which = language === 'zh' ? 1 : 0;
	const values: Record<string, string> = {
		a: NAMES.get(a)?.[language] ?? a,
		b: NAMES.get(b)?.[language] ?? b,
		town: random.pick(TOWNS)[which],
		goods: random.pick(GOODS)[which],
		n: String(random.whole(12, 95) * 10),
		n2: String(random.whole(11, 68)),
		m: String(random.whole(14, 210)),
		p: String(random.whole(2, 19))
	};
	const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
	const title = fill(piece.title);
	return { title: title[0] === title[0]?.toLowerCase() ? capital(title) : title, text: fill(piece.text) };
}
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

const slugOf = (title: string): string =>
	title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').split('-').slice(0, 6).join('-'); // prettier-ignore
