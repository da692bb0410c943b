import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openStore } from '#lib/server/store/open.ts';
import { hasEngine, openTestStore, quiet, serverAddress } from '../support/engine.ts';
import { storeSuite } from './store.suite.ts';

/** The embedded engine as somebody else's server. */
async function openServer(readerUrl: boolean) {
	const engine = await openTestStore({ empty: true });
	const address = await serverAddress(engine.folder);
	const at = { url: address.url, ...(readerUrl && { readerUrl: address.readerUrl }) };
	const store = await openStore({ at, logger: quiet });
	const end = async () => {
		await store.close();
		await engine.end();
	};
	return { store, end };
}

if (hasEngine) {
	storeSuite('the embedded store', () => openTestStore({ empty: true }), { ownReader: true });
	storeSuite('a server with a reader', () => openServer(true), { ownReader: true });
	storeSuite('a server with one user', () => openServer(false), { ownReader: false });
}

const url = process.env.CLICKHOUSE_URL;
if (url) {
	const readerUrl = process.env.CLICKHOUSE_READER_URL;
	storeSuite(
		'the server of CLICKHOUSE_URL',
		async () => {
			const store = await openStore({ at: { url, readerUrl }, logger: quiet });
			return { store, end: () => store.close() };
		},
		{ ownReader: readerUrl !== undefined }
	);
}

describe.runIf(hasEngine)('a server that is away', () => {
	test('is said to be unavailable at once, when opening and later', async () => {
		const closed = await closedPort();
		const opening = openStore({ at: { url: `http://127.0.0.1:${closed}` }, logger: quiet });
		await expect(opening).rejects.toMatchObject({ code: 'store-unavailable', retryable: true });

		const engine = await openTestStore({ empty: true });
		const { url } = await serverAddress(engine.folder);
		const store = await openStore({ at: { url }, logger: quiet });
		await engine.end();
		const began = performance.now();
		const select = store.select({ sql: 'SELECT 1', row: z.unknown() });
		await expect(select).rejects.toMatchObject({ code: 'store-unavailable' });
		await expect(store.ping()).rejects.toMatchObject({ code: 'store-unavailable' });
		const insert = store.insert({ sql: 'INSERT INTO t FORMAT JSONEachRow', body: Buffer.from('{}') });
		await expect(insert).rejects.toMatchObject({ code: 'store-unavailable' });
		expect(performance.now() - began).toBeLessThan(1_000);
		expect(store.status()).toMatchObject({ form: 'server', up: false });
		await store.close();
	});
});

/** A port where nobody listens. */
async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	await new Promise((done) => server.close(done));
	return port;
}
