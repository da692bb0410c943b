import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { organisationSchema, type Organisation } from '#lib/domain/watchlist/watchlist.ts';
import { temporaryFolder } from '../../../tests/support/product.ts';
import type { Desk } from './desk/desk.ts';
import { openDesk } from './desk/open.ts';
import { createLogger } from './logger.ts';
import {
	dropOrganisation,
	fingerprint,
	resetOrganisation,
	saveOrganisation,
	watchlistHistory
} from './watchlist-edit.ts';
import { readLayers, readWatchlist } from './watchlist.ts';

const { folder, remove } = temporaryFolder();
const desks: Desk[] = [];
let desk: Desk;
beforeEach(async () => {
	desk = await openDesk({ file: join(folder, `${desks.length}.sqlite`) }, { logger: createLogger('silent') });
	desks.push(desk);
});
afterAll(async () => {
	for (const one of desks) await one.close();
	remove();
});

const organisation = (id: string, more: object = {}) => organisationSchema.parse({ id, name: id, ...more });
const find = async (id: string): Promise<Organisation | undefined> =>
	(await readWatchlist(desk)).organisations.find((one) => one.id === id);
let at = 0;
const edit = async (id: string, who = 'ann') => ({ base: fingerprint(await find(id)), who, at: ++at });
const save = async (one: Organisation, who = 'ann') => saveOrganisation(desk, one, await edit(one.id, who));

describe('the watchlist that people edit', () => {
	test('holds only what differs from the starter', async () => {
		const etsy = starter.organisations.find(({ id }) => id === 'etsy') as Organisation;
		await save({ ...etsy, stance: 'rival' });
		expect((await readLayers(desk)).workspace).toMatchObject({ version: 1, organisations: [{ id: 'etsy' }], hidden: [] }); // prettier-ignore
		await save(etsy);
		expect((await readLayers(desk)).workspace).toMatchObject({ version: 2, organisations: [] });
		expect(await find('etsy')).toEqual(etsy);
	});

	test('can leave out what the starter has, and take it back', async () => {
		await dropOrganisation(desk, 'tencent', await edit('tencent'));
		expect(await find('tencent')).toBeUndefined();
		expect(await find('wechat')).not.toHaveProperty('owner');
		await resetOrganisation(desk, 'tencent', await edit('tencent'));
		expect(await find('wechat')).toHaveProperty('owner', 'tencent');
	});

	test('is saved without a change where nothing changes', async () => {
		await resetOrganisation(desk, 'etsy', await edit('etsy'));
		expect((await readWatchlist(desk)).version).toBe('starter');
	});

	test('takes two who edit different organisations at once, and refuses the second of two who edit one', async () => {
		const [mine, yours] = [await edit('etsy'), await edit('etsy', 'bo')];
		await Promise.all([
			saveOrganisation(desk, organisation('etsy', { aliases: ['E'] }), mine),
			save(organisation('nike', { aliases: ['N'] })),
			save(organisation('ikea', { aliases: ['I'] }))
		]);
		expect((await readLayers(desk)).workspace.organisations).toHaveLength(3);
		await expect(saveOrganisation(desk, organisation('etsy'), yours)).rejects.toMatchObject({ code: 'conflict' }); // prettier-ignore
	});

	test('refuses an id that is taken, and an owner that nobody watches', async () => {
		const fresh = { base: '', who: 'ann', at: 1 };
		await expect(saveOrganisation(desk, organisation('etsy'), fresh)).rejects.toMatchObject({ code: 'conflict' }); // prettier-ignore
		for (const owner of ['nobody', 'new'])
			await expect(saveOrganisation(desk, organisation('new', { owner }), fresh)).rejects.toMatchObject({ code: 'invalid', path: 'owner' }); // prettier-ignore
	});

	test('remembers who changed what, the newest first', async () => {
		await save(organisation('mine', { stance: 'own' }));
		await save(organisation('etsy', { aliases: ['E'] }), 'bo');
		await dropOrganisation(desk, 'mine', await edit('mine', 'cy'));
		const history = await watchlistHistory(desk, 10);
		const said = history.map(({ who, added, changed, removed }) => [who, ...[added, changed, removed].map((list) => list.map(({ id }) => id))]); // prettier-ignore
		expect(said).toEqual([
			['cy', [], [], ['mine']],
			['bo', [], ['etsy'], []],
			['ann', ['mine'], [], []]
		]);
	});

	test('lies upon the documents of everybody else', async () => {
		await desk.documents.save({ kind: 'watchlist', id: 'zz', version: 0, body: { organisations: [organisation('etsy')], feeds: [], policies: [] }, who: 'demo', at: 1 }); // prettier-ignore
		await save(organisation('etsy', { aliases: ['E'] }));
		expect((await find('etsy'))?.aliases).toEqual(['E']);
		expect((await readWatchlist(desk)).version).toBe('starter workspace@1 zz@1');
	});
});
