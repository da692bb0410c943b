/** From an article to its mentions and signals. */
import { given } from '../../news/given.ts';
import { languageOf } from '../../news/language.ts';
import { compile, type Matcher, type Mention } from '../../watchlist/matcher.ts';
import type { Watchlist } from '../../watchlist/watchlist.ts';
import { candidates, sentencesOf, type Candidate, type Sentence, type Sighting } from './candidates.ts';
import { featuresOf } from './features.ts';
import { modelName, models, type Model, type Weights } from './model.ts';
import { groupsOf, groupsOfNames, people } from './parties.ts';
import { rulesOf } from './rules.ts';
import type { Field, Signal, SignalType } from './signal.ts';
import { factsAlone, factsOf, type Facts } from './typed.ts';

export interface Article {
	title: string;
	text?: string | undefined;
	/** Names to look for instead of the watchlist's. */
	organisations?: readonly string[] | undefined;
}

export interface Detection {
	language: string;
	/** In order of appearance, title first. */
	mentions: (Mention & { field: Field })[];
	signals: Signal[];
}

/** Languages whose sentences are read for signals; others have mentions only. Swedish headlines are read by word classes. */
const READ: ReadonlySet<string> = new Set(['en', 'zh', 'sv']);
/** Headlines in Latin script have a language of their own, which their model knows better than rules. */
const READ_AS_WORDS = /^\P{sc=Han}*$/u;
/** Less probable ones are not told. */
const LEAST = 0.1;

/** A detector for a watchlist, with trained weights. */
export function detector(
	watchlist: Pick<Watchlist, 'organisations'>,
	weights: Weights,
	matcher: Matcher = compile(watchlist)
): (article: Article) => Detection {
	const trained = models(weights);
	const groupOf = groupsOf(watchlist);
	const groupOfName = groupsOfNames(watchlist, groupOf);
	const persons = people(watchlist);
	return ({ title, text = '', organisations }) => {
		const language = languageOf(text.length > title.length ? text : `${title}\n${text}`);
		const fields = { title, text };
		const mentions = (organisations ? given(organisations) : matcher).mentionsIn(fields);
		if (!READ.has(language) || mentions.length === 0) return { language, mentions, signals: [] };
		const group = organisations ? groupOfName : groupOf;
		const signals = (['title', 'text'] as const).flatMap((field) => {
			const here = withPeople(fields[field], mentions.filter((mention) => mention.field === field), persons);
			const read = sentencesOf(fields[field], field, here, group);
			const pairs = candidates(fields[field], read, group);
			const signals = judge(pairs, fields[field], trained.get(modelName(language, field)) ?? {});
			return [...signals, ...read.flatMap((one) => aloneIn(one, fields[field]))].sort((a, b) => a.start - b.start);
		}); // prettier-ignore
		return { language, mentions, signals };
	};
}

/** Mentions and, between them, people who stand for their organisation. */
function withPeople(
	text: string,
	mentions: readonly Mention[],
	persons: Matcher | null
): readonly Sighting[] {
	const found = persons?.mentions(text) ?? [];
	if (!found.length) return mentions;
	const free = found.filter(({ start, end }) => !mentions.some((m) => m.start < end && start < m.end));
	return [...mentions, ...free.map((person) => ({ ...person, person: true }))].sort(
		(a, b) => a.start - b.start
	);
}

