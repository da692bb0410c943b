/** From every time a document was read to its versions: a version stands until another text is read. */
import type { NameChange, Verdict } from '#lib/domain/policies/timeline.ts';
import { formatInstant } from '#lib/domain/time.ts';

export interface Seen {
	fetched: string;
	hash: string;
	size: number;
	collector: string | null;
}
/** What was found out of a change of text. */
export interface Judged {
	collector: string;
	/** When the new text was first fetched, ms. */
	at: number;
	verdict: Verdict;
	decidedAt: number | null;
	mentions: NameChange[];
	/** Everybody who saw the same change. */
	collectors?: string[];
}
export interface Version {
	/** Counted from 1 in the order of reading. */
	number: number;
	hash: string;
	/** First and last time it was read in a row, and how often. */
	from: string;
	to: string;
	seen: number;
	size: number;
	/** What became of the change that brought it, and when that could be known; null for the first, which changed nothing. */
	verdict: Verdict | null;
	decidedAt: string | null;
	/** Names that came or went with it. */
	mentions: NameChange[];
	/** Everybody who saw the same change; the collector alone for the first version. */
	collectors: string[];
}

/** Collectors, the one that read most first; '' stands for sightings that name none. */
export function collectorsOf(seen: readonly Seen[]): string[] {
	const counts = new Map<string, number>();
	for (const { collector } of seen) counts.set(collector ?? '', (counts.get(collector ?? '') ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([collector]) => collector);
}

/** Versions of one collector; `seen` in the order of fetching, `judged` the changes between them. */
export function versionsOf(seen: readonly Seen[], collector: string, judged: readonly Judged[]): Version[] {
	const own = seen.filter((one) => (one.collector ?? '') === collector);
	const changes = new Map(judged.filter((it) => it.collector === collector).map((it) => [it.at, it]));
	const versions: Version[] = [];
	for (const { fetched, hash, size } of own) {
		const last = versions.at(-1);
		if (last?.hash === hash) {
			last.to = fetched;
			last.seen++;
			continue;
		}
		const known = changes.get(Date.parse(fetched));
		const { verdict = null, decidedAt = null, mentions = [], collectors = [collector] } = known ?? {};
		versions.push({
			number: versions.length + 1,
			hash,
			from: fetched,
			to: fetched,
			seen: 1,
			size,
			verdict,
			decidedAt: decidedAt === null ? null : formatInstant(decidedAt),
			mentions,
			collectors
		});
	}
	return versions;
}

/** The two versions to compare: `after` and `before` are the instants at which they were first read; else the last two. */
export function compared(
	versions: readonly Version[],
	said: { before: string | null; after: string | null }
): { before: Version; after: Version } | null {
	const at = (from: string | null) => versions.find((version) => version.from === from);
	const after = at(said.after) ?? versions.at(-1);
	if (!after) return null;
	const before = at(said.before) ?? versions[after.number - 2];
	return before && before !== after ? { before, after } : null;
}
