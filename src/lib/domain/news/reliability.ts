/**
 * How reliable a publisher is, on the Admiralty scale: A completely, B usually, C fairly, D not usually, E not at all, F cannot be judged.
 * First by a starter list, which is a prior and said to be one; then by its own record: was it early and right about pairs that have
 * since been resolved.
 */
import { wilson } from '../referrals/interval.ts';
import { publisherKey } from './origin.ts';

export const RELIABILITIES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Reliability = (typeof RELIABILITIES)[number];

/** Judged by hand, not measured: agencies that correct themselves, papers with an editor, the trade press, who passes on what others say. */
const PRIORS: Readonly<Record<Exclude<Reliability, 'F'>, string>> = {
	A: 'reuters|associated press|agence france-presse|bloomberg|dow jones newswires|新华社|中央社|kyodo news',
	B: `wall street journal|financial times|new york times|washington post|bbc|economist|guardian|nikkei|nikkei asia|south china morning post|the information
		|cnbc|axios|npr|le monde|frankfurter allgemeine|handelsblatt|les echos|globe and mail|straits times|yonhap|ars technica|the verge|techcrunch|politico
		|wired|barron's|marketwatch|fortune|los angeles times|caixin|caixin global|财新|财新网|第一财经|21世纪经济报道|经济观察报|晚点latepost|晚点|澎湃新闻|界面新闻|证券时报
		|中国证券报|上海证券报|人民日报|经济日报|每日经济新闻|南方周末|日本経済新聞|日経|business wire|pr newswire|globenewswire|美通社`,
	C: `cnn|abc|abc news|cbs|cbs news|nbc|nbc news|fox news|sky news|al jazeera|newsweek|forbes|business insider|usa today|fox business|yahoo finance|engadget|zdnet|cnet|venturebeat|techinasia|tech in asia|krasia|36kr|36氪|虎嗅
		|虎嗅网|钛媒体|亿邦动力|电商报|亿欧|雷锋网|pandaily|technode|tech crunch china|digiday|adweek|modern retail|retail dive|payments dive|pymnts|finextra|supply chain dive
		|9to5mac|9to5google|macrumors|gizmodo|mashable|the register|新浪科技|新浪财经|腾讯科技|网易科技|搜狐科技|凤凰科技|蓝鲸新闻|中新网|中国新闻网|观察者网|联合早报|明报|观点网
		|seeking alpha|benzinga|the street|quartz|the hill|independent|telegraph|business times`,
	D: 'daily mail|new york post|the sun|daily mirror|daily express|zero hedge|motley fool|insider monkey|investorplace|快科技|it之家|站长之家|雪球|东方财富股吧',
	E: 'the onion|babylon bee|infowars|natural news|the borowitz report'
};

const prior: ReadonlyMap<string, Reliability> = new Map(
	(['A', 'B', 'C', 'D', 'E'] as const).flatMap((letter) =>
		PRIORS[letter].split('|').map((name) => [publisherKey(name.trim()), letter] as const)
	)
);

/** The letter that the starter list gives a publisher, by any of its names; `F` where it does not know it. */
export const priorOf = (publisher: string): Reliability => prior.get(publisherKey(publisher)) ?? 'F';

/** A publisher's own report, no copy, that a pair comes together. */
export interface Claim {
	publisher: string;
	/** The two, in the order of the alphabet. */
	pair: readonly [string, string];
	/** When it was known, ms. */
	at: number;
}

/** A pair's partnership was announced. */
export interface Announcement {
	pair: readonly [string, string];
	/** Ms. */
	at: number;
}

export interface Track {
	/** Pairs about which it was early and right, and about which it was wrong. */
	right: number;
	wrong: number;
	/** By how many days its right reports were early, in the middle case; null without one. */
	daysEarly: number | null;
}

/**
 * A rumour has so long to come true: a third of merger rumours in the press are followed by a bid within a year (Ahern and Sosyura 2015,
 * "Rumor Has It"). Milliseconds.
 */
