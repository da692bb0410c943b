/**
 * Traffic from the log to the store. Embedded: from the first append until all can be read, beside one JSONEachRow request with the same
 * rows. On Kafka: from the first message consumed until all can be read, beside a plain kafkajs consumer (ingest-kafka.ts).
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openEmbeddedLog } from '#lib/server/log/embedded.ts';
import type { Entry } from '#lib/server/log/log.ts';
import { migrate } from '#lib/server/store/migrate.ts';
import { openStore } from '#lib/server/store/open.ts';
import type { Store } from '#lib/server/store/store.ts';
import { brokerAvailable } from '../tests/support/broker.ts';
import { hasEngine } from '../tests/support/engine.ts';
import { consume, quiet } from './consuming.ts';
import { ingestOnKafka } from './ingest-kafka.ts';
import type { Report } from './report.ts';
import { alternate, median, timed } from './sample.ts';
import { observations, pushes } from './traffic.ts';

const ROUNDS = 5;
const WORLD = { shops: 10, sources: 100, days: 500, first: '2024-01-01' };
/** Events of one push. */
const PUSH = 10_000;

export async function bench(report: Report): Promise<void> {
	if (!hasEngine) return;
	const folder = await mkdtemp(join(tmpdir(), 'telltale-bench-'));
	const store = await openStore({ at: { folder: join(folder, 'engine') }, logger: quiet });
	try {
		await migrate(store);
		await embedded(report, store, folder);
		if (brokerAvailable()) await ingestOnKafka(report, store, folder);
	} finally {
		await store.close();
		await rm(folder, { recursive: true, force: true });
	}
}

async function embedded(report: Report, store: Store, folder: string): Promise<void> {
	const all = pushes(observations(WORLD, 1), PUSH);
	const events = all.reduce((sum, push) => sum + push.length, 0);
	const body = Buffer.from(all.flatMap((push) => push.map(({ json }) => `${json}\n`)).join(''));
	const perSecond = async (work: () => Promise<unknown>) => {
		await store.command('TRUNCATE TABLE traffic');
		return events / ((await timed(work)) / 1000);
	};
	let round = 0;
	const { ours, peer, ratio } = await alternate(
		ROUNDS,
		() => fromLog(store, join(folder, `log-${round++}`), all, events, perSecond),
		() =>
			perSecond(async () => {
				await store.insert({ sql: 'INSERT INTO traffic FORMAT JSONEachRow', body });
				await readable(store, events);
			})
	);
	const say = (what: string, value: number, unit: string, goal?: number) =>
		report.add({ bench: 'ingest', what, value, unit, ...(goal && { goal: { is: '>=', value: goal } }) });
	say('embedded, from append to readable', median(ours), 'events/s');
	say('one JSONEachRow request with the same rows', median(peer), 'events/s');
	say('embedded beside one request', ratio, '×', 0.7);
}

/** Events a second from the first append until all can be read, in a log of its own. */
async function fromLog(
	store: Store,
	folder: string,
	all: readonly Entry[][],
	events: number,
	perSecond: (work: () => Promise<unknown>) => Promise<number>
): Promise<number> {
	await mkdir(folder);
	const log = await openEmbeddedLog(join(folder, 'log.sqlite'), { writer: 'bench', logger: quiet });
	const consuming = await consume(log, store, folder, 'bench');
	const value = await perSecond(async () => {
		for (const push of all) await log.append('traffic', push, { origin: 'door' });
		await consuming.stored(events);
		await readable(store, events);
	});
	await consuming.close();
	await log.close();
	await rm(folder, { recursive: true, force: true });
	return value;
}

/** Throws unless the store has exactly so many rows of traffic. */
export async function readable(store: Store, events: number): Promise<void> {
	const [row] = await store.select({
		sql: 'SELECT toUInt32(count()) AS events FROM traffic',
		row: z.object({ events: z.number() })
	});
	if (row?.events !== events) throw new Error(`${row?.events} of ${events} events can be read`);
}
