/** All news of the scenario. */
import type { NewsEvent } from '#lib/domain/events.ts';
import { background } from './background.ts';
import type { Calendar } from './calendar.ts';
import { BACK_DATED, COURTSHIP, TERMS_AGREED } from './courtship.ts';
import { PAST } from './past.ts';
import { random } from './random.ts';
import { article, published } from './report.ts';
import { RIVALS } from './rivals.ts';

/** In the order in which they were seen: one of them is older by its own word only. */
export function story(calendar: Calendar): NewsEvent[] {
	const reports = [...COURTSHIP, ...TERMS_AGREED, ...RIVALS, ...PAST].flatMap((report) =>
		published(report, calendar, random(report.slug))
	);
	const { outlet, says, seen, title, text } = BACK_DATED;
	const backDated = article(
		outlet,
		calendar.at(...says),
		{ language: 'en', slug: 'lantern-and-harbor-close', title, text },
		calendar.at(...seen)
	);
	const seenAt = ({ observedAt, publishedAt }: NewsEvent) => observedAt ?? publishedAt;
	return [...reports, backDated, ...background(calendar, random('background'))].sort((a, b) =>
		seenAt(a).localeCompare(seenAt(b), 'en')
	);
}
