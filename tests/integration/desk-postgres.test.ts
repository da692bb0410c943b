import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '#lib/server/logger.ts';
import { deskSuite } from '#lib/server/desk/desk.suite.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { startPostgres } from '../support/postgres.ts';

const logger = createLogger('silent');
const postgres = await startPostgres();
afterAll(() => postgres?.close());

describe.skipIf(postgres === null)('the desk on PostgreSQL', () => {
	let url: string;
	beforeAll(async () => {
		url = (await postgres?.database()) ?? '';
	});
	deskSuite(() => openDesk({ url }, { logger }));
});

describe.skipIf(!postgres?.power)('a PostgreSQL that goes away', () => {
	test('is told as unavailable, and is used again once it is back', async () => {
		const desk = await openDesk({ url: (await postgres?.database()) ?? '' }, { logger });
		const note = { kind: 'note', id: 'x', version: 0, body: 1, who: 'ada', at: 1 };
		await desk.documents.save(note);
		// Some connections idle, some in use at the moment it ends.
		const during = Promise.allSettled(Array.from({ length: 50 }, () => desk.documents.list('note')));
		await postgres?.power?.stop();
		await during;
		await expect(desk.documents.save({ ...note, version: 1 })).rejects.toMatchObject({
			name: 'Problem',
			code: 'desk-unavailable',
			retryable: true
		});
		await expect(desk.ping()).rejects.toMatchObject({ code: 'desk-unavailable' });
		await postgres?.power?.start();
		await desk.ping();
		expect(await desk.documents.save({ ...note, version: 1 })).toMatchObject({ version: 2 });
		await desk.close();
	});

	test('cannot be opened where nobody listens', async () => {
		const nobody = 'postgres://telltale@127.0.0.1:1/none';
		await expect(openDesk({ url: nobody }, { logger })).rejects.toMatchObject({ code: 'desk-unavailable' });
	});

	test('ten processes that open an empty database at once all succeed', async () => {
		const url = (await postgres?.database()) ?? '';
		const desks = await Promise.all(Array.from({ length: 10 }, () => openDesk({ url }, { logger })));
		await Promise.all(desks.map((desk) => desk.ping()));
		await Promise.all(desks.map((desk) => desk.close()));
	});
});
