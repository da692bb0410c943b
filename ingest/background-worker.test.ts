import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Desk } from '#lib/server/desk/desk.ts';
import { Lease } from '#lib/server/desk/lease.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { Problem } from '#lib/server/errors.ts';
import { createLogger } from '#lib/server/logger.ts';
import { BackgroundWorker, type BackgroundOptions } from './background-worker.ts';

const logger = createLogger('silent');
const START = Date.UTC(2026, 0, 1);
let folder: string;
let desk: Desk;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'telltale-'));
	desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger });
	vi.useFakeTimers({ now: START, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
}); // prettier-ignore
afterEach(async () => {
	vi.useRealTimers();
	await desk.close();
	rmSync(folder, { recursive: true, force: true });
});

const given = (holder: string): BackgroundOptions => ({ desk, logger, holder, now: Date.now });
/** The clock goes on, and what hangs on it has its turn. */
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Until something that was begun has happened; the clock goes on by some milliseconds. */
const happens = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 5_000, interval: 5 });

/** Work that a test ends. */
function handWork() {
	const { promise, resolve, reject } = Promise.withResolvers<undefined>();
	let lost: AbortSignal | undefined;
	const work = (signal: AbortSignal) => {
		lost = signal;
		return promise;
	};
	return { work, end: () => resolve(undefined), fail: reject, begun: () => lost !== undefined, lost: () => lost?.aborted === true };
} // prettier-ignore

class Counter extends BackgroundWorker {
	turns: number[] = [];
	work: (signal: AbortSignal) => Promise<void> = () => Promise.resolve();

	constructor(options: BackgroundOptions, lease?: string) {
		super(options, { name: 'counting', every: 1_000, ...(lease !== undefined && { lease }) });
	}

	protected turn(signal: AbortSignal): Promise<void> {
		this.turns.push(Date.now() - START);
		return this.work(signal);
	}
}

describe('a lease', () => {
	test('lets one of two processes work, and the other once it is given back', async () => {
		const { work, end, begun } = handWork();
		const first = new Lease(given('one'), 'page').once(work);
		await happens(() => expect(begun()).toBe(true));
		const other = new Lease(given('two'), 'page');
		const never = vi.fn(() => Promise.resolve());
		expect(await other.once(never)).toBe(false);
		expect(never).not.toHaveBeenCalled();
		end();
		expect(await first).toBe(true);
		expect(await other.once(never)).toBe(true);
	});

	test('is renewed for as long as the work takes', async () => {
		const { work, end, begun, lost } = handWork();
		const working = new Lease(given('one'), 'page').once(work);
		await happens(() => expect(begun()).toBe(true));
		for (let minute = 0; minute < 10; minute++) {
			await pass(59_000);
			// The renewal of this moment is on its way to the desk.
			await happens(async () => expect(await desk.leases.claim('page', 'two', 1_000, Date.now() + 15_000)).toBe(false)); // prettier-ignore
		}
		expect(lost()).toBe(false);
		end();
		await working;
	});

	test('is given back when the work fails', async () => {
		const { work, fail } = handWork();
		const working = new Lease(given('one'), 'page').once(work);
		fail(new Error('no'));
		await expect(working).rejects.toThrow('no');
		expect(await desk.leases.claim('page', 'two', 1_000, Date.now())).toBe(true);
	});

	test('is said to be lost where another process has it: this one was held up for too long', async () => {
		const { work, end, begun, lost } = handWork();
		const working = new Lease(given('one'), 'page').once(work);
		await happens(() => expect(begun()).toBe(true));
		vi.setSystemTime(START + 40_000);
		expect(await desk.leases.claim('page', 'two', 60_000, Date.now())).toBe(true);
		await pass(10_000);
		await happens(() => expect(lost()).toBe(true));
		end();
		await working;
		expect(await desk.leases.claim('page', 'three', 1_000, Date.now())).toBe(false);
	});

	test('outlives a desk that is away for a moment, and is lost where it is away for longer', async () => {
		const away = new Problem('desk-unavailable', 'away');
		let reached = true;
		const claim: Desk['leases']['claim'] = (...of) => reached ? desk.leases.claim(...of) : Promise.reject(away); // prettier-ignore
		const { work, end, begun, lost } = handWork();
		const flaky = { ...given('one'), desk: { leases: { ...desk.leases, claim } } };
		const working = new Lease(flaky, 'page').once(work);
		await happens(() => expect(begun()).toBe(true));
		reached = false;
		await pass(20_000);
		expect(lost()).toBe(false);
		reached = true;
		await pass(10_000);
		await happens(async () => expect(await desk.leases.claim('page', 'two', 1_000, START + 59_000)).toBe(false)); // prettier-ignore
		reached = false;
		await pass(30_000);
		expect(lost()).toBe(true);
		end();
		await working;
	});

	test('of a process killed with -9 is free half a minute later', async () => {
		const script = `
			import { openDesk } from '#lib/server/desk/open.ts';
			import { Lease } from '#lib/server/desk/lease.ts';
			const desk = await openDesk({ file: process.argv[1] }, { logger: console });
			await new Lease({ desk, holder: 'killed', now: () => ${START} }, 'page').once(async () => {
				process.stdout.write('working');
				await new Promise((done) => setTimeout(done, 600_000));
			});`;
		const child = spawn(process.execPath, ['--input-type=module', '-e', script, join(folder, 'desk.sqlite')], {
			cwd: join(import.meta.dirname, '..'), stdio: ['ignore', 'pipe', 'inherit']
		}); // prettier-ignore
		await once(child.stdout, 'data');
		const ended = once(child, 'close');
		child.kill('SIGKILL');
		await ended;
		const next = new Lease(given('next'), 'page');
		const work = vi.fn(() => Promise.resolve());
		expect(await next.once(work)).toBe(false);
		await pass(29_000);
		expect(await next.once(work)).toBe(false);
		await pass(1_000);
		expect(await next.once(work)).toBe(true);
		expect(work).toHaveBeenCalledOnce();
	});
});

