/** What a person says of a story's reports: that one is another story, or that all are the same one as another. */
import { fail, redirect } from '@sveltejs/kit';
import { setTimeout as wait } from 'node:timers/promises';
import { m } from '#lib/paraglide/messages.js';
import { demoArticles } from '#lib/server/demo/evidence.ts';
import { isProblem } from '#lib/server/errors.ts';
import { articleEntry } from '#lib/server/log/articles.ts';
import type { Services } from '#lib/server/services.ts';
import { storyLines } from '#lib/server/stories.ts';
import { article } from '#lib/server/store/news.ts';
import { storyArticles, storyOf, type StoryArticle } from '#lib/server/store/stories.ts';
import {
	ofJoin,
	ownStory,
	saveStoryPlacements,
	storyPlacements,
	type SaidPlacement,
	type StoryPlacement,
	type StoryPlacementBody
} from '#lib/server/story-placements.ts';
import { storyPath } from '#lib/ui/addresses.ts';
import { problemText } from '#lib/ui/faults.ts';
import { oneLine } from '#lib/ui/outside.ts';

/** Until there are accounts, whoever sits at the page. */
const WHO = 'page';
/** So long the page waits until what was said is so, ms; after that it says that it is not yet. */
const PATIENCE_MS = 2_000;
const POLL_MS = 50;
/** Stories that one may be joined with, and how far around it they are looked for. */
const OFFERED = 20;
const AROUND = 7 * 86_400_000;
/** UTF-16 units of a title. */
const TITLE = 120;

export interface Placing {
	/**
	 * What was said of the story's articles, by their ids. `from`: the story they came from; `waits`: they did not go yet; `stands`: not
	 * taken back; `joined`: by how many reports that came at once, 0 for one that was set apart.
	 */
	here: Record<
		string,
		{ version: number; at: number; from: string; stands: boolean; waits: boolean; joined: number }
	>;
	/** What was taken out of the story. */
	out: (Moved & { id: string; story: string; version: number })[];
	/** Stories that were joined with it. `reports`: how many came from there, without their copies; `id`: of the first. */
	joins: (Moved & { id: string; from: string; reports: number })[];
	/** When the page was made, ms: what is said after it is not known to whoever sits there. */
	seen: number;
}
interface Moved {
	/** When somebody said so, ms. */
	at: number;
	/** Of the report, of several the one that was published first. */
	title: string;
	publisher: string;
}

/** What people said of a story and its articles. `articles`: the earliest first. */
export function placingOf(
	story: string,
	articles: readonly StoryArticle[],
	placements: readonly StoryPlacement[],
	seen: number
): Placing {
	const said = new Map(placements.map((placement) => [placement.id, placement]));
	const here = articles.flatMap(({ id }) => said.get(id) ?? []);
	const own = new Set(here.map(({ id }) => id));
	const out = placements.filter(({ id, body }) => !own.has(id) && body.from === story && body.to !== null);
	const joinOf = ({ at, body: { from } }: StoryPlacement) => here.filter(ofJoin({ from, at }));
	const moved = ({ at, body: { report } }: StoryPlacement): Moved => ({
		at,
		title: oneLine(report.title, TITLE),
		publisher: oneLine(report.publisher, TITLE)
	});
	return {
		here: Object.fromEntries(
			here.map((placement) => {
				const { id, version, at, body } = placement;
				const { to, from } = body;
				const stands = to !== null;
				const joined = to === 'own' ? 0 : joinOf(placement).length;
				return [id, { version, at, from, stands, waits: stands && from === story, joined }];
			})
		),
		out: out.map((placement) => {
			const { id, version, body } = placement;
			const other = body.to === null || body.to === 'own' ? ownStory(id) : body.to.story;
			return { ...moved(placement), id, story: other, version };
		}),
		joins: here.flatMap((placement) => {
			const all = joinOf(placement);
			const { from } = placement.body;
			return all[0] === placement && from !== story
				? [{ ...moved(placement), id: placement.id, from, reports: all.length }]
				: [];
		}),
		seen
	};
}

/** The story in which what a story once had is now: where all of it was put elsewhere. */
export async function movedTo({ store, desk }: Pick<Services, 'store' | 'desk'>, story: string): Promise<string | null> {
	const left = (await storyPlacements(desk)).findLast(({ id, body }) => body.from === story || ownStory(id) === story);
	return left ? storyOf(store, left.id) : null;
} // prettier-ignore

export interface Offer {
	id: string;
	title: string;
	publisher: string;
	/** Of its first report, ms. */
	at: number;
}

/** Stories around a story's time that name the organisation which most of its reports name; none of the demo to what is real. */
export async function offers(
	{ store }: Pick<Services, 'store'>,
	story: string,
	articles: readonly StoryArticle[],
	organisation: string | undefined
): Promise<Offer[]> {
	const times = articles.flatMap(({ publishedAt, known }) => [Date.parse(publishedAt), Date.parse(known)]);
	const from = new Date(Math.min(...times) - AROUND).toISOString();
	const to = new Date(Math.max(...times) + AROUND).toISOString();
	const { lines } = await storyLines(store, { from, to, limit: OFFERED + 1, ...(organisation !== undefined && { organisation }) });
	const own = articles[0]?.id ?? '';
	const demo = await demoArticles(store, [own, ...lines.map(({ first }) => first.id)]);
	return lines
		.filter(({ id, first }) => id !== story && demo.has(first.id) === demo.has(own))
		.slice(0, OFFERED)
		.map(({ id, first }) => ({ id, title: oneLine(first.title, TITLE), publisher: oneLine(first.publisher, TITLE), at: first.at }));
} // prettier-ignore

