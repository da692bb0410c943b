/** Who said it first, and whose word a report rests on. */
import { FAMILIES } from './families.ts';
import { lead } from './terms.ts';

/** Short names of publishers. */
const SHORT: Readonly<Record<string, string>> = {
	wsj: 'wall street journal', ft: 'financial times', nyt: 'new york times', ap: 'associated press', 'ap news': 'associated press',
	afp: 'agence france-presse', scmp: 'south china morning post', 'reuters.com': 'reuters', 路透: 'reuters', 路透社: 'reuters',
	彭博: 'bloomberg', 彭博社: 'bloomberg', 华尔街日报: 'wall street journal', 金融时报: 'financial times', 新华: '新华社', 新华网: '新华社', 纽约时报: 'new york times'
}; // prettier-ignore

/** Names of publishers that say it themselves: `Harbour Wire`, `海港日报`. */
const MEDIUM =
	/(?:\b(?:news|times|post|journal|herald|wire|press|agency|tribune|gazette|chronicle|daily|reuters|bloomberg|cnbc|cnn|bbc|afp|ap|wsj|ft|nyt|axios|politico|nikkei|caixin|variety|techcrunch|the information|the verge|media)\b|(?:社|报|网|新闻|财经|电视台|周刊|杂志|路透|彭博|通讯))/iu;

/** A publisher under one name: `Bloomberg.com`, `Bloomberg News` and 彭博社 are the same. */
export function publisherKey(name: string): string {
	const plain = name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/^the\s+/, '')
		.replace(/^www\.|\.(?:com|co\.uk|net|org|cn)$/g, '')
		.replace(/\s+news(?: agency)?$/, (all, offset: number) => (offset > 3 ? '' : all))
		.trim();
	return SHORT[plain] ?? plain;
}

const OWNERS: ReadonlyMap<string, string> = new Map(
	Object.entries(FAMILIES).flatMap(([owner, names]) =>
		names.split('|').map((name) => [publisherKey(name.trim()), owner] as const)
	)
);

/** Who owns a publisher, by any of its names; null where the table (families.ts, a prior) does not know it. */
export const ownerOf = (publisher: string): string | null => OWNERS.get(publisherKey(publisher)) ?? null;

/** The house that a publisher's word counts for: its owner, or by its key itself. Publishers of one house are one source. */
export const familyOf = (publisher: string): string => ownerOf(publisher) ?? publisherKey(publisher);

const NAME = String.raw`((?:[Tt]he )?[A-Z][\w.&'’-]*(?: (?:of |and )?[A-Z][\w.&'’-]*){0,4})`;
const NAMED: readonly RegExp[] = [
	// "…, Reuters reported.", "Bloomberg reports", "WSJ: …" at the end of a headline
	new RegExp(String.raw`${NAME} (?:first |has |had |earlier )?(?:reported|reports)\b`, 'gu'),
	new RegExp(String.raw`(?:[Aa]ccording to|[Rr]eported by|[Pp]ublished by|[Cc]iting|[Cc]ited by|[Rr]eport (?:by|in|from)) (?:a report (?:by|in|from) )?${NAME}`, 'gu'),
	new RegExp(String.raw`(?:,| [-–—]) ${NAME}(?: says)?$`, 'gmu'),
	// datelines: "HARBOUR, March 3 (Reuters) -"
	new RegExp(String.raw`\(${NAME}\)\s*[-–—]`, 'gu'),
	// whoever could not confirm it says whose it is
	new RegExp(String.raw`(?:confirm|verify|corroborate) (?:an? |the )?${NAME} (?:report|story|article)\b`, 'gu'),
	/(?:证实|核实|确认)《?([^，,。、\s《》]{2,12}?)》?的?(?:上述|这一|这篇|该)?(?:消息|报道|报导)/gu,
	/(?:据|援引|引述|引用|根据)《?([^，,。、\s《》]{2,16}?)》?(?:的)?(?:最新)?(?:\d{1,2}月\d{1,2}日)?(?:消息|报道|报导|披露|称|的报道)/gu,
	/([^，,。、\s《》]{2,12}?)》?(?:报道|报导)称/gu
]; // prettier-ignore

/**
 * The publishers that a report names as its source in its title or first lines, by {@link publisherKey}. `known` tells the names of
 * publishers that do not show what they are.
 */
