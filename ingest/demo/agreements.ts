/** Every fetch of a policy page: weekly, in the last fortnight daily, on each change, and at the hours when a page flapped or came broken. */
import type { PolicyEvent } from '#lib/domain/events.ts';
import { DAY, startOf } from '#lib/domain/time.ts';
import { instant, SCRIPT_START, type Calendar } from './calendar.ts';
import { apply, markdown, type Agreement, type Edit, type Rules } from './clauses.ts';
import { DOCUMENTS } from './documents.ts';
import {
	EMPTY_PAGE, EXTRACTORS, LANTERN_BROKEN, LANTERN_FLAPS, LANTERN_PRIVACY, LANTERN_VERSIONS
} from './lantern-privacy.ts'; // prettier-ignore
import { PAGES, type Page } from './world.ts';

const WEEK = 7 * DAY;
const HOUR = 3_600_000;

/** What is on a page from an instant on; `passing`: edits that stand until the next step only. */
interface Step {
	at: number;
	edits: readonly Edit[];
}

/** In the order of fetching. */
export function agreements(calendar: Calendar): PolicyEvent[] {
	const events = [
		...fetches(calendar, PAGES[0], LANTERN_PRIVACY, lanternSteps(calendar), {
			flaps: LANTERN_FLAPS.map(({ seen, gone, edit }) => ({
				from: calendar.at(...seen),
				to: calendar.at(...gone),
				edit
			})),
			broken: LANTERN_BROKEN.map((day) => calendar.at(day, '06:04')),
			extra: [...daily(calendar, 14)]
		}),
		...DOCUMENTS.flatMap(({ page, agreement, versions, until }, i) => {
			const steps = versions.map(({ day, edits }) => ({
				at: calendar.at(day, `0${(i % 4) + 3}:1${i}`),
				edits
			}));
			return fetches(calendar, page, agreement, steps, until && { until: calendar.at(...until) });
		})
	];
	return events.sort((a, b) => compare(a.fetchedAt, b.fetchedAt) || compare(a.service, b.service));
}
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const lanternSteps = (calendar: Calendar): Step[] =>
	LANTERN_VERSIONS.map(({ day, edits }) => ({ at: calendar.at(day, '06:04'), edits }));

function* daily(calendar: Calendar, days: number): Generator<number> {
	for (let i = 1; i <= days; i++) yield startOf(calendar.today) - i * DAY + 18 * HOUR;
}

interface Oddities {
	flaps?: readonly { from: number; to: number; edit: Edit }[];
	broken?: readonly number[];
	/** More fetches. */
	extra?: readonly number[];
	/** The last fetch that brought the page. */
	until?: number;
}

function fetches(
	calendar: Calendar,
	page: Page,
	first: Agreement,
	steps: readonly Step[],
	{ flaps = [], broken = [], extra = [], until = Infinity }: Oddities = {}
): PolicyEvent[] {
	const minute = (PAGES.indexOf(page) + 1) * 60_000;
	const today = startOf(calendar.today);
	const weekly: number[] = [];
	for (let at = today + minute; at >= calendar.at(SCRIPT_START, '00:00'); at -= WEEK) weekly.push(at);
	const nightly = Array.from({ length: 14 }, (_, i) => today - i * DAY + 2 * HOUR + minute);
	const times = new Set([
		...weekly,
		...nightly,
		calendar.at(SCRIPT_START, '06:04'),
		...extra,
		// A week after a change it is looked at once more: what still stands is confirmed by that.
		...steps.flatMap(({ at }) => [at, at + WEEK]),
		...flaps.flatMap(({ from, to }) => [from, to]),
		...broken.flatMap((at) => [at, at + 6 * HOUR]),
		...EXTRACTORS.map(({ day }) => calendar.at(day, '00:04') + minute),
		...(until === Infinity ? [] : [until])
	]);
	return [...times]
		.filter((at) => at <= today + minute && at <= until)
		.sort((a, b) => a - b)
		.map((at): PolicyEvent => {
			const edits = [
				...steps.filter((step) => step.at <= at).flatMap((step) => step.edits),
				...flaps.filter(({ from, to }) => from <= at && at < to).map(({ edit }) => edit)
			];
			const extractor = rulesAt(calendar, at);
			return {
				...page,
				language: 'en',
				fetchedAt: instant(at),
				text: broken.includes(at) ? EMPTY_PAGE : markdown(apply(first, edits), extractor),
				collector: 'pages',
				extractor
			};
		});
}

const rulesAt = (calendar: Calendar, at: number): Rules =>
	EXTRACTORS.findLast(({ day }) => calendar.at(day, '00:00') <= at)?.rules ?? 'rules-6';
