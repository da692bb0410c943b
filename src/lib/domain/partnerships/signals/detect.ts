/** From an article to its mentions and signals. */
import { given } from '../../news/given.ts';
import { languageOf } from '../../news/language.ts';
import { compile, type Matcher, type Mention } from '../../watchlist/matcher.ts';
import type { Watchlist } from '../../watchlist/watchlist.ts';
import { candidates, sentencesOf, type Candidate, type Sentence, type Sighting } from './candidates.ts';
import { featuresOf } from './features.ts';
import { modelName, models, type Model, type Weights } from './model.ts';
import { dayIn } from './dates.ts';
import { akin, groupsOf, groupsOfNames, people, type People } from './parties.ts';
import { rolesOf } from './roles.ts';
import { rulesOf } from './rules.ts';
import { TOGETHER, type Field, type Signal, type SignalType } from './signal.ts';
import { factsAlone, factsOf, type Facts } from './typed.ts';

export interface Article {
	title: string;
	text?: string | undefined;
	/** Names to look for instead of the watchlist's. */
	organisations?: readonly string[] | undefined;
	/** RFC 3339. Days that a sentence says are seen from here; without it none are told. */
	publishedAt?: string | undefined;
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
/** From here a signal counts, and is worth its day. */
const COUNTS = 0.5;
/** Below this the model contradicts a rule that says so plainly, above the other one it needs no rule. */
const [UNLIKELY, SURE] = [0.2, 0.7];

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
	return ({ title, text = '', organisations, publishedAt }) => {
		const language = languageOf(text.length > title.length ? text : `${title}\n${text}`);
		const fields = { title, text };
		const mentions = (organisations ? given(organisations) : matcher).mentionsIn(fields);
		if (!READ.has(language) || mentions.length === 0) return { language, mentions, signals: [] };
		const group = organisations ? groupOfName : groupOf;
		const signals = (['title', 'text'] as const).flatMap((field) => {
			const text = fields[field];
			const here = withPeople(text, mentions.filter((mention) => mention.field === field), persons?.matcher);
			const read = sentencesOf(text, field, here, group);
			const found = [
				...judge(candidates(text, read, group), text, trained.get(modelName(language, field)) ?? {}),
				...read.flatMap(aloneIn)
			];
			const days = new Map<Sentence, string | undefined>();
			return found.sort((a, b) => a.sentence.start - b.sentence.start).map((one) => {
				const { sentence } = one;
				if (publishedAt !== undefined && one.probability >= COUNTS && !days.has(sentence))
					days.set(sentence, dayIn(text.slice(sentence.start, sentence.end), language, publishedAt));
				return signalOf(one, text, days.get(sentence), persons);
			});
		}); // prettier-ignore
		return { language, mentions, signals };
	};
}

/** Mentions and, between them, people who stand for their organisation. */
function withPeople(
	text: string,
	mentions: readonly Mention[],
	persons: Matcher | undefined
): readonly Sighting[] {
	const found = persons?.mentions(text) ?? [];
	if (!found.length) return mentions;
	const free = found.filter(({ start, end }) => !mentions.some((m) => m.start < end && start < m.end));
	return [...mentions, ...free.map((person) => ({ ...person, person: true }))].sort(
		(a, b) => a.start - b.start
	);
}

/** What a sentence was found to say, by party. */
interface Finding {
	type: SignalType;
	probability: number;
	sentence: Sentence;
	/** Party of the sentence -> organisation, in order of mention. */
	parties: ReadonlyMap<number, string>;
}

/** What the pairs of a field say. Where rules speak for one pair of a sentence, another needs a rule of its own. */
function judge(pairs: readonly Candidate[], text: string, model: Model): Finding[] {
	const read = pairs.map((candidate) => {
		const { pair, sentence, mentions } = candidate;
		const rules = rulesOf(pair);
		const features = featuresOf(pair, sentence.field, [mentions[0].text, mentions[1].text], rules);
		return { candidate, features, pro: rules.pro, facts: factsOf(pair), sure: model.together?.(features) ?? 0 };
	}); // prettier-ignore
	const bySentence = Map.groupBy(read, ({ candidate }) => candidate.sentence);
	return read.flatMap(({ candidate, features, pro, facts, sure }) => {
		const { sentence, mentions, pair } = candidate;
		const oneHouse = mentions.every(isGiven) && akin(mentions[0].text, mentions[1].text) !== null;
		const outdone = bySentence.get(sentence)?.some(
			(other) => (!facts.stated && other.facts.stated) || (!pro.length && other.pro.length > 0 && other.sure >= 0.5)
		);
		const found = typesOf(features, pro, facts, outdone ? Math.min(sure, 0.4) : sure, model, sentence.field === 'title' && READ_AS_WORDS.test(text));
		const parties = new Map([[pair.first, mentions[0].organisation], [pair.second, mentions[1].organisation]]);
		return found.filter(([type, probability]) => probability >= LEAST && !(oneHouse && TOGETHER.includes(type))).map(([type, probability]) => ({ type, probability, sentence, parties }));
	}); // prettier-ignore
}

