/** From every time a document was read to its versions: a version stands until another text is read. */
export interface Seen {
	fetched: string;
	hash: string;
	size: number;
	collector: string | null;
	extractor: string | null;
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
	/** The text changed together with the rules that extract it: no change of the page. */
	technical: boolean;
}

/** Collectors, the one that read most first; '' stands for sightings that name none. */
export function collectorsOf(seen: readonly Seen[]): string[] {
	const counts = new Map<string, number>();
	for (const { collector } of seen) counts.set(collector ?? '', (counts.get(collector ?? '') ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([collector]) => collector);
}

/** Versions of one collector; `seen` in the order of fetching. */
export function versionsOf(seen: readonly Seen[], collector: string): Version[] {
	const versions: Version[] = [];
	let extractor: string | null = null;
	for (const one of seen) {
		if ((one.collector ?? '') !== collector) continue;
		const last = versions.at(-1);
		if (last?.hash === one.hash) {
			last.to = one.fetched;
			last.seen++;
		} else {
			const technical = last !== undefined && one.extractor !== extractor;
			versions.push({
				number: versions.length + 1,
				hash: one.hash,
				from: one.fetched,
				to: one.fetched,
				seen: 1,
				size: one.size,
				technical
			});
		}
		extractor = one.extractor;
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