export const HORIZON = 365 * 86_400_000;

/**
 * The record of each publisher, by {@link publisherKey}. For each announcement of a pair a publisher counts once as right, from its
 * first claim within {@link HORIZON} before it, and once as wrong where it had a claim longer before; so where none came and that time has
 * passed at `now`. What is still open counts for neither.
 */
export function tracksOf(
	claims: readonly Claim[],
	announcements: readonly Announcement[],
	now: number
): Map<string, Track> {
	const ends = Map.groupBy(
		[...announcements].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at),
		({ pair }) => pair.join('\n')
	);
	const early = new Map<string, number[]>();
	const wrong = new Map<string, number>();
	const counted = new Set<string>();
	for (const { publisher, pair, at } of [...claims].sort((a, b) => a.at - b.at)) {
		const own = publisherKey(publisher);
		const end = ends.get(pair.join('\n'))?.find((one) => one.at > at);
		const inTime = end !== undefined && end.at - at <= HORIZON;
		const key = JSON.stringify([own, pair, end?.at ?? null, inTime]);
		if (counted.has(key) || (!inTime && now - at <= HORIZON)) continue;
		counted.add(key);
		if (inTime) early.set(own, [...(early.get(own) ?? []), (end.at - at) / 86_400_000]);
		else wrong.set(own, (wrong.get(own) ?? 0) + 1);
	}
	return new Map(
		[...new Set([...early.keys(), ...wrong.keys()])].map((key) => {
			const days = early.get(key) ?? [];
			return [
				key,
				{ right: days.length, wrong: wrong.get(key) ?? 0, daysEarly: days.length ? median(days) : null }
			];
		})
	);
}

/** With fewer resolved pairs a record says nothing, and the prior stands. */
export const LEAST_RESOLVED = 5;
/** What a prior weighs beside the record, in pairs, and the part that it expects to come true: `r` of the estimate (methods.md). */
const WEIGHT = 5;
const PART_TRUE: Readonly<Record<Reliability, number>> = {
	A: 0.95, B: 0.8, C: 0.6, D: 0.4, E: 0.2, F: 0.5
}; // prettier-ignore

export interface Judgement {
	letter: Reliability;
	/** `record`: by what it has reported; `own`: by who follows it here; `starter`: by the list that is shipped; `none`: not known. */
	basis: 'record' | 'own' | 'starter' | 'none';
	right: number;
	/** Resolved pairs that it had reported on. */
	of: number;
	/** 95% range of the part that comes true (Wilson 1927); null without a resolved pair. */
	range: { low: number; high: number } | null;
	daysEarly: number | null;
}

/**
 * A publisher's letter with the count behind it. From {@link LEAST_RESOLVED} resolved pairs on it is the letter whose part is nearest the
 * mean of the record and its prior (Beta-binomial, the prior worth five pairs). `own`: the letter that the workspace gives it.
 */
export function judge(publisher: string, track: Track | undefined, own?: Reliability): Judgement {
	const starter = priorOf(publisher);
	const letter = own ?? starter;
	const { right, wrong, daysEarly } = track ?? { right: 0, wrong: 0, daysEarly: null };
	const of = right + wrong;
	const count = { right, of, range: of ? wilson(right / of, of) : null, daysEarly };
	if (of < LEAST_RESOLVED)
		return { letter, basis: own ? 'own' : starter === 'F' ? 'none' : 'starter', ...count };
	const mean = (right + WEIGHT * PART_TRUE[letter]) / (of + WEIGHT);
	const nearest = (['A', 'B', 'C', 'D', 'E'] as const).reduce((best, other) =>
		Math.abs(PART_TRUE[other] - mean) < Math.abs(PART_TRUE[best] - mean) ? other : best
	);
	return { letter: nearest, basis: 'record', ...count };
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? 0;
	return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