/** A name that the item brought has no owner in the watchlist: only its likeness to another tells that the two are of one house. */
const isGiven = ({ organisation, text }: Sighting): boolean => organisation === text;

/** What a sentence says that names one organisation only. */
function aloneIn(sentence: Sentence): Finding[] {
	const [only, ...more] = sentence.parties;
	if (!only || more.length) return [];
	const { denies, silent, ruled, policy } = factsAlone(sentence);
	const found: [SignalType, number][] = [];
	if (silent) found.push(['no_comment', 0.8]);
	else if (denies) found.push(['denial', 0.7]);
	if (ruled) found.push(['regulatory', 0.6]);
	if (policy) found.push(['policy_clause', 0.6]);
	return found.map(([type, probability]) => ({ type, probability, sentence, parties: new Map([[0, only.organisation]]) })); // prettier-ignore
}

function signalOf(
	{ type, probability, sentence, parties }: Finding,
	text: string,
	happenedAt: string | undefined,
	persons: People | null
): Signal {
	const { start, end, field, mentions } = sentence;
	const roles = rolesOf(type, sentence);
	const agent = roles.agent === undefined ? undefined : parties.get(roles.agent);
	const named = agent !== undefined && mentions.find((mention) => mention.person && mention.start === roles.person);
	const person = named ? persons?.nameOf(named) : undefined;
	return {
		type,
		organisations: [...parties.values()],
		probability: Math.round(probability * 1000) / 1000,
		quote: text.slice(start, end),
		start,
		end,
		field,
		...(agent !== undefined && { agent }),
		...(person !== undefined && { person }),
		...(happenedAt !== undefined && { happenedAt })
	};
} // prettier-ignore

function typesOf(
	features: readonly string[],
	pro: readonly string[],
	facts: Facts,
	sure: number,
	model: Model,
	headline: boolean
): [SignalType, number][] {
	const found: [SignalType, number][] = [];
	const plain = sure >= UNLIKELY && (facts.surelyTalking || (facts.stated && !headline));
	let together = plain ? Math.max(sure, 0.65) : sure;
	// Of supply and use there are few headlines to learn from.
	if (headline && facts.headlined && sure >= UNLIKELY) together = Math.max(together, 0.55);
	if (facts.denied || facts.negated || facts.retold || facts.ended) together = Math.min(together, 0.3);
	if (facts.asked || facts.third || (facts.policy && !facts.stated)) together = Math.min(together, 0.4);
	if (facts.takeover || (headline && facts.apart && !pro.length)) together = Math.min(together, 0.4);
	if (facts.silence && !facts.surelyTalking) together = Math.min(together, 0.3);
	if (facts.visited || (facts.visiting && !pro.length && sure < SURE)) together = Math.min(together, 0.4);
	found.push([togetherType(pro, facts), together]);
	if (facts.denied) found.push(['denial', 0.8]);
	if (facts.quiet && !facts.denied) found.push(['no_comment', 0.85]);
	if (facts.visited) found.push(['executive_visit', 0.8]);
	if (facts.policy) found.push(['policy_clause', 0.6]);
	if (facts.referred) found.push(['referral_shift', 0.6]);
	const doubt = facts.denied || facts.negated || facts.retold ? 0.3 : 1;
	found.push(['equity', doubt * Math.max(model.equity?.(features) ?? 0, facts.stake ? 0.6 : 0)]);
	const opposed = Math.max(model.dispute?.(features) ?? 0, facts.sued || facts.ended ? 0.6 : 0);
	found.push(['dispute', facts.unopposed ? Math.min(opposed, 0.4) : opposed]);
	found.push(['regulatory', Math.max(model.regulatory?.(features) ?? 0, facts.ruled ? 0.6 : 0)]);
	return found;
}

function togetherType(
	pro: readonly string[],
	{ talking, surelyTalking, prospective, signed }: Facts
): SignalType {
	if (
		surelyTalking ||
		(prospective && !signed) ||
		(talking && !signed) ||
		(talking && !pro.some((rule) => /Deal|Ally|signs/.test(rule)))
	)
		return 'talks';
	if (pro.some((rule) => rule.startsWith('integrates') || rule === 'onPlatform' || rule === 'doorIn'))
		return 'integration';
	const deals = pro.some((rule) => /[Dd]eal|[Aa]ll(?:y|ies)/.test(rule));
	return !deals && pro.some((rule) => /suppl|uses|madeFor/.test(rule)) ? 'supply' : 'announcement';
}
