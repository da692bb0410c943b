/** The documents of the list, each with the changes that a view asks for. */
import type { RecordedChange } from '#lib/server/policy-record.ts';

/** What a change must have; empty asks for nothing. */
export interface Asked {
	organisation: string;
	topic: string;
	verdict: string;
}

export const fits = (change: RecordedChange, { organisation, topic, verdict }: Asked): boolean =>
	(!organisation || change.organisations.some((one) => one.organisation === organisation)) &&
	(!topic || change.topics.some((one) => one === topic)) &&
	(!verdict || change.verdict === verdict);

export interface DocumentRecord {
	/** Newest ones that fit: confirmed, and not decided. */
	confirmed: RecordedChange | null;
	pending: RecordedChange | null;
	/** How many fit, and how many of them came to nothing. */
	changes: number;
	noise: number;
}

/** `changes` of one document, the newest first. */
export function recordOf(changes: readonly RecordedChange[], asked: Asked): DocumentRecord {
	const all = changes.filter((change) => fits(change, asked));
	const newest = (verdict: string) => all.find((change) => change.verdict === verdict) ?? null;
	return {
		confirmed: newest('confirmed'),
		pending: newest('pending'),
		changes: all.length,
		noise: all.filter(({ verdict }) => verdict !== 'confirmed' && verdict !== 'pending').length
	};
}

export const keyOf = ({ service, document }: { service: string; document: string }): string =>
	JSON.stringify([service, document]);
