import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { settled, startProduct, temporaryFolder, type Running } from '../support/product.ts';
import { startScale } from '../support/scale.ts';
import { Gazette, WHOLE } from './gazette.ts';
import { random } from './ledger.ts';

const get = async (url: string): Promise<unknown> => (await fetch(url)).json();

describe('stories', () => {
	const { folder, remove } = temporaryFolder();
	let product: Running | undefined;
	afterAll(async () => {
		await product?.stop('SIGKILL');
		remove();
	});

	it('are whole, each article in one, when the product is killed with -9 in the middle of five thousand', async () => {
		const gazette = new Gazette(500, 31);
		const rnd = random(32);
		product = await startProduct({ folder });
		const pushing = gazette.push(() => product?.url);
		for (let round = 0; round < 4; round++) {
			await wait(300 + rnd() * 1_500);
			await product.stop('SIGKILL');
			product = await startProduct({ folder });
		}
		await pushing;
		await settled(product.url, 120_000);
		expect(await gazette.judge(product.url)).toEqual(WHOLE);
		expect(await get(`${product.url}/api/v1/dead-letters`)).toEqual([]);
	});
});

const scale = await startScale();

describe.skipIf(scale === null)('stories of two ingest over Kafka', () => {
	if (!scale) return;
	afterAll(() => scale.close());

	it('are whole, whichever of them is killed with -9: the other takes over', async () => {
		const gazette = new Gazette(300, 33);
		const pushing = gazette.push(() => scale.web.url);
		for (const n of [0, 1] as const) {
			await wait(1_500);
			await scale.ingest[n].stop('SIGKILL');
			scale.ingest[n] = await scale.startIngest();
		}
		await pushing;
		await settled(scale.web.url, 120_000);
		expect(await gazette.judge(scale.web.url)).toEqual(WHOLE);
		expect(await get(`${scale.web.url}/api/v1/dead-letters`)).toEqual([]);
	});
});
