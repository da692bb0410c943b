/**
 * How a story spread: who reported it first, which reports rest on nobody else's, and what was taken from whom. Computed from all of a
 * story's articles whenever it is read, so that one that comes late puts right what was told before it. Times are milliseconds.
 */
import {
	familyOf,
	firstSeen,
	hasOwnSource,
	inOrderOfReport,
	namedSources,
	publisherKey,
	type Seen
} from './origin.ts';

export interface SpreadArticle extends Seen {
	id: string;
	title: string;
	/** Its text, or the beginning of it: sources are named there. */
	text: string;
	publisher: string;
	/** The article whose text it repeats, or null. */
	copyOf: string | null;
}

/**
 * `first`: the story's first report; `independent`: rests on no other; `names`: says whom it has it from; `words`: a copy, found by its
 * words alone; `again`: a further report by one who had reported before.
 */
export type Kind = 'first' | 'independent' | 'names' | 'words' | 'again';

export interface Report<A> {
	article: A;
	/** When it was first seen; for a back-dated one, when anybody but itself says so. */
	at: number;
	backDated: boolean;
	kind: Kind;
	/** Whether its text repeats another's. */
	copy: boolean;
	/** Id of the article that it was taken from, or that an independent one names beside its own source; null for none. */
	from: string | null;
	/** Whom it names as its source: a publisher of the story by its name, any other by {@link publisherKey}; null for nobody. */
	says: string | null;
}

/** A report that rests on no other of the story, and what rests on it. */
export interface Root<A> {
	report: Report<A>;
	/** In the order in which they were seen. */
	rest: Report<A>[];
	copies: number;
	/** When the last of all was seen. */
	last: number;
}

export interface Spread<A> {
	/** In the order of their reports: the first one reported first. As many as there are independent sources. */
	roots: Root<A>[];
	copies: number;
	/** How long after the first report half of the copies were out; null without a copy. */
	half: number | null;
}

interface Placed<A> {
	article: A;
	at: number;
	backDated: boolean;
	/** Whom it names, its own publisher left out: as {@link Report.says}. */
	named: string[];
}
/** One text: who had it first, and who repeats it. */
interface Cluster<A> {
	head: Placed<A>;
	copies: Placed<A>[];
	/** The source that it rests on: a family, or a name that is none of the story's. */
	source: string;
	/** Whether that is its own. */
	own: boolean;
}

/**
 * Sources are counted as a report that names its source rests on it, unless it says that it has something of its own.
 */
export function spreadOf<A extends SpreadArticle>(
	articles: readonly A[],
	family: (publisher: string) => string = familyOf
): Spread<A> {
	const names = publishersOf(articles);
	const publishers = new Set(names.values());
	const placed = inOrderOfReport(articles).map(({ article, backDated }): Placed<A> => {
		const named = namedSources(article.title, article.text, (key) => names.has(key));
		return {
			article,
			backDated,
			at: backDated ? (article.observedAt ?? article.publishedAt) : firstSeen(article),
			named: [...new Set(named.map((key) => names.get(key) ?? key))].filter(
				(name) => name !== article.publisher
			)
		};
	});
	const clusters = clustersOf(placed).map(({ head, copies }): Cluster<A> => {
		const { title, text, publisher } = head.article;
		const said = head.named.find((name) => publishers.has(name)) ?? head.named[0];
		const own = said === undefined || hasOwnSource(title, text, publisher);
		return { head, copies, own, source: family(own ? publisher : said) };
	});
	const resting = restsOn(clusters, family);
	const roots = [...Map.groupBy(clusters, ({ source }) => resting(source)).values()]
		.map(rootOf)
		.sort((a, b) => a.report.at - b.report.at);
	const [first] = roots;
	if (first) first.report.kind = 'first';
	linkNamed(roots);
	const copied = roots
		.flatMap(({ rest }) => rest.flatMap(({ copy, at }) => (copy ? [at] : [])))
		.sort((a, b) => a - b);
	const middle = copied[Math.ceil(copied.length / 2) - 1];
	return {
		roots,
		copies: copied.length,
		half: first && middle !== undefined ? Math.max(0, middle - first.report.at) : null
	};
}