export function namedSources(title: string, text: string, known: (key: string) => boolean): string[] {
	const read = `${title}\n${lead(text)}`;
	const found = new Set<string>();
	for (const pattern of NAMED)
		for (const [, name = ''] of read.matchAll(pattern)) {
			// A sentence that ends with the name runs into the next one's first word.
			const key = publisherKey(name.replace(/(?<=[\p{L}\d]{3})\. .*$/u, '').replace(/[.’']+s?$/, ''));
			if (MEDIUM.test(name) || known(key)) found.add(key);
		}
	return [...found];
}

/** Before the name of whoever has it: not where it says that it has not, as in `could not be independently verified by`. */
const OWN_EN = String.raw`(?:(?<!(?:\bnot|n[’']t|\bnever|\bcannot)(?:\s+(?:be|been|yet|\w+ly))*\s+)(?:seen|reviewed|obtained|viewed|verified|heard) by|(?:told|spoke (?:to|with)|shown to|shared with)) (?:the )?`;
/** After it: who told them that there is nothing to tell, told them nothing. */
const NOTHING_EN = String.raw`(?![\w-])(?!,?(?: on \w+)?,?(?: that)?(?: (?:it|they|he|she|the company|both companies))? (?:(?:could|can|would|will|did|does|do|was|were)(?: not|n[’']t)|cannot|declined|refused|had no|has no|have no)(?: \w+){0,3}? (?:confirm|verify|corroborate|comment|knowledge))`;
const OWN_ZH =
	/(?:本报|本刊|本网|我报|记者)(?:独家)?(?:获悉|了解到|看到|查阅|获得|拿到|采访(?![^，,。；]{0,16}[，,]?(?:但|截至发稿|目前|对方|双方|均|都|[，,])*(?:未|没有|尚未|暂未|无法|不予)[^，,。；]{0,6}(?:回应|回复|答复|置评|证实|核实|确认)))/u;

/** Whether a report says that it has something of its own, whomever else it names: `a term sheet seen by The Ledger Line`. */
export function hasOwnSource(title: string, text: string, publisher: string): boolean {
	const read = `${title}\n${lead(text)}`;
	if (OWN_ZH.test(read)) return true;
	const name = publisher
		.replace(/^the\s+/i, '')
		.replace(HAN_NAME, '')
		.trim();
	return name !== '' && new RegExp(`${OWN_EN}${escaped(name)}${NOTHING_EN}`, 'iu').test(read);
}

/** The Chinese half of a name in both scripts. */
const HAN_NAME = /\s+\p{sc=Han}[\p{sc=Han}\d·]*$/u;
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

export interface Report {
	title: string;
	/** Empty where there is none. */
	text: string;
	publisher: string;
}

/**
 * The house (see {@link familyOf}) whose word an original rests on: that of a source which it names and adds nothing to, or its
 * publisher's own. `roots`: what the story's originals before it rest on. A copy rests on what its original does.
 */
export function rootOf({ title, text, publisher }: Report, roots: ReadonlySet<string>): string {
	const own = familyOf(publisher);
	if (hasOwnSource(title, text, publisher)) return own;
	const named = namedSources(title, text, (key) => roots.has(familyOf(key)))
		.map(familyOf)
		.filter((family) => family !== own);
	return named.find((family) => roots.has(family)) ?? named[0] ?? own;
}

export interface Seen {
	/** Milliseconds. */
	publishedAt: number;
	/** When a collector saw it, milliseconds; absent where it came without. */
	observedAt?: number | undefined;
}

/** When an article was first seen: published or observed, whichever is earlier. */
export const firstSeen = ({ publishedAt, observedAt = Infinity }: Seen): number =>
	Math.min(publishedAt, observedAt);

/** A report published so long before all others was seen by somebody; less than a story may be silent. Milliseconds. */
const UNSEEN = 48 * 3_600_000;

/**
 * The articles of a story in the order of their reports, each with whether it is back-dated: it says that it was published more than
 * two days before anyone else reported, yet was seen only after them. A back-dated one is placed where it was seen, so never first.
 */
export function inOrderOfReport<T extends Seen>(
	articles: readonly T[]
): { article: T; backDated: boolean }[] {
	const seen = articles.map((article) => article.observedAt ?? article.publishedAt).sort((a, b) => a - b);
	const [first = Infinity, second = Infinity] = seen;
	const judged = articles.map((article) => {
		const { publishedAt, observedAt = publishedAt } = article;
		const earliest = observedAt === first ? second : first; // of the others
		const backDated = observedAt > earliest && publishedAt < earliest - UNSEEN;
		return { article, backDated, at: backDated ? observedAt : firstSeen(article) };
	});
	return judged.sort((a, b) => a.at - b.at).map(({ article, backDated }) => ({ article, backDated }));
}
