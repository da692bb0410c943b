/** A story in words, made from its data. */
import type { Judgement } from '#lib/domain/news/reliability.ts';
import { m } from '#lib/paraglide/messages.js';
import { count, day, duration, unbroken } from '#lib/ui/format.ts';
import type { Locale } from '#lib/ui/locale.ts';
import { oneLine } from '#lib/ui/outside.ts';
import { sentence, type Part } from '#lib/ui/sentence.ts';
import { independence } from '../independence.ts';
import { dayOf, moment, outlet } from './said.ts';
import type { RootShown, StoryTold } from './told.ts';

interface Said extends StoryTold {
	articles: number;
	owner: { owner: string; copies: number } | null;
	/** How reliable whoever was first is. */
	judged: Pick<Judgement, 'letter' | 'right' | 'of'> | undefined;
	/** Of one article whose date lies long before it was seen. */
	old: { seen: number } | null;
}

export interface Sentences {
	/** Who was first, and how many rest on nobody else. */
	first: Part[];
	/** How reliable that one is, who followed, whose outlets copied, what is back-dated. */
	second: Part[];
	/** What the drawing of the spread shows; empty where nobody copied. */
	claim: string;
}

export const sentencesOf = (story: Said, now: number, locale: Locale): Sentences => ({
	first: firstLine(story, now, locale),
	second: secondLine(story, now, locale),
	claim: claim(story, locale)
});

function firstLine(story: Said, now: number, locale: Locale): Part[] {
	const [root] = story.roots;
	if (!root) return [];
	const { report } = root;
	const common = {
		publisher: { text: outlet(report), tone: 'subject' as const, href: `#a${report.id}` },
		at: { text: unbroken(moment(report.at, now, locale)), href: report.url },
		title: oneLine(report.title, HEADLINE)
	};
	if (story.old)
		return sentence(m.story_single_old, { ...common, seen: moment(story.old.seen, now, locale) });
	if (story.articles === 1) return sentence(m.story_single, common);
	return sentence(m.story_said, { ...common, some: SLOT, rest: restOf(story, locale) }).flatMap((part) =>
		part.text === SLOT ? independence(story.roots.length, story.articles, locale, '#reports') : [part]
	);
}
/** Stands for a sentence inside of a sentence. */
const SLOT = '{some}';
/** UTF-16 units of a title in the first line. */
const HEADLINE = 160;

function restOf({ roots, copies, articles }: Said, locale: Locale): string {
	const others = articles - roots.length - copies;
	const said = m.story_rest_copies({ n: copies, text: count(copies, locale) });
	const retold = m.story_rest_retold({ n: others, text: count(others, locale) });
	if (copies && others) return m.story_rest_two({ copies: said, retold });
	return copies || others ? m.story_rest_one({ rest: copies ? said : retold }) : '';
}

/** Its record or, as long as it has none, that its letter is a prior. */
function reliabilityOf(
	publisher: string,
	{ letter, right, of }: NonNullable<Said['judged']>,
	locale: Locale
): Part[] {
	if (of === 0) return sentence(m.story_prior, { publisher, letter: { text: letter, href: '#reliable' } });
	const record = m.publisher_right_of({ right: count(right, locale), of: count(of, locale) });
	return sentence(m.story_record, { n: of, publisher, record: { text: record, href: '#reliable' } });
}

function secondLine(story: Said, now: number, locale: Locale): Part[] {
	const [first, next, ...later] = story.roots;
	const lines: Part[][] = [];
	if (first && story.judged) lines.push(reliabilityOf(outlet(first.report), story.judged, locale));
	if (first && next) {
		const last = later.at(-1);
		lines.push(
			sentence(m.story_next, {
				publisher: outlet(next.report),
				later: { text: duration(next.report.at - first.report.at, locale), href: `#a${next.report.id}` },
				more: last
					? m.story_next_more({
							n: later.length,
							text: count(later.length, locale),
							day: day(dayOf(last.report.at), locale, { year: false })
						})
					: ''
			})
		);
	}
	if (story.owner)
		lines.push(
			sentence(m.story_owner, {
				owner: story.owner.owner,
				part: { text: count(story.owner.copies, locale), href: '#reports' },
				of: count(story.copies, locale)
			})
		);
	const back = story.roots.flatMap(({ report, marks }) => [
		...(report.backDated ? [report.publishedAt] : []),
		...marks.flatMap(({ says }) => says ?? [])
	]);
	const earliest = Math.min(...back);
	if (back.length)
		lines.push(
			sentence(m.story_back, {
				n: back.length,
				text: count(back.length, locale),
				back: {
					text: m.story_back_dated({
						day: day(dayOf(earliest), locale, {
							year: dayOf(earliest).slice(0, 4) !== dayOf(now).slice(0, 4)
						})
					}),
					tone: 'stale',
					href: '#reports'
				}
			})
		);
	return lines.flatMap((line, i) => (i && locale === 'en' ? [{ text: ' ' }, ...line] : line));
}

function claim({ roots }: Said, locale: Locale): string {
	const most = roots.reduce<RootShown | null>(
		(best, root) => (root.copies > (best?.copies ?? 0) ? root : best),
		null
	);
	if (!most) return '';
	return m.spread_claim({
		n: most.copies,
		publisher: outlet(most.report),
		text: count(most.copies, locale),
		within: duration(Math.max(60_000, most.last - most.report.at), locale)
	});
}
