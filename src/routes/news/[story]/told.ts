/** A story as its page is given it: its roots with their texts, and what rests on each. */
import { common, print } from '#lib/domain/news/shingles.ts';
import type { Report, Root } from '#lib/domain/news/spread.ts';
import type { SignalType } from '#lib/domain/partnerships/signals/signal.ts';
import type { Judged } from '#lib/server/signal-verdicts.ts';
import { spread, type StoredArticle } from '#lib/server/stories.ts';
import { mentionsOf } from '#lib/server/store/mentions.ts';
import { textsOf } from '#lib/server/store/news.ts';
import { signalsOfArticles, type SignalRow } from '#lib/server/store/signals.ts';
import type { Store } from '#lib/server/store/store.ts';
import type { StoryArticle } from '#lib/server/store/stories.ts';
import { oneLine } from '#lib/ui/outside.ts';
import { blocksOf, type Block } from './blocks.ts';

/** Roots whose reports are read whole, the first ones and those that most rest on. */
const READ = 12;
/** In larger stories nobody could tell the lines apart. */
const LINKED = 1_500;
/** Of what rests on a root so much is listed, and held against its words. */
const LISTED = 60;
/** A reading that is less likely than this is not worth a mark. */
const TOLD = 0.3;
/** UTF-16 units of a title, a text and a name that are shown. */
const TITLE = 400;
const TEXT = 20_000;
const NAME = 120;

export interface ReportShown {
	id: string;
	url: string;
	title: string;
	publisher: string;
	author: string | null;
	language: string;
	/** Ms. */
	at: number;
	publishedAt: number;
	backDated: boolean;
	kind: Report<unknown>['kind'];
	copy: boolean;
	says: string | null;
}
export interface RestShown extends ReportShown {
	/** Part of its words that the root's report has; null where it has no text or was not compared. */
	same: number | null;
}
export interface SignalShown extends Pick<SignalRow, 'id' | 'type' | 'probability' | 'a' | 'b' | 'agent'> {
	/** Whether the report has said so before, or says it better elsewhere: then it weighs nothing. */
	repeats: boolean;
	/** What a person said of it; `rather`: what it is, where that is a type. */
	verdict: { verdict: 'right' | 'wrong'; rather: SignalType | null } | null;
}
export interface RootShown {
	report: ReportShown;
	/** Null for a root that is only listed. */
	text: {
		title: Block[];
		blocks: Block[];
		/** Whether the rest stands at the address only. */
		cut: boolean;
		signals: SignalShown[];
	} | null;
	/** Root whose report it names beside a source of its own, by its place. */
	names: number | null;
	/** Its first ones. */
	rest: RestShown[];
	/** Of all that rests on it: when each was seen, what it is, and what it was taken from, as a drawing takes it. */
	marks: {
		at: number;
		kind: ReportShown['kind'];
		from: number | 'report' | null;
		/** When it says that it was published, ms; only of one that is back-dated. */
		says?: number;
	}[];
	copies: number;
	/** How many of the rest say whom they have it from. */
	named: number;
	last: number;
}
export interface StoryTold {
	roots: RootShown[];
	copies: number;
	half: number | null;
}

