/**
 * Leases of the embedded log: one subscription of a group consumes a topic, others stand by. Times are those of the monotonic clock
 * that all processes of a machine share, so that a wall clock that jumps neither ends nor prolongs a lease.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import type { Logger } from '../logger.ts';
import type { LogFile } from './embedded-file.ts';
import type { Topic } from './log.ts';

export interface Lease {
	readonly holder: string;
	/** False once it ran out or somebody else has it. */
	held(): boolean;
	/** It is known to be lost. */
	lost(): void;
	release(): void;
}
export interface LeaseKeeper {
	/** Null while another subscription has it. */
	claim(group: string, topic: Topic): Lease | null;
	close(): void;
}

/** Milliseconds since the machine was started. */
const monotonic = (): number => Number(process.hrtime.bigint() / 1_000_000n);

export function createLeaseKeeper(
	file: LogFile,
	{ leaseMs, logger }: { leaseMs: number; logger: Logger }
): LeaseKeeper {
	const log = randomUUID();
	const self = describeProcess();
	/** Until when each holder of ours has its lease. */
	const held = new Map<string, number>();
	let timer: NodeJS.Timeout | undefined;

	const renew = () => {
		if (held.size === 0) return;
		const until = monotonic() + leaseMs;
		try {
			// Only these: what could not be given back, on a full disk, has to run out.
			const still = new Set(file.renew([...held.keys()], until));
			for (const holder of held.keys()) {
				if (still.has(holder)) held.set(holder, until);
				else held.delete(holder);
			}
		} catch (error) {
			// Tried again at the next turn; until then the lease runs on, and out.
			logger.warn({ err: error }, 'cannot renew the leases of the event log');
		}
	};
	const free = (group: string, topic: Topic): boolean => {
		const lease = file.lease(group, topic);
		const now = monotonic();
		// Further ahead than any lease goes: the clock began anew with the machine.
		return !lease || lease.until <= now || lease.until > now + leaseMs || !isAlive(lease.process);
	};
	return {
		claim(group, topic) {
			// Looking costs nothing; only who finds it free asks for the file's write lock.
			if (!free(group, topic)) return null;
			const holder = randomUUID();
			const taken = file.transaction(() => {
				if (!free(group, topic)) return false;
				const until = monotonic() + leaseMs;
				file.take(group, topic, { holder, process: self, until }, log);
				held.set(holder, until);
				return true;
			});
			if (!taken) return null;
			timer ??= setInterval(renew, leaseMs / 3);
			return {
				holder,
				held: () => (held.get(holder) ?? 0) > monotonic(),
				lost: () => void held.delete(holder),
				release() {
					held.delete(holder);
					file.release(holder);
				}
			};
		},
		close: () => clearInterval(timer)
	};
}

/** Names a process for good: its number alone is given again. */
export function describeProcess(pid = process.pid): string {
	return [namespace(), pid, start(pid) ?? ''].join(' ');
}

/** Whether the process named by {@link describeProcess} still runs; true where that cannot be told. */
export function isAlive(description: string): boolean {
	const [where, number, started] = description.split(' ');
	const pid = Number(number);
	if (where !== namespace() || !Number.isInteger(pid) || pid <= 0) return true;
	try {
		process.kill(pid, 0);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
	}
	return process.platform !== 'linux' || start(pid) === started;
}

/** Process numbers mean something only inside one namespace (containers that share a folder have several). */
function namespace(): string {
	try {
		return readlinkSync('/proc/self/ns/pid');
	} catch {
		return process.platform;
	}
}

/** When a process was started, in ticks since the machine was; null where that is unknown or it is a zombie (proc(5)). */
function start(pid: number): string | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
	} catch {
		return null;
	}
}