/** Signals of the pairs of a field. Where rules speak for one pair of a sentence, another needs a rule of its own. */
function judge(pairs: readonly Candidate[], text: string, model: Model): Signal[] {
	const read = pairs.map((candidate) => {
		const { pair, sentence, mentions } = candidate;
		const features = featuresOf(pair, sentence.field, [mentions[0].text, mentions[1].text]);
		return { candidate, features, pro: rulesOf(pair).pro, facts: factsOf(pair), sure: model.together?.(features) ?? 0 };
	}); // prettier-ignore
	const bySentence = Map.groupBy(read, ({ candidate }) => candidate.sentence);
	return read.flatMap(({ candidate, features, pro, facts, sure }) => {
		const { sentence, mentions } = candidate;
		const outdone = bySentence.get(sentence)?.some(
			(other) => (!facts.stated && other.facts.stated) || (!pro.length && other.pro.length > 0 && other.sure >= 0.5)
		);
		const found = typesOf(features, pro, facts, outdone ? Math.min(sure, 0.4) : sure, model, sentence.field === 'title' && READ_AS_WORDS.test(text));
		const organisations = mentions.map(({ organisation }) => organisation);
		return found.filter(([, probability]) => probability >= LEAST).map(([type, probability]) => signalOf(type, probability, organisations, sentence, text));
	}); // prettier-ignore
}

/** Signals of a sentence that names one organisation only. */
function aloneIn(sentence: Sentence, text: string): Signal[] {
	const [only, ...more] = sentence.parties;
	if (!only || more.length) return [];
	const { denies, silent, ruled, policy } = factsAlone(sentence);
	const found: [SignalType, number][] = [];
	if (silent) found.push(['no_comment', 0.8]);
	else if (denies) found.push(['denial', 0.7]);
	if (ruled) found.push(['regulatory', 0.6]);
	if (policy) found.push(['policy_clause', 0.6]);
	return found.map(([type, probability]) => signalOf(type, probability, [only.organisation], sentence, text));
}

const signalOf = (
	type: SignalType,
	probability: number,
	organisations: string[],
	{ start, end, field }: Sentence,
	text: string
): Signal => ({
	type,
	organisations,
	probability: Math.round(probability * 1000) / 1000,
	quote: text.slice(start, end),
	start,
	end,
	field
});

function typesOf(
	features: readonly string[],
	pro: readonly string[],
	facts: Facts,
	sure: number,
	model: Model,
	headline: boolean
): [SignalType, number][] {
	const found: [SignalType, number][] = [];
	let together = facts.surelyTalking || (facts.stated && !headline) ? Math.max(sure, 0.65) : sure;
	if (facts.denied || facts.negated || facts.retold || facts.ended) together = Math.min(together, 0.3);
	if (facts.silence && !facts.surelyTalking) together = Math.min(together, 0.3);
	if (facts.visited || (facts.visiting && !pro.length)) together = Math.min(together, 0.4);
	found.push([togetherType(pro, facts), together]);
	if (facts.denied) found.push(['denial', 0.8]);
	if (facts.quiet && !facts.denied) found.push(['no_comment', 0.85]);
	if (facts.visited) found.push(['executive_visit', 0.8]);
	if (facts.policy) found.push(['policy_clause', 0.6]);
	if (facts.referred) found.push(['referral_shift', 0.6]);
	const doubt = facts.denied || facts.negated || facts.retold ? 0.3 : 1;
	found.push(['equity', doubt * Math.max(model.equity?.(features) ?? 0, facts.stake ? 0.6 : 0)]);
	found.push(['dispute', Math.max(model.dispute?.(features) ?? 0, facts.sued || facts.ended ? 0.6 : 0)]);
	found.push(['regulatory', Math.max(model.regulatory?.(features) ?? 0, facts.ruled ? 0.6 : 0)]);
	return found;
}

function togetherType(pro: readonly string[], { talking, surelyTalking }: Facts): SignalType {
	if (surelyTalking || (talking && !pro.some((rule) => /Deal|Ally|signs/.test(rule)))) return 'talks';
	if (pro.some((rule) => rule.startsWith('integrates') || rule === 'onPlatform')) return 'integration';
	const deals = pro.some((rule) => /[Dd]eal|[Aa]ll(?:y|ies)/.test(rule));
	return !deals && pro.some((rule) => /suppl|uses|madeFor/.test(rule)) ? 'supply' : 'announcement';
}
