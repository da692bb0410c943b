/** How soon the product is ready after an install and again, and what it costs while nothing happens. */
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { build, isStale } from '../ingest/build.ts';
import { settled, startProduct, temporaryFolder, type Running } from '../tests/support/product.ts';
import type { Report } from './report.ts';
import { median } from './sample.ts';

const ROUNDS = 3;
const IDLE_MS = 10_000;
const TICKS_PER_S = 100;

export async function bench(report: Report): Promise<void> {
	if (isStale()) build();
	const say = (what: string, value: number, unit: string, most?: number) =>
		report.add({
			bench: 'start',
			what,
			value,
			unit,
			...(most !== undefined && { goal: { is: '<=', value: most } })
		});
	for (const [demo, name] of [
		['1', 'with the demo'],
		['0', 'without the demo']
	] as const) {
		const first: number[] = [];
		const second: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const { folder, remove } = temporaryFolder();
			try {
				const start = async (times: number[]) => {
					const began = performance.now();
					const product = await startProduct({ folder, env: { TELLTALE_DEMO: demo } });
					times.push((performance.now() - began) / 1000);
					return product;
				};
				const product = await start(first);
				await settled(product.url);
				await product.stop();
				const again = await start(second);
				if (round === ROUNDS - 1) {
					const { megabytes, part } = await idle(again);
					say(`idle memory of all its processes, ${name}`, megabytes, 'MB', 600);
					say(`idle use of a core, ${name}`, part * 100, '%', 3);
				}
				await again.stop();
			} finally {
				remove();
			}
		}
		say(`ready on a first start, ${name}`, median(first), 's', 5);
		say(`ready on a second start, ${name}`, median(second), 's', 2);
	}
}

/** After it has come to rest: memory shared out (Pss) and the part of a core that it and its children take over ten seconds. */
async function idle({ url, pid }: Running): Promise<{ megabytes: number; part: number }> {
	await settled(url);
	await wait(5_000); // what a start leaves to the background is over
	const before = ticks(pid);
	const began = performance.now();
	await wait(IDLE_MS);
	const part = (ticks(pid) - before) / TICKS_PER_S / ((performance.now() - began) / 1000);
	const kilobytes = family(pid).reduce(
		(sum, id) => sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1]),
		0
	);
	return { megabytes: kilobytes / 1024, part };
}

/** The fields of /proc/PID/stat behind the name. */
const statOf = (pid: number): string[] =>
	readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ');
const ticks = (pid: number): number =>
	family(pid).reduce((sum, id) => sum + Number(statOf(id)[11]) + Number(statOf(id)[12]), 0);

/** A process and all below it. */
function family(pid: number): number[] {
	const parents = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => {
			try {
				return [{ id: Number(name), parent: Number(statOf(Number(name))[1]) }];
			} catch {
				return []; // it ended meanwhile
			}
		});
	const all = [pid];
	for (const above of all) for (const { id, parent } of parents) if (parent === above) all.push(id);
	return all;
}
