import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { deskSuite } from './desk.suite.ts';
import { openDesk } from './open.ts';

const logger = createLogger('silent');
let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'desk-'));
});
afterAll(() => rm(folder, { recursive: true }));
const open = (name: string) => openDesk({ file: join(folder, name) }, { logger });

describe('the desk on SQLite', () => {
	deskSuite(() => open('new folder/desk.sqlite'));

	test('waits for another process that writes, without holding up this one', async () => {
		const desk = await open('busy.sqlite');
		const other = new DatabaseSync(join(folder, 'busy.sqlite'));
		other.exec('begin immediate');
		const saved = desk.documents.save({ kind: 'note', id: 'x', version: 0, body: 1, who: 'ada', at: 1 });
		const waited = Promise.race([
			saved.then(() => 'saved'),
			new Promise((resolve) => setTimeout(resolve, 100, 'waiting'))
		]);
		expect(await waited).toBe('waiting');
		other.exec('commit');
		other.close();
		expect(await saved).toMatchObject({ version: 1 });
		await desk.close();
	});

	test('takes reports of progress in order, a save among them', async () => {
		const desk = await open('quick.sqlite');
		const row = { topic: 'news', partition: 0, end: 1, stored: 1, waiting: 0, oldest: null, at: 1 };
		await Promise.all([
			...Array.from({ length: 50 }, (_, n) => desk.progress.report([{ ...row, at: n }])),
			desk.documents.save({ kind: 'note', id: 'x', version: 0, body: 1, who: 'ada', at: 1 })
		]);
		expect(await desk.progress.all()).toEqual([{ ...row, at: 49 }]);
		await desk.close();
	});

	test('says of a file that is no database that it cannot be used', async () => {
		const file = join(folder, 'letter.sqlite');
		await writeFile(file, 'Dear reader, this is no database. '.repeat(100));
		await expect(openDesk({ file }, { logger })).rejects.toMatchObject({ code: 'desk-unavailable' });
	});

	test('says of a folder that cannot be made that it cannot be used', async () => {
		await writeFile(join(folder, 'file'), '');
		await expect(open('file/desk.sqlite')).rejects.toMatchObject({ code: 'desk-unavailable' });
	});
});
