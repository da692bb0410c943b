/**
 * The form at scale, by hand on one machine: a broker, the engine as a server behind CLICKHOUSE_URL, PostgreSQL, two `ingest`, one `web`.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { settled, until } from '../support/product.ts';
import { Ledger, NOTHING } from '../faults/ledger.ts';
import { startScale } from '../support/scale.ts';

interface Source {
	id: string;
	state: string;
	lag?: number | null;
	error: string | null;
}

const scale = await startScale();

describe.skipIf(scale === null)('two ingest and one web over Kafka, ClickHouse and PostgreSQL', () => {
	if (!scale) return;
	afterAll(() => scale.close());
	const sources = async () => (await (await fetch(`${scale.web.url}/api/v1/sources`)).json()) as Source[];
	const letters = async () =>
		(await (await fetch(`${scale.web.url}/api/v1/dead-letters`)).json()) as unknown[];
	const ready = async () => (await fetch(`${scale.web.url}/readyz`)).status;

	it('each ingest answers whoever watches over it', async () => {
		for (const { url } of scale.ingest) {
			expect((await fetch(`${url}/healthz`)).status).toBe(200);
			expect((await fetch(`${url}/readyz`)).status).toBe(200);
			expect(await (await fetch(`${url}/metrics`)).text()).toContain('telltale_events_stored_total');
			expect((await fetch(`${url}/news`)).status).toBe(404);
		}
	});

	it('an open page hears from web what another process has stored', async () => {
		const stream = await fetch(`${scale.web.url}/api/v1/stream`);
		const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
		const push = await fetch(`${scale.web.url}/api/v1/news`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				url: 'https://news.example/1',
				title: 'Tencent in talks with JD.com',
				publisher: 'Example Daily',
				publishedAt: '2026-10-01T08:00:00Z'
			})
		});
		expect(push.status).toBe(202);
		let heard = '';
		while (!heard.includes('"topic":"news"')) {
			const { value, done } = (await reader?.read()) ?? { done: true };
			if (done) throw new Error(`the stream ended after ${heard}`);
			heard += value ?? '';
		}
		await reader?.cancel();
		const stories = (await (await fetch(`${scale.web.url}/api/v1/stories`)).json()) as unknown[];
		expect(stories).toHaveLength(1);
	});

	it('an ingest killed with -9 leaves its partitions to the other: every acknowledged observation is there, once', async () => {
		const ledger = new Ledger('killed', 21);
		const done = ledger.write(scale.web.url);
		await until('pushes are acknowledged', () => ledger.acknowledged.size > 500);
		await scale.ingest[0].stop('SIGKILL');
		const before = ledger.acknowledged.size;
		await until('pushes go on', () => ledger.acknowledged.size > before + 500);
		await done();
		await settled(scale.web.url, 90_000);
		expect(await ledger.judge(scale.web.url)).toEqual(NOTHING);
		expect(ledger.odd).toEqual([]);
		expect(await letters()).toEqual([]);
		scale.ingest[0] = await scale.startIngest();
	});

	it('a store that is stopped is said so, makes no dead letters, and catches up when it is back', async () => {
		const ledger = new Ledger('stopped', 22);
		const done = ledger.write(scale.web.url);
		await until('pushes are acknowledged', () => ledger.acknowledged.size > 200);
		await scale.server.stop();
		await until('/sources says that the store does not answer', async () => {
			const store = (await sources()).find(({ id }) => id === 'store');
			return store?.state === 'failing' && store.error !== null;
		});
		await until('/readyz says so', async () => (await ready()) === 503);
		const before = ledger.acknowledged.size;
		await until('pushes are taken all the same', () => ledger.acknowledged.size > before + 1_000);
		await until('the lag grows', async () => (await sources()).some(({ lag }) => (lag ?? 0) > 0));
		await scale.server.start();
		await until('/readyz is well again, though nobody reads', async () => (await ready()) === 200);
		await done();
		await settled(scale.web.url, 90_000);
		expect(await ledger.judge(scale.web.url)).toEqual(NOTHING);
		expect(ledger.odd).toEqual([]);
		expect(await letters()).toEqual([]);
		const { state, error } = (await sources()).find(({ id }) => id === 'store') ?? {};
		expect({ state, error }).toEqual({ state: 'fresh', error: null });
	});

	it('every process ends with status 0 on SIGTERM', async () => {
		const all = [scale.web, ...scale.ingest];
		expect(await Promise.all(all.map((running) => running.stop('SIGTERM')))).toEqual(all.map(() => 0));
	});
});