describe('work in the background', () => {
	test('takes a turn, rests, and takes the next one, until it is stopped', async () => {
		const worker = new Counter(given('one'));
		worker.start();
		await pass(2_500);
		expect(worker.turns).toEqual([0, 1_000, 2_000]);
		await worker.close();
		await pass(10_000);
		expect(worker.turns).toHaveLength(3);
	});

	test('that fails is tried again, later and later up to a quarter of a minute, and as before once it succeeds', async () => {
		const worker = new Counter(given('one'));
		worker.work = () => Promise.reject(new Error('no'));
		worker.start();
		await pass(60_000);
		expect(worker.turns).toEqual([0, 2_000, 6_000, 14_000, 29_000, 44_000, 59_000]);
		worker.work = () => Promise.resolve();
		await pass(17_500);
		expect(worker.turns.slice(7)).toEqual([74_000, 75_000, 76_000, 77_000]);
		await worker.close();
	});

	test('is told of a stop while it works, and the stop waits for it', async () => {
		const worker = new Counter(given('one'), 'counting');
		const { work, end, begun, lost } = handWork();
		worker.work = work;
		worker.start();
		await happens(() => expect(begun()).toBe(true));
		const closed = vi.fn();
		const closing = worker.close().then(closed);
		expect(lost()).toBe(true);
		await pass(5_000);
		expect(closed).not.toHaveBeenCalled();
		end();
		await closing;
		expect(await desk.leases.claim('counting', 'two', 1_000, Date.now())).toBe(true);
	});

	test('under a lease is done by one process for as long as it lives, and by the next one at once after it stopped', async () => {
		const [one, two] = [new Counter(given('one'), 'counting'), new Counter(given('two'), 'counting')];
		for (let second = 0; second < 60; second++) {
			await one.look();
			await two.look();
			await pass(1_000);
		}
		expect([one.turns.length, two.turns.length]).toEqual([60, 0]);
		await one.close();
		await two.look();
		expect(two.turns).toHaveLength(1);
	});

	test('under a lease is taken over half a minute after its process was last seen', async () => {
		const [one, two] = [new Counter(given('one'), 'counting'), new Counter(given('two'), 'counting')];
		await one.look();
		await pass(29_000);
		await two.look();
		expect(two.turns).toEqual([]);
		await pass(1_000);
		await two.look();
		expect(two.turns).toEqual([30_000]);
		await one.look();
		expect(one.turns).toEqual([0]);
	});
});
