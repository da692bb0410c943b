/** Takes the demo away again, and nothing else. */
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Desk, Documents } from '../desk/desk.ts';
import { Lease, newHolder } from '../desk/lease.ts';
import { isProblem, Problem } from '../errors.ts';
import type { DocumentKey } from '../policy-changes.ts';
import { whenRead } from '../policy-signals.ts';
import { CHUNK } from '../re-reading.ts';
import { signalVerdicts } from '../signal-verdicts.ts';
import { storyPlacements } from '../story-placements.ts';
import { id, whole } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { demoArticles } from './evidence.ts';
import { DEMO, DEMO_WATCHLIST, demoState } from './state.ts';

interface ClearOptions {
	store: Pick<Store, 'select' | 'command'>;
	desk: {
		documents: Pick<Documents, 'get' | 'list' | 'save'>;
		progress: Pick<Desk['progress'], 'all'>;
		timers: Pick<Desk['timers'], 'set'>;
		leases: Desk['leases'];
	};
	now: () => number;
	who: string;
}

/** Tables whose rows say by which way they came in. */
const INPUTS = ['traffic', 'news', 'policy_sightings'] as const;
/** A document cannot be taken away: the demo's watchlist watches nobody any more. */
const NOBODY = { organisations: [], feeds: [], policies: [] };
const POLL_MS = 100;
/** A consumer that is at work reports at least every second. */
const SILENT_MS = 5_000;
const CONSUMERS_MS = 30_000;
const ROUNDS = 20;
/** Longer than reading a chunk of articles again takes. */
const CHUNK_MS = 60_000;
/** Signals that were derived while rows went away are derived again after it, of what is left. */
const READ_AGAIN_MS = 60_000;

/**
 * First the desk says that the demo is cleared, so that consumers skip what of it is still or again in the log; once they are past what
 * they had in hand, its rows are deleted. Resolves when none of it can be read; killed and called again it goes on.
 * Rejects with `store-unavailable` (also when rows keep coming), `store-failed` or `desk-unavailable`.
 */
export async function clearDemo({ store, desk, now, who }: ClearOptions): Promise<void> {
	await markCleared({ store, desk, now, who });
	await consumersPast(desk, now);
	for (const of of await documentsOf(store)) await desk.timers.set(whenRead(of, now() + READ_AGAIN_MS));
	const lease = new Lease({ desk, holder: newHolder(), now }, CHUNK);
	const end = now() + CHUNK_MS;
	while (!(await lease.once(() => deleted(store)))) {
		if (now() > end) throw new Problem('store-unavailable', 'what is stored is being read again');
		await wait(POLL_MS);
	}
}

/** Deletes until nothing of it can be read: a consumer may have had a batch in hand. */
async function deleted(store: ClearOptions['store']): Promise<void> {
	for (let round = 0; round < ROUNDS; round++) {
		await deleteRows(store);
		if ((await readable(store)) === 0) return;
		await wait(POLL_MS);
	}
	throw new Problem('store-unavailable', 'rows of the demo can still be read');
}

async function markCleared({ store, desk: { documents }, now, who }: ClearOptions): Promise<void> {
	for (;;) {
		const { version, body } = await demoState({ documents });
		if (body === null || body.cleared) break;
		const cleared = { ...body, loaded: false, cleared: true };
		if (await saved(documents, { ...DEMO, version, body: cleared, who, at: now() })) break;
	}
	const watchlist = await documents.get(DEMO_WATCHLIST.kind, DEMO_WATCHLIST.id);
	if (watchlist && !isDeepStrictEqual(watchlist.body, NOBODY))
		await saved(documents, { ...DEMO_WATCHLIST, version: watchlist.version, body: NOBODY, who, at: now() });
	await takeBackVerdicts({ documents }, { now, who });
	await takeBackPlacements({ store, documents }, { now, who });
}

/** What people said of its signals counts nowhere any more. */
async function takeBackVerdicts(
	{ documents }: Pick<ClearOptions['desk'], 'documents'>,
	{ now, who }: Pick<ClearOptions, 'now' | 'who'>
): Promise<void> {
	for (;;) {
		const verdicts = await signalVerdicts({ documents });
		const standing = verdicts.filter(({ body }) => body.signal.demo && body.verdict !== null);
		if (standing.length === 0) return;
		for (const { kind, id, version, body } of standing)
			await saved(documents, { kind, id, version, body: { verdict: null, signal: body.signal }, who, at: now() });
	}
} // prettier-ignore