/** Publishers of the story under every name that a report may call them: by {@link publisherKey}, and by each half of a name in two scripts. */
function publishersOf(articles: readonly SpreadArticle[]): Map<string, string> {
	const names = new Map<string, string>();
	for (const { publisher } of articles) {
		const [, latin = '', han = ''] = /^(\P{sc=Han}+?)\s+(\p{sc=Han}.*)$/u.exec(publisher) ?? [];
		for (const name of [publisher, latin, han])
			if (name !== '' && !names.has(publisherKey(name))) names.set(publisherKey(name), publisher);
	}
	return names;
}

/**
 * Texts with those that repeat them. Of a text the earliest article is the head that does not name another holder of it: a feed may bring
 * a copy before its original.
 */
function clustersOf<A extends SpreadArticle>(placed: readonly Placed<A>[]) {
	const ids = new Set(placed.map(({ article }) => article.id));
	const originals = new Map(placed.map(({ article: { id, copyOf } }) => [id, copyOf]));
	const original = (id: string) => {
		const seen = new Set<string>();
		for (let at = id; ;) {
			const next = originals.get(at);
			if (next === null || next === undefined || !ids.has(next) || seen.has(next)) return at;
			seen.add(at);
			at = next;
		}
	};
	const texts = Map.groupBy(placed, ({ article }) => original(article.id));
	return [...texts.values()].map((holders) => {
		const publishers = new Set(holders.map(({ article }) => article.publisher));
		const head = holders.find(({ named }) => !named.some((name) => publishers.has(name))) ?? holders[0];
		return { head: head as Placed<A>, copies: holders.filter((holder) => holder !== head) };
	});
}

/** What a source rests on in the end: whose every report of the story rests on another's word is no source of it. */
function restsOn<A>(clusters: readonly Cluster<A>[], family: (publisher: string) => string) {
	const next = new Map<string, string>();
	const sources = new Set(clusters.flatMap(({ own, source }) => (own ? [source] : [])));
	for (const { own, source, head } of clusters as readonly Cluster<SpreadArticle>[]) {
		const house = family(head.article.publisher);
		if (!own && !sources.has(house) && !next.has(house)) next.set(house, source);
	}
	return (source: string) => {
		const seen = new Set<string>();
		let at = source;
		for (let to = next.get(at); to !== undefined && !seen.has(at); to = next.get(at)) {
			seen.add(at);
			at = to;
		}
		return at;
	};
}

/** The texts that rest on one source as its report and the rest. `clusters` has at least one. */
function rootOf<A extends SpreadArticle>(clusters: readonly Cluster<A>[]): Root<A> {
	const sorted = [...clusters].sort((a, b) => a.head.at - b.head.at);
	const main = (sorted.find(({ own }) => own) ?? sorted[0]) as Cluster<A>;
	const report = reportOf(main.head, 'independent', null, false);
	const outlets = new Map([[main.head.article.publisher, main.head.article.id]]);
	const from = ({ named }: Placed<A>, otherwise: string) =>
		named.flatMap((name) => outlets.get(name) ?? [])[0] ?? otherwise;
	const rest: Report<A>[] = [];
	for (const { head, copies, own } of [main, ...sorted.filter((cluster) => cluster !== main)]) {
		const { id, publisher } = head.article;
		if (head !== main.head)
			rest.push(
				reportOf(
					head,
					own ? 'again' : 'names',
					own ? report.article.id : from(head, report.article.id),
					false
				)
			);
		if (!outlets.has(publisher)) outlets.set(publisher, id);
		for (const copy of copies) {
			rest.push(reportOf(copy, copy.named.length ? 'names' : 'words', from(copy, id), true));
			if (!outlets.has(copy.article.publisher)) outlets.set(copy.article.publisher, copy.article.id);
		}
	}
	rest.sort((a, b) => a.at - b.at);
	const last = Math.max(report.at, rest.at(-1)?.at ?? 0);
	return { report, rest, copies: rest.filter(({ copy }) => copy).length, last };
}

const reportOf = <A>(
	{ article, at, backDated, named }: Placed<A>,
	kind: Kind,
	from: string | null,
	copy: boolean
): Report<A> => ({ article, at, backDated, kind, copy, from, says: named[0] ?? null });

/** An independent report may name an earlier one beside its own source: that is told, and changes no count. */
function linkNamed<A extends SpreadArticle>(roots: readonly Root<A>[]): void {
	const earliest = new Map<string, Report<A>>();
	for (const { report } of roots) {
		const named = report.says === null ? undefined : earliest.get(report.says);
		if (named) report.from = named.article.id;
		if (!earliest.has(report.article.publisher)) earliest.set(report.article.publisher, report);
	}
}
