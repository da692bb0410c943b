/** Runs log-child.ts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogDeed, LogPlace } from './log-child.ts';

export interface LogProcess {
	/** Lines so far. */
	lines: string[];
	/** Resolves to the signal that ended it, or null. */
	ended: Promise<string | null>;
	kill(): Promise<void>;
}

export function startLogProcess(place: LogPlace, deed: LogDeed): LogProcess {
	const script = join(import.meta.dirname, 'log-child.ts');
	const child = spawn(process.execPath, [script, JSON.stringify(place), JSON.stringify(deed)], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const lines: string[] = [];
	createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
	const ended = once(child, 'close').then(([, signal]) => (typeof signal === 'string' ? signal : null));
	return {
		lines,
		ended,
		async kill() {
			child.kill('SIGKILL');
			await ended;
		}
	};
}

/** The parts of a harness that need a process of their own. */
export const processDeeds = (place: LogPlace) => ({
	async appendAndDie(topic: LogDeed['topic'], key: string, count: number) {
		const child = startLogProcess(place, { do: 'append', topic, key, count, die: true });
		if ((await child.ended) !== 'SIGKILL' || child.lines.length !== count)
			throw new Error('the appending process did not die as it should');
	},
	async consumeAndDie(topic: LogDeed['topic'], group: string) {
		const child = startLogProcess(place, { do: 'consume', topic, group, die: true });
		if ((await child.ended) !== 'SIGKILL') throw new Error('the consuming process did not die as it should');
		return child.lines.map((line) => line.replace('handling ', ''));
	}
});
