/** One destination's shares, two years × 100 sources, out of several million rows: the API's read beside its query alone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readShares } from '#lib/server/shares.ts';
import { migrate } from '#lib/server/store/migrate.ts';
import { openStore } from '#lib/server/store/open.ts';
import type { Store } from '#lib/server/store/store.ts';
import { hasEngine, serverAddress } from '../tests/support/engine.ts';
import { quiet } from './consuming.ts';
import type { Report } from './report.ts';
import { alternate, quantile, timed } from './sample.ts';

const WORLD = { shops: 70, sources: 100, days: 730 };
const ROUNDS = 40;
const QUERY = {
	destination: 'shop-7',
	metric: 'new_users',
	provider: 'bench',
	from: '2024-01-01',
	to: '2025-12-30',
	by: 'source'
} as const;

export async function bench(report: Report): Promise<void> {
	if (!hasEngine) return;
	const folder = await mkdtemp(join(tmpdir(), 'telltale-bench-'));
	const store = await openStore({ at: { folder }, logger: quiet });
	try {
		await migrate(store);
		await fill(store);
		const raw = await rawQuery(folder);
		const say = (what: string, value: number, unit: string) =>
			report.add({ bench: 'shares', what, value, unit });
		say('rows in the table', WORLD.shops * WORLD.sources * WORLD.days * 1.01, 'rows');
		for (const grain of ['day', 'week', 'month'] as const) {
			const read = () => timed(async () => JSON.stringify(await readShares(store, { ...QUERY, grain })));
			const { ours, peer, ratio } = await alternate(ROUNDS, read, () => timed(raw));
			say(`by ${grain}, p50`, quantile(ours, 0.5), 'ms');
			say(`by ${grain}, p95`, quantile(ours, 0.95), 'ms');
			say('the query alone, p50', quantile(peer, 0.5), 'ms');
			say('the query alone, p95', quantile(peer, 0.95), 'ms');
			say(`by ${grain} beside the query alone`, ratio, '×');
		}
	} finally {
		await store.close();
		await rm(folder, { recursive: true, force: true });
	}
}

/** Seeded by hashes of the row's number; one in a hundred is revised. */
async function fill(store: Store): Promise<void> {
	const { shops, sources, days } = WORLD;
	const insert = (revision: number) =>
		store.command(
			`INSERT INTO traffic (metric, provider, destination, source, \`from\`, \`to\`, revision, revised, value, known, assumed, accepted, position, origin)
			SELECT 'new_users', 'bench', concat('shop-', toString(number % {shops:UInt32})), concat('source-', toString(intDiv(number, {shops:UInt32}) % {sources:UInt32}), '.example'),
				toDate('2024-01-01') + intDiv(number, {shops:UInt32} * {sources:UInt32}) AS day, day, {revision:UInt8}, {revision:UInt8} > 0,
				1 + cityHash64(number, {revision:UInt8}) % 1000, toDateTime64(day + 1, 3, 'UTC'), false, toDateTime64(day + 1, 3, 'UTC'), number, 'import'
			FROM numbers({rows:UInt64}) WHERE {revision:UInt8} = 0 OR cityHash64(number) % 100 = 0`,
			{ shops, sources, rows: shops * sources * days, revision }
		);
	await insert(0);
	await insert(1);
}

/** The same rows found and sent nowhere. */
async function rawQuery(folder: string): Promise<() => Promise<void>> {
	const { readerUrl } = await serverAddress(folder);
	const { username, password, origin, pathname } = new URL(readerUrl);
	const { destination, metric, provider, from, to } = QUERY;
	const url = `${origin}/?${new URLSearchParams({
		database: pathname.slice(1),
		...Object.fromEntries(
			Object.entries({ destination, metric, provider, from, to }).map(([name, value]) => [
				`param_${name}`,
				value
			])
		)
	})}`;
	const body = `SELECT source, \`from\`, \`to\`, value FROM traffic
		WHERE metric = {metric:String} AND destination = {destination:String} AND provider = {provider:String}
			AND \`from\` >= {from:Date} AND \`to\` <= {to:Date}
		ORDER BY source, \`from\`, \`to\`, revision DESC, accepted DESC, position DESC
		LIMIT 1 BY source, \`from\`, \`to\` FORMAT Null`;
	return async () => {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password },
			body
		});
		if (!response.ok) throw new Error(await response.text());
		await response.arrayBuffer();
	};
}