/** Nor does what they said of where its reports belong. */
async function takeBackPlacements(
	{ store, documents }: Pick<ClearOptions, 'store'> & Pick<ClearOptions['desk'], 'documents'>,
	{ now, who }: Pick<ClearOptions, 'now' | 'who'>
): Promise<void> {
	for (;;) {
		const placements = (await storyPlacements({ documents })).filter(({ body }) => body.to !== null);
		const demo = await demoArticles(store, placements.map(({ id }) => id));
		const standing = placements.filter(({ id }) => demo.has(id));
		if (standing.length === 0) return;
		for (const { kind, id, version, body } of standing)
			await saved(documents, { kind, id, version, body: { ...body, to: null }, who, at: now() });
	}
} // prettier-ignore

/** False where another version was saved meanwhile. */
async function saved(
	documents: Pick<Documents, 'save'>,
	document: Parameters<Documents['save']>[0]
): Promise<boolean> {
	try {
		await documents.save(document);
		return true;
	} catch (error) {
		if (isProblem(error, 'conflict')) return false;
		throw error;
	}
}

/**
 * Waits until consumers have committed what was in the log by their first report after this call: a batch that was in hand when the
 * demo was marked is among it. Not for consumers that are not at work.
 */
async function consumersPast(
	{ progress }: Pick<ClearOptions['desk'], 'progress'>,
	now: () => number
): Promise<void> {
	const marked = now();
	const ends = new Map<string, number>();
	while (now() <= marked + CONSUMERS_MS) {
		const behind = (await progress.all()).filter((row) => {
			const name = `${row.topic}/${row.partition}`;
			if (row.at > marked && !ends.has(name)) ends.set(name, row.end);
			return now() - row.at < SILENT_MS && row.stored < (ends.get(name) ?? Infinity);
		});
		if (behind.length === 0) return;
		await wait(POLL_MS);
	}
}

/** Policy documents that the demo has a part in. */
const documentsOf = (store: ClearOptions['store']): Promise<DocumentKey[]> =>
	store.select({
		sql: `SELECT DISTINCT service, document FROM policy_sightings WHERE origin = 'demo'`,
		row: z.object({ service: z.string(), document: z.string() })
	});

/** Derived rows first: killed in between, the next call still finds by the inputs what belongs to them. */
async function deleteRows(store: ClearOptions['store']): Promise<void> {
	const articles = await store.select({
		sql: `SELECT id, content FROM news GROUP BY id, content HAVING max(origin != 'demo') = 0`,
		row: z.object({ id, content: id })
	});
	const keys = {
		ids: articles.map((article) => BigInt(article.id)),
		contents: articles.map((article) => BigInt(article.content))
	};
	for (const table of ['mentions', 'stories'])
		await store.command(
			`DELETE FROM ${table} WHERE (id, content) IN (SELECT arrayJoin(arrayZip({ids:Array(UInt64)}, {contents:Array(UInt64)})))`,
			keys
		);
	const texts = await store.select({
		sql: `SELECT lower(hex(hash)) AS hash FROM policy_sightings GROUP BY hash HAVING max(origin != 'demo') = 0`,
		row: z.object({ hash: z.string() })
	});
	const hashes = texts.map(({ hash }) => hash);
	const of = (column: string) => `${column} IN (SELECT unhex(arrayJoin({hashes:Array(String)})))`;
	await store.command(
		`DELETE FROM signals WHERE evidence.kind = 'news' AND evidence.id IN (SELECT arrayJoin({ids:Array(String)}))`,
		{ ids: [...new Set(articles.map(({ id }) => id))] }
	);
	await store.command(
		`DELETE FROM signals WHERE evidence.kind = 'policy' AND right(evidence.id, 64) IN (SELECT arrayJoin({hashes:Array(String)}))`,
		{ hashes }
	);
	await store.command(`DELETE FROM policy_changes WHERE ${of('before')} OR ${of('after')}`, { hashes });
	await store.command(`DELETE FROM policy_texts WHERE ${of('hash')}`, { hashes });
	for (const table of INPUTS) await store.command(`DELETE FROM ${table} WHERE origin = 'demo'`);
}

/** Rows of the demo. */
async function readable(store: ClearOptions['store']): Promise<number> {
	const counts = await store.select({
		sql: INPUTS.map((table) => `SELECT count() AS rows FROM ${table} WHERE origin = 'demo'`).join(
			' UNION ALL '
		),
		row: z.object({ rows: whole })
	});
	return counts.reduce((sum, { rows }) => sum + rows, 0);
}
