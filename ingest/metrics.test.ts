import { expect, test } from 'vitest';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { createLogger } from '#lib/server/logger.ts';
import type { Store } from '#lib/server/store/store.ts';
import { createMetrics } from './metrics.ts';

const store = {
	status: () => ({ form: 'embedded', up: true, since: 0, restarts: 2, error: null })
} satisfies Pick<Store, 'status'>;

test('metrics tell of the process and of the store each time they are asked for', async () => {
	const desk: Desk = await openDesk({ file: ':memory:' }, { logger: createLogger('silent') });
	const metrics = createMetrics({ desk, store, now: Date.now });
	for (let scrape = 0; scrape < 2; scrape++) {
		const told = await metrics.render();
		expect(told).toMatch(/^process_cpu_seconds_total \d/m);
		expect(told).toMatch(/^nodejs_eventloop_lag_seconds /m);
		expect(told).toMatch(/^telltale_store_restarts 2$/m);
	}
	await desk.close();
});