interface Refusal {
	placing: true;
	/** What is wrong, in words, where nobody said otherwise meanwhile. */
	reason: string;
	/** Whether somebody said otherwise meanwhile. */
	taken: boolean;
}
const refused = (status: number, reason: string) =>
	fail<Refusal>(status, { placing: true, reason, taken: status === 409 });

/** What was tried, or why it could not be done. */
export async function trying<T>(work: () => Promise<T>): Promise<T | ReturnType<typeof refused>> {
	try {
		return await work();
	} catch (problem) {
		if (!isProblem(problem)) throw problem;
		return refused(problem.code === 'conflict' ? 409 : 503, problemText(problem));
	}
}

/** Saves that a report is a story of its own, or takes back what was said of it. The button says `article version own|back`. */
export async function place(services: Services, story: string, form: FormData) {
	const [, id, version, to] = /^(\d{1,20}) (\d{1,9}) (own|back)$/.exec(form.get('place')?.toString() ?? '') ?? [];
	if (id === undefined) return refused(400, 'place');
	const report = await article(services.store, id);
	if (!report) return refused(404, id);
	// Somebody put it elsewhere meanwhile.
	if (to === 'own' && (await storyOf(services.store, id)) !== story) return refused(409, '');
	const before = (await storyPlacements(services.desk)).find((one) => one.id === id);
	const from = to === 'own' ? story : (before?.body.from ?? story);
	const said = { id, version: Number(version), body: bodyOf(report, from, to === 'own' ? 'own' : null) };
	return say(services, [said], [report], `${storyPath(story)}#reports`);
} // prettier-ignore

/** Saves that all reports of a story belong to another one, as copies of the article `copy` where the form names it; copies go with what they repeat. */
export async function join(
	services: Pick<Services, 'store' | 'desk' | 'log'>,
	story: string,
	form: FormData
) {
	const { store, desk } = services;
	const said = (name: string) => form.get(name)?.toString() ?? '';
	const other = said('story');
	if (!/^\d{1,20}$/.test(other) || other === story) return refused(400, 'story');
	const [all, others, placements] = await Promise.all([
		storyArticles(store, [story]),
		storyArticles(store, [other]),
		storyPlacements(desk)
	]);
	const copy = said('copy');
	const target = copy === '' ? others[0] : others.find(({ id }) => id === copy);
	if (!target) return refused(404, other);
	const ids = new Set(all.map(({ id }) => id));
	const demo = await demoArticles(store, [...ids, target.id]);
	if (all.some(({ id }) => demo.has(id) !== demo.has(target.id))) return refused(400, m.joining_demo());
	const reports = all.filter(({ copyOf }) => copyOf === null || !ids.has(copyOf));
	const known = new Map(placements.map((one) => [one.id, one]));
	const seen = Number(said('seen')) || 0;
	if (reports.some(({ id }) => (known.get(id)?.at ?? 0) > seen)) return refused(409, '');
	const to = { story: other, article: target.id, ...(copy !== '' && { copy: true as const }) };
	return say(
		services,
		reports.map((report) => ({
			id: report.id,
			version: known.get(report.id)?.version ?? 0,
			body: bodyOf(report, story, to)
		})),
		reports,
		storyPath(other)
	);
}

/** Takes back that a story was joined with this one: all reports that came from there at once. The button says `story time`, in ms. */
export async function part({ store, desk, log }: Services, story: string, form: FormData) {
	const [, from, at] = /^(\d{1,20}) (\d{1,16})$/.exec(form.get('part')?.toString() ?? '') ?? [];
	if (from === undefined) return refused(400, 'part');
	const joined = (await storyPlacements(desk)).filter(ofJoin({ from, at: Number(at) }));
	if (joined.length === 0) return refused(409, '');
	const said = joined.map(({ id, version, body }) => ({ id, version, body: { ...body, to: null } }));
	const ids = new Set(joined.map(({ id }) => id));
	// Here or, where they were not moved yet, still there.
	const reports = (await storyArticles(store, [story, from])).filter(({ id }) => ids.has(id));
	return say({ store, desk, log }, said, reports, `${storyPath(story)}#join`);
}

const bodyOf = (
	{ url, title, publisher }: Pick<StoryArticle, 'url' | 'title' | 'publisher'>,
	from: string,
	to: StoryPlacementBody['to']
): StoryPlacementBody => ({ to, from, report: { url, title, publisher } });

/** Keeps what was said, hands the articles on to whoever places them, and waits until the last of them has gone there. */
async function say(
	{ desk, log, store }: Pick<Services, 'desk' | 'log' | 'store'>,
	said: readonly SaidPlacement[],
	articles: readonly Pick<StoryArticle, 'id' | 'content'>[],
	then: string
) {
	const last = articles.at(-1)?.id ?? '';
	const before = await storyOf(store, last);
	await saveStoryPlacements(desk, said, { who: WHO, at: Date.now() });
	await log.append('articles', articles.map(articleEntry), { origin: 'door' });
	const end = Date.now() + PATIENCE_MS;
	while (Date.now() < end && (await storyOf(store, last)) === before) await wait(POLL_MS);
	redirect(303, then);
}