/** `articles`: all of the story, at least one. */
export async function tell(
	store: Store,
	articles: readonly StoryArticle[],
	{ asOf, judged }: { asOf: string | undefined; judged: Judged }
): Promise<StoryTold> {
	const { roots, copies, half } = spread(articles);
	const read = new Set([...roots].sort((a, b) => b.rest.length - a.rest.length).slice(0, READ - 1).concat(roots.slice(0, 1))); // prettier-ignore
	const reports = [...read].map(({ report }) => report.article.story);
	const listed = [...read].flatMap(({ rest }) => rest.slice(0, LISTED).map(({ article }) => article.story));
	const [texts, mentions, signals] = await Promise.all([
		textsOf(store, [...reports, ...listed]),
		mentionsOf(store, reports.map(({ id }) => id)),
		signalsOfArticles(
			store,
			reports.map(({ id }) => id)
		)
	]); // prettier-ignore
	const place = new Map(roots.map(({ report }, i) => [report.article.id, i]));

	const verdictOn = (signal: SignalRow): SignalShown['verdict'] => {
		const { verdict = null, type } = judged.of(signal)?.body ?? {};
		return verdict && { verdict, rather: type === undefined || type === 'none' ? null : type };
	};
	const textOf = ({ report }: Root<StoredArticle>): RootShown['text'] => {
		const { id, content, title } = report.article.story;
		const whole = texts.get(id) ?? '';
		const names = mentions.filter((one) => one.id === id && one.content === content);
		const own = signals
			.filter(
				({ evidence, live, at, probability }) =>
					evidence.id === id && live && probability >= TOLD && (asOf === undefined || at <= asOf)
			)
			.sort(
				(x, y) =>
					Number(x.field === 'text') - Number(y.field === 'text') ||
					x.start - y.start ||
					y.probability - x.probability
			);
		const heads = headsOf(own);
		const spans = own.map((signal) => {
			const { id, field, start, end, probability } = signal;
			return { id, field, start, end, counts: probability >= 0.5 && verdictOn(signal)?.verdict !== 'wrong' };
		});
		const blocks = (field: 'title' | 'text', text: string) =>
			blocksOf(text, names.filter((one) => one.field === field), spans.filter((one) => one.field === field)); // prettier-ignore
		return {
			title: blocks('title', title.slice(0, TITLE)),
			blocks: blocks('text', whole.slice(0, TEXT)),
			cut: whole.length > TEXT,
			signals: own.map((signal) => {
				const { id, type, probability, a, b, agent } = signal;
				return { id, type, probability, a, b, agent, repeats: !heads.has(id), verdict: verdictOn(signal) };
			})
		};
	};
	return {
		copies,
		half,
		roots: roots.map((root): RootShown => {
			const { report, rest } = root;
			const isRead = read.has(root);
			const places = new Map(rest.map(({ article }, i) => [article.id, i]));
			const words = isRead ? print(texts.get(report.article.id) || report.article.title) : null;
			const same = ({ article }: Report<StoredArticle>) => {
				const text = texts.get(article.id);
				if (!words || !text) return null;
				const own = print(text).shingles;
				return own.length ? common(own, words.shingles) / own.length : null;
			};
			const names = report.from === null ? undefined : place.get(report.from);
			return {
				report: shown(report),
				text: isRead ? textOf(root) : null,
				names: names ?? null,
				rest: isRead ? rest.slice(0, LISTED).map((one) => ({ ...shown(one), same: same(one) })) : [],
				marks: rest.map(({ at, kind, from, backDated, article }) => ({
					at,
					kind,
					from: from === null || articles.length > LINKED ? null : (places.get(from) ?? 'report'),
					...(backDated && { says: article.publishedAt })
				})),
				copies: root.copies,
				named: rest.filter(({ says }) => says !== null).length,
				last: root.last
			};
		})
	};
}

/** Of signals that say the same of the same the most probable counts, of equals the first. */
function headsOf(signals: readonly SignalRow[]): Set<string> {
	const heads = new Map<string, SignalRow>();
	for (const one of signals) {
		const key = JSON.stringify([one.type, one.a, one.b]);
		const head = heads.get(key);
		if (!head || one.probability > head.probability) heads.set(key, one);
	}
	return new Set([...heads.values()].map(({ id }) => id));
}

const shown = ({ article, at, backDated, kind, copy, says }: Report<StoredArticle>): ReportShown => {
	const { id, url, title, publisher, author, language } = article.story;
	return {
		id,
		url,
		title: oneLine(title, TITLE),
		publisher: oneLine(publisher, NAME),
		author: author === null ? null : oneLine(author, NAME),
		language,
		at,
		publishedAt: article.publishedAt,
		backDated,
		kind,
		copy,
		says: says === null ? null : oneLine(says, NAME)
	};
};
