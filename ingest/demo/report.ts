/** Reports and how they spread: one article that somebody wrote, and the copies that others took from it. */
import type { NewsEvent } from '#lib/domain/events.ts';
import { instant, type Calendar, type Language } from './calendar.ts';
import type { Random } from './random.ts';
import { feedOf, type Outlet } from './world.ts';

export interface Report {
	outlet: Outlet;
	/** Day of the script and time (UTC) of publication. */
	day: string;
	time: string;
	language: Language;
	slug: string;
	title: string;
	/** Sentences, one a line; `{YYYY-MM-DD}` stands for that day's weekday. */
	text: string;
	copies?: Copies;
}

export interface Copies {
	/** Each is taken by the next outlet of the list. */
	by: readonly Outlet[];
	/** How many of them say whom they took it from; the others do not. */
	naming: number;
	/** Days and times of the first and the last copy. */
	first: readonly [day: string, time: string];
	last: readonly [day: string, time: string];
}

const MINUTE = 60_000;

/** An article at `at` (ms), seen by its feed soon after. `seen`: ms, where it was not. */
export function article(
	outlet: Outlet,
	at: number,
	{ language, slug, title, text }: Pick<Report, 'language' | 'slug' | 'title' | 'text'>,
	seen = at + 40_000
): NewsEvent {
	return {
		url: `https://${outlet.host}/${instant(at).slice(0, 10).replaceAll('-', '/')}/${slug}`,
		title,
		text: text.trim().replaceAll(/\s*\n\s*/g, language === 'zh' ? '' : ' '),
		publisher: outlet.name,
		language: language === 'zh' ? 'zh-Hans' : 'en',
		publishedAt: instant(at),
		observedAt: instant(seen),
		feed: feedOf(outlet)
	};
}

/** A report and its copies, as articles. */
export function published(report: Report, calendar: Calendar, random: Random): NewsEvent[] {
	const told = { ...report, text: calendar.weekdays(report.text, report.language) };
	const at = calendar.at(report.day, report.time);
	const { copies } = report;
	if (!copies) return [article(report.outlet, at, told)];
	const first = calendar.at(...copies.first);
	const last = calendar.at(...copies.last);
	const steps = copies.by.length - 1;
	const named = new Set(random.sample(copies.by, copies.naming));
	return [
		article(report.outlet, at, told),
		...copies.by.map((outlet, i) => {
			// Most come soon, the rest trails off; the first and the last at their given minutes.
			const part = steps === 0 ? 0 : (i / steps) ** 1.3;
			const jitter = i === 0 || i === steps ? 0 : random.whole(-6, 6) * MINUTE;
			const when = Math.min(
				last,
				Math.max(first, Math.round((first + part * (last - first)) / MINUTE) * MINUTE + jitter)
			);
			return article(outlet, when, copied(told, outlet, named.has(outlet), random));
		})
	];
}

/** What an outlet makes of somebody's text: a word about the source, a house phrase, a sentence less. */
function copied(report: Report, outlet: Outlet, names: boolean, random: Random) {
	const chinese = report.language === 'zh';
	const sentences = report.text.trim().split(/\s*\n\s*/);
	if (random.next() < 0.35 && sentences.length > 3) sentences.pop();
	const source = chinese ? report.outlet.zh : report.outlet.en;
	if (names)
		sentences[0] = chinese
			? `据${source}${random.pick(['报道', '消息', ''])}，${sentences[0]}`
			: random.pick([
					`(${source}) – ${sentences[0]}`,
					`${sentences[0]} The report was first published by ${source}.`,
					`${source} reports: ${sentences[0]}`
				]);
	else if (random.next() < 0.5)
		sentences.push(chinese ? `${outlet.zh}将继续关注。` : `${outlet.en} will follow this story.`);
	const title =
		random.next() < 0.3
			? chinese
				? `${report.title}｜${outlet.zh}`
				: `${report.title} | ${outlet.en}`
			: report.title;
	return { language: report.language, slug: report.slug, title, text: sentences.join('\n') };
}
