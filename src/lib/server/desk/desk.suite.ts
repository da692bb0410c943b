/** What every desk must do, whichever database it stands on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeadLetter, Desk } from './desk.ts';

/** `open` opens the same database every time. */
export function deskSuite(open: () => Promise<Desk>): void {
	let desk: Desk;
	let second: Desk;
	beforeAll(async () => {
		[desk, second] = await Promise.all([open(), open()]);
	});
	afterAll(async () => {
		await Promise.all([desk.close(), second.close()]);
	});

	test('two openings at once share one set of tables', async () => {
		await desk.documents.save({ kind: 'note', id: 'shared', version: 0, body: 'here', who: 'ada', at: 1 });
		expect((await second.documents.get('note', 'shared'))?.body).toBe('here');
		await second.ping();
	});

	test('a document that was never saved is null, and has no history', async () => {
		expect(await desk.documents.get('note', 'none')).toBeNull();
		expect(await desk.documents.history('note', 'none')).toEqual([]);
	});

	test('every version of a document is kept with who and when', async () => {
		const document = { kind: 'view', id: 'shop', who: 'ada' };
		const body = { text: '微信 \u0000 \ud83d\ude00', list: [1, null, { deep: true }] };
		await desk.documents.save({ ...document, version: 0, body, at: 1_700_000_000_000 });
		const saved = await desk.documents.save({
			...document,
			version: 1,
			body: 2,
			who: 'bob',
			at: 1_700_000_000_001
		});
		expect(saved).toEqual({ ...document, version: 2, body: 2, who: 'bob', at: 1_700_000_000_001 });
		expect(await desk.documents.get('view', 'shop')).toEqual(saved);
		expect(await desk.documents.history('view', 'shop')).toEqual([
			saved,
			{ ...document, version: 1, body, at: 1_700_000_000_000 }
		]);
	});

	test('a kind lists the newest version of each of its documents, by id', async () => {
		for (const [id, version] of [
			['b', 0],
			['a', 0],
			['B', 0],
			['a', 1]
		] as const)
			// prettier-ignore
			await desk.documents.save({ kind: 'rule', id, version, body: version, who: 'ada', at: 1 });
		const listed = (await desk.documents.list('rule')).map(({ id, version }) => `${id} ${version}`);
		expect(listed).toEqual(['B 1', 'a 2', 'b 1']);
		expect(await desk.documents.list('no such kind')).toEqual([]);
	});

	test('a kind gives the same list again until one of its documents is saved, here or elsewhere', async () => {
		const save = (id: string, version: number, by = desk) =>
			by.documents.save({ kind: 'page', id, version, body: { version }, who: 'ada', at: 1 });
		const bodies = async () => (await desk.documents.list('page')).map(({ body }) => body);
		await save('a', 0);
		const first = await desk.documents.list('page');
		await desk.documents.save({ kind: 'other', id: 'a', version: 0, body: 0, who: 'ada', at: 1 });
		expect(await desk.documents.list('page')).toBe(first);
		await save('a', 1);
		expect(await bodies()).toEqual([{ version: 1 }]);
		await save('b', 0, second);
		expect(await bodies()).toEqual([{ version: 1 }, { version: 0 }]);
	});

	test('a kind lists what stood by a time, and nothing that was saved after it', async () => {
		for (const [id, version, at] of [
			['a', 0, 10],
			['a', 1, 20],
			['b', 0, 30]
		] as const)
			await desk.documents.save({ kind: 'word', id, version, body: version, who: 'ada', at });
		const by = async (time: number) =>
			(await desk.documents.list('word', time)).map(({ id, version }) => `${id} ${version}`);
		expect(await by(9)).toEqual([]);
		expect(await by(10)).toEqual(['a 1']);
		expect(await by(29)).toEqual(['a 2']);
		expect(await by(30)).toEqual(['a 2', 'b 1']);
	});

	test.each([0, 1])('of twenty who read version %i and save at once exactly one wins', async (version) => {
		const save = (n: number) =>
			(n % 2 ? desk : second).documents.save({
				kind: 'race',
				id: 'one',
				version,
				body: n,
				who: `writer ${n}`,
				at: n
			});
		const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => save(n)));
		const winners = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
		const refused = outcomes.flatMap((outcome) =>
			outcome.status === 'rejected' ? [outcome.reason as unknown] : []
		);
		expect(winners).toHaveLength(1);
		expect(refused).toHaveLength(19);
		for (const error of refused) expect(error).toMatchObject({ name: 'Problem', code: 'conflict' });
		expect(await desk.documents.get('race', 'one')).toEqual(winners[0]);
	});

	test('a version that nobody has saved yet cannot be built upon', async () => {
		const ahead = { kind: 'race', id: 'ahead', version: 5, body: 1, who: 'ada', at: 1 };
		await expect(desk.documents.save(ahead)).rejects.toMatchObject({ code: 'conflict' });
	});

	test('several are saved at once, or none where one was changed meanwhile', async () => {
		const of = (id: string, version: number, body: string) => ({ kind: 'set', id, version, body, who: 'ada', at: 1 }); // prettier-ignore
		const bodies = async () => (await second.documents.list('set')).map(({ id, version, body }) => `${id} ${version} ${String(body)}`); // prettier-ignore
		await desk.documents.saveAll([of('b', 0, 'first'), of('a', 0, 'first')]);
		expect(await bodies()).toEqual(['a 1 first', 'b 1 first']);
		await second.documents.save(of('b', 1, 'other'));
		await expect(desk.documents.saveAll([of('a', 1, 'mine'), of('b', 1, 'mine')])).rejects.toMatchObject({ code: 'conflict' }); // prettier-ignore
		expect(await bodies()).toEqual(['a 1 first', 'b 2 other']);
	});

	test('of ten who save the same documents at once, in any order, one wins all of them', async () => {
		const ids = ['a', 'b', 'c'];
		const save = (n: number) =>
			(n % 2 ? desk : second).documents.saveAll(
				(n % 3 ? ids : ids.toReversed()).map((id) => ({
					kind: 'sets',
					id,
					version: 0,
					body: n,
					who: '',
					at: n
				}))
			);
		const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => save(n)));
		const winners = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
		expect(winners).toHaveLength(1);
		for (const outcome of outcomes)
			if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' });
		expect((await desk.documents.list('sets')).map(({ body }) => body)).toEqual([winners[0], winners[0], winners[0]]); // prettier-ignore
	});

	test('progress replaces what was said of a partition before', async () => {
		const row = {
			topic: 'news',
			partition: 0,
			end: 10,
			stored: 7,
			waiting: 3,
			oldest: 1_700_000_000_000,
			at: 5
		};
		const other = { ...row, topic: 'traffic', partition: 11 };
		await desk.progress.report([other, row]);
		await second.progress.report([{ ...row, stored: 10, waiting: null, oldest: null, at: 6 }]);
		expect(await desk.progress.all()).toEqual([
			{ ...row, stored: 10, waiting: null, oldest: null, at: 6 },
			other
		]);
		await desk.progress.report([]);
	});

	test('a lease is claimed by one, renewed by the holder, and refused to others until it ends', async () => {
		expect(await desk.leases.claim('reader', 'a', 100, 1000)).toBe(true);
		expect(await second.leases.claim('reader', 'b', 100, 1050)).toBe(false);
		expect(await desk.leases.claim('reader', 'a', 100, 1060)).toBe(true);
		expect(await second.leases.claim('reader', 'b', 100, 1159)).toBe(false);
		expect(await second.leases.claim('reader', 'b', 100, 1160)).toBe(true);
		expect(await desk.leases.claim('reader', 'a', 100, 1161)).toBe(false);
	});

	test('only its holder can give a lease back', async () => {
		await desk.leases.claim('door', 'a', 100, 1000);
		await second.leases.release('door', 'b');
		expect(await second.leases.claim('door', 'b', 100, 1001)).toBe(false);
		await desk.leases.release('door', 'a');
		expect(await second.leases.claim('door', 'b', 100, 1002)).toBe(true);
	});

	test('of many who claim a free lease at once one gets it', async () => {
		const claims = Array.from({ length: 20 }, (_, n) =>
			(n % 2 ? desk : second).leases.claim('rush', `holder ${n}`, 100, 1000)
		);
		expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
	});

	test('due timers come earliest first and stay until they are done', async () => {
		await desk.timers.set({ name: 'hold', due: 300, payload: { document: 'x' } });
		await desk.timers.set({ name: 'ageing', due: 100, payload: null });
		await desk.timers.set({ name: 'later', due: 301, payload: null });
		const due = [
			{ name: 'ageing', due: 100, payload: null },
			{ name: 'hold', due: 300, payload: { document: 'x' } }
		];
		expect(await second.timers.due(300, 10)).toEqual(due);
		expect(await second.timers.due(300, 1)).toEqual(due.slice(0, 1));
		await second.timers.done('ageing', 100);
		expect(await desk.timers.due(300, 10)).toEqual(due.slice(1));
	});

	test('timers are found by the beginning of their name, or by all of it', async () => {
		await desk.timers.set({ name: 'fetch/a%b', due: 2, payload: 1 });
		await desk.timers.set({ name: 'fetch/ab', due: 3, payload: 2 });
		await desk.timers.set({ name: 'hold/x', due: 1, payload: 3 });
		expect((await second.timers.due(10, 10, 'fetch/a')).map(({ name }) => name)).toEqual([
			'fetch/a%b',
			'fetch/ab'
		]);
		expect(await second.timers.due(10, 10, 'fetch/a%')).toEqual([{ name: 'fetch/a%b', due: 2, payload: 1 }]);
		expect(await second.timers.get('fetch/ab')).toEqual({ name: 'fetch/ab', due: 3, payload: 2 });
		expect(await second.timers.get('fetch/')).toBeNull();
		for (const { name, due } of await desk.timers.due(10, 10)) await desk.timers.done(name, due);
	});

	test('a timer that was moved meanwhile is not done by the old wake', async () => {
		await desk.timers.set({ name: 'moved', due: 10, payload: 1 });
		await desk.timers.set({ name: 'moved', due: 20, payload: 2 });
		await desk.timers.done('moved', 10);
		expect(await desk.timers.due(20, 1)).toEqual([{ name: 'moved', due: 20, payload: 2 }]);
		await desk.timers.done('moved', 20);
		expect(await desk.timers.due(20, 1)).toEqual([]);
	});

	const letter = (offset: number, row = 0): Omit<DeadLetter, 'state' | 'who' | 'at'> => ({
		id: `news:0:${offset}:${row}`,
		topic: 'news',
		partition: 0,
		offset,
		row,
		key: 'k',
		reason: 'is missing',
		path: 'title',
		bytes: Buffer.from([0xff, 0, 0x7b, offset % 256]),
		writer: '',
		accepted: 1_700_000_000_000 + offset
	});

	test('a dead letter is kept once however often it is put, with its bytes', async () => {
		await desk.deadLetters.put([letter(1), letter(2)]);
		await second.deadLetters.put([{ ...letter(2), reason: 'another' }, letter(3), letter(3)]);
		await desk.deadLetters.put([]);
		expect(await desk.deadLetters.get('news:0:2:0')).toEqual({
			...letter(2),
			state: 'waiting',
			who: null,
			at: null
		});
		expect(await desk.deadLetters.get('news:9:9:9')).toBeNull();
		expect(await desk.deadLetters.count()).toEqual({ waiting: 3, replayed: 0, 'set-aside': 0 });
	});

	test('a letter whose key no text column can hold is kept all the same', async () => {
		await desk.deadLetters.put([{ ...letter(0), key: 'a\0b\ud800' }]);
		expect((await desk.deadLetters.get('news:0:0:0'))?.key).toBe('a\ufffdb\ufffd');
	});

	test('letters are listed newest first, page after page, none twice', async () => {
		const many = Array.from({ length: 120 }, (_, n) => letter(100 + Math.floor(n / 3), n % 3));
		await desk.deadLetters.put(many);
		const seen: string[] = [];
		for (let before: string | undefined; ; before = seen.at(-1)) {
			const page = await desk.deadLetters.list({ limit: 7, ...(before === undefined ? {} : { before }) });
			if (page.length === 0) break;
			seen.push(...page.map(({ id }) => id));
		}
		const older = ['news:0:3:0', 'news:0:2:0', 'news:0:1:0', 'news:0:0:0'];
		expect(seen).toEqual([...many.map(({ id }) => id).reverse(), ...older]);
	});

	test('a letter is settled once', async () => {
		expect(await desk.deadLetters.settle('news:0:1:0', 'replayed', 'ada', 77)).toBe(true);
		expect(await second.deadLetters.settle('news:0:1:0', 'set-aside', 'bob', 78)).toBe(false);
		expect(await desk.deadLetters.get('news:0:1:0')).toMatchObject({ state: 'replayed', who: 'ada', at: 77 });
		expect(await desk.deadLetters.settle('news:9:9:9', 'replayed', 'ada', 79)).toBe(false);
		expect(await desk.deadLetters.count()).toMatchObject({ replayed: 1, 'set-aside': 0 });
		const replayed = await desk.deadLetters.list({ state: 'replayed', limit: 10 });
		expect(replayed.map(({ id }) => id)).toEqual(['news:0:1:0']);
	});

	test('a letter that was settled stays settled when it is delivered again', async () => {
		await desk.deadLetters.put([letter(1)]);
		expect(await desk.deadLetters.get('news:0:1:0')).toMatchObject({ state: 'replayed' });
	});

	test('the progress of an import is the last one saved', async () => {
		const file = 'traffic /tmp/a.ndjson';
		expect(await desk.imports.get(file)).toBeNull();
		const progress = { file, offset: 5_000_000_000, events: 10, rejected: 1, prefix: 'abc', at: 1 };
		await desk.imports.save({ ...progress, offset: 1 });
		await desk.imports.save(progress);
		expect(await second.imports.get(file)).toEqual(progress);
	});

	test('health replaces what was known of each source', async () => {
		const door = {
			id: 'door',
			kind: 'door',
			state: 'fresh',
			lastSuccess: 5,
			lastAttempt: 6,
			error: null,
			failure: null,
			next: null
		} as const;
		const feed = { ...door, id: 'feed/1', kind: 'feed' };
		await desk.health.report([feed, door]);
		const blind = {
			...door,
			state: 'blind',
			lastSuccess: null,
			error: 'no answer',
			failure: 'timeout',
			next: 9
		} as const;
		await desk.health.report([door, blind]);
		expect(await second.health.all()).toEqual([blind, feed]);
		await desk.health.report([]);
	});

	test('a silence is kept once, and lasts until its source is read again', async () => {
		const silence = {
			source: 'page/1',
			since: 10,
			noticed: 25,
			failure: 'blocked',
			reason: 'the server answers 403'
		};
		const other = { source: 'page/2', since: 12, noticed: 30, failure: null, reason: '' };
		const begun = await Promise.all([desk, second].map((one) => one.silences.begin(silence)));
		expect(begun.filter(Boolean)).toHaveLength(1);
		expect(await second.silences.begin({ ...silence, noticed: 99, reason: 'later' })).toBe(false);
		await desk.silences.begin(other);
		await desk.silences.end('page/1', 40);
		await desk.silences.end('page/1', 50);
		expect(await second.silences.list({ limit: 9 })).toEqual([
			{ ...other, until: null },
			{ ...silence, until: 40 }
		]);
		expect(await desk.silences.list({ open: true, limit: 9 })).toEqual([{ ...other, until: null }]);
		await desk.silences.begin({ ...silence, since: 40, noticed: 60 });
		expect((await desk.silences.list({ source: 'page/1', limit: 1 })).map(({ since }) => since)).toEqual([
			40
		]);
	});

	test('visits are counted by source and day, and old days forgotten', async () => {
		const day = Date.UTC(2026, 0, 1);
		await Promise.all([desk, second, desk].map((one, i) => one.visits.count('page/1', day + i, i > 0)));
		await desk.visits.count('page/2', day, true);
		expect(await second.visits.since('2026-01-01')).toEqual([
			{ source: 'page/1', day: '2026-01-01', good: 2, failed: 1 },
			{ source: 'page/2', day: '2026-01-01', good: 1, failed: 0 }
		]);
		await desk.visits.count('page/1', Date.UTC(2026, 4, 1), true);
		expect((await desk.visits.since('2026-01-01')).map(({ source, day }) => `${source} ${day}`)).toEqual([
			'page/1 2026-05-01',
			'page/2 2026-01-01'
		]);
		expect(await desk.visits.since('2026-06-01')).toEqual([]);
	});

	test('a desk that was opened again has what was saved', async () => {
		const again = await open();
		expect((await again.documents.get('note', 'shared'))?.body).toBe('here');
		await again.close();
	});

	test('a closed desk refuses to work', async () => {
		const closed = await open();
		await closed.close();
		await expect(closed.ping()).rejects.toThrow();
	});
}
