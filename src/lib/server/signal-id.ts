/** Ids of signals. */
import { createHash } from 'node:crypto';
import type { SignalRow } from './store/signals.ts';

/** The first 128 bits of a SHA-256 over the evidence and what of it is told, as a decimal. */
export function signalId({ kind, id }: SignalRow['evidence'], ...told: string[]): string {
	const hash = createHash('sha256').update(JSON.stringify([kind, id, ...told]));
	return BigInt(`0x${hash.digest('hex').slice(0, 32)}`).toString();
}
