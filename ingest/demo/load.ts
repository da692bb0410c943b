/** Brings the demo in by the front door: the door's own checks, then the log. */
import { doorChecks, keyOf, TOPICS, type InputTopic } from '#lib/domain/events.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { checkEvent } from '#lib/server/doors/door.ts';
import { isProblem } from '#lib/server/errors.ts';
import type { Entry, EventLog } from '#lib/server/log/log.ts';
import { scenario as scenarioOf, type Scenario } from './scenario.ts';
import { DEMO, DEMO_WATCHLIST, demoState, type DemoState } from '#lib/server/demo/state.ts';

interface LoadOptions {
	log: Pick<EventLog, 'append'>;
	desk: Pick<Desk, 'documents'>;
	scenario: Scenario;
	now: () => number;
}

/** Events that are appended before the desk notes it; between two such steps others have their turn. */
const STEP = 5_000;
const WHO = 'demo';

/**
 * Appends the scenario with the origin `demo`. Resolves with the state it leaves: loaded, or cleared, where somebody cleared the demo,
 * before or meanwhile. Killed and called again it goes on where it was, with the scenario of the day it began on; several processes at
 * once share the work. At worst a step is appended twice, which the store's keys make one.
 * Rejects as the log and the desk do; throws where an event does not pass the door.
 */
export async function loadDemo({ log, desk, scenario, now }: LoadOptions): Promise<DemoState> {
	const begun = await demoState(desk);
	if (begun.body?.loaded || begun.body?.cleared) return begun.body;
	const today = begun.body?.today ?? scenario.today;
	const told = today === scenario.today ? scenario : scenarioOf({ today });
	const counts = { news: told.news.length, policies: told.policies.length, traffic: told.traffic.length };
	const all = counts.news + counts.policies + counts.traffic;
	await saveWatchlist(desk, told, now);
	for (;;) {
		const { version, body } = await demoState(desk);
		if (body?.loaded || body?.cleared) return body;
		const from = body?.appended ?? 0;
		const to = body === null ? 0 : Math.min(from + STEP, all);
		await append(log, told, from, to, now);
		const next: DemoState = { loaded: to === all, cleared: false, today, counts, appended: to };
		// Another process noted a step of its own, or the clearing, meanwhile: what it left is where this one goes on.
		await unlessChanged(desk.documents.save({ ...DEMO, version, body: next, who: WHO, at: now() }));
	}
}

/** Consumers read articles with the watchlist, so it is there before them. */
async function saveWatchlist(
	{ documents }: Pick<Desk, 'documents'>,
	{ watchlist }: Scenario,
	now: () => number
): Promise<void> {
	const { kind, id } = DEMO_WATCHLIST;
	if (await documents.get(kind, id)) return;
	await unlessChanged(documents.save({ kind, id, version: 0, body: watchlist, who: WHO, at: now() }));
}

async function unlessChanged(saving: Promise<unknown>): Promise<void> {
	try {
		await saving;
	} catch (error) {
		if (!isProblem(error, 'conflict')) throw error;
	}
}

/** Appends the events `from` to `to` of all, counted over the topics in their order. */
async function append(
	log: Pick<EventLog, 'append'>,
	scenario: Scenario,
	from: number,
	to: number,
	now: () => number
): Promise<void> {
	let before = 0;
	for (const topic of TOPICS) {
		const entries = checked(topic, scenario, Math.max(0, from - before), Math.max(0, to - before), now);
		before += scenario[topic].length;
		if (entries.length > 0) await log.append(topic, entries, { origin: 'demo' });
	}
}

function checked<T extends InputTopic>(
	topic: T,
	scenario: Scenario,
	from: number,
	to: number,
	now: () => number
): Entry[] {
	const check = doorChecks(now)[topic];
	return scenario[topic].slice(from, to).map((event) => {
		const entry = checkEvent(event, check, keyOf[topic]);
		if ('errors' in entry)
			throw new Error(`the demo's ${topic} do not pass the door: ${JSON.stringify(entry.errors)}`);
		return entry;
	});
}
