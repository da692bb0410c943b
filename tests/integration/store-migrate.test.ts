import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { migrate, readMigrations, type Migration } from '#lib/server/store/migrate.ts';
import { hasEngine, openTestStore, serverAddress, type TestStore } from '../support/engine.ts';
import { startOwner } from '../support/owner.ts';

const migration = (name: string, ...statements: string[]): Migration => ({
	name,
	checksum: statements.join(),
	statements
});

describe.runIf(hasEngine)('migrations', () => {
	let given: TestStore;
	beforeAll(async () => {
		given = await openTestStore({ empty: true });
	});
	afterAll(() => given.end());
	const names = async () =>
		(
			await given.store.select({
				sql: 'SELECT name, count() AS n FROM migrations GROUP BY name ORDER BY name',
				row: z.object({ name: z.string(), n: z.string() })
			})
		).map(({ name, n }) => `${name}: ${n}`);

	test('two processes that start together apply each migration once', async () => {
		const all = (await readMigrations()).map(({ name }) => name);
		const { url } = await serverAddress(given.folder);
		const owners = await Promise.all([startOwner('', url), startOwner('', url)]);
		expect(owners.map(({ code }) => code)).toEqual([undefined, undefined]);
		expect(owners.flatMap(({ migrated = [] }) => migrated).toSorted()).toEqual(all);
		expect(await names()).toEqual(all.map((name) => `${name}: 1`));
		await Promise.all(owners.map(({ end }) => end()));
	});

	test('applied again they do nothing', async () => {
		expect(await migrate(given.store)).toEqual([]);
	});

	test('every statement may be repeated: a process may be killed before it is noted', async () => {
		for (const { statements } of await readMigrations())
			for (const statement of statements) await given.store.command(statement);
	});

	test('only what is new is applied, in order', async () => {
		const all = await readMigrations();
		const more = [
			...all,
			migration('900-one', 'CREATE TABLE IF NOT EXISTS later (i UInt8) ENGINE = Memory'),
			migration('901-two', 'ALTER TABLE later ADD COLUMN IF NOT EXISTS s String')
		];
		expect(await migrate(given.store, more)).toEqual(['900-one', '901-two']);
		expect(await migrate(given.store, more)).toEqual([]);
	});

	test('one that was edited after it was applied is refused by its name', async () => {
		const edited = [migration('900-one', 'CREATE TABLE IF NOT EXISTS later (i UInt16) ENGINE = Memory')];
		await expect(migrate(given.store, edited)).rejects.toMatchObject({
			code: 'store-failed',
			message: expect.stringContaining('900-one')
		});
	});

	test('one that fails leaves the others applied, and is applied once it is mended', async () => {
		const good = migration('910-good', 'CREATE TABLE IF NOT EXISTS good (i UInt8) ENGINE = Memory');
		const bad = migration('911-bad', 'CREATE TABLE IF NOT EXISTS bad (i Nonsense) ENGINE = Memory');
		await expect(migrate(given.store, [good, bad])).rejects.toMatchObject({ code: 'store-failed' });
		const mended = migration('911-bad', 'CREATE TABLE IF NOT EXISTS bad (i UInt8) ENGINE = Memory');
		expect(await migrate(given.store, [good, mended])).toEqual(['911-bad']);
	});

	test('a lock that a killed process left behind is taken over', async () => {
		await given.store.command('CREATE TABLE migrating (nothing UInt8) ENGINE = Memory');
		const late = migration('920-late', 'CREATE TABLE IF NOT EXISTS late (i UInt8) ENGINE = Memory');
		expect(await migrate(given.store, [late])).toEqual(['920-late']);
	});
});
