import { describe, expect, it } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { Problem } from '#lib/server/errors.ts';
import { temporaryFolder } from '../../tests/support/product.ts';
import { examine, type Parts } from './doctor.ts';

describe('doctor', () => {
	it('names the variable of a part that cannot be reached, and goes on to the next', async () => {
		const { folder, remove } = temporaryFolder();
		const down = (code: 'log-unavailable' | 'store-unavailable' | 'desk-unavailable') => () =>
			Promise.reject(new Problem(code, 'nobody answers'));
		const parts: Parts = {
			openLog: down('log-unavailable'),
			openStore: down('store-unavailable'),
			openDesk: down('desk-unavailable'),
			now: Date.now,
			group: 'g'
		};
		const config = readConfig({ TELLTALE_DATA: folder, KAFKA_BROKERS: 'localhost:1' });
		const findings = await Array.fromAsync(examine(config, parts));
		remove();
		expect(findings.filter(({ ok }) => !ok).map(({ what, advice }) => `${what} | ${advice}`)).toEqual([
			'log: nobody answers | is KAFKA_BROKERS right, and what it names running?',
			'store: nobody answers | is TELLTALE_DATA right, and what it names running?',
			'desk: nobody answers | is TELLTALE_DATA right, and what it names running?'
		]);
		expect(findings.some(({ what }) => what.includes('several machines need'))).toBe(true);
	});
});
