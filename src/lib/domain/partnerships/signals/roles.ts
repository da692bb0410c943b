/**
 * Who did what a signal tells: who visited, denied, kept silent, took a stake, sued or broke off. The subject is the nearest name before
 * the word that tells it, unless the voice is passive or the name stands behind a preposition; where it may be both, nobody is said.
 */
import type { Sentence } from './candidates.ts';
import type { SignalType } from './signal.ts';
import type { Token } from './tokens.ts';

export interface Roles {
	/** The party, as numbered in the sentence. */
	agent?: number | undefined;
	/** Where in the text the person who acts for it is named. */
	person?: number | undefined;
}

const TAKES =
	/^(?:(?:acquir|buy|purchas|invest)\w*|bought|own(?:s|ed by)|t(?:a|oo)k(?:es|en)? over|takeover|backed|bid|收购|并购|入股|参股|持股|增持|控股|注资|增资|投资|认购|受让)$/;
/** Of LEGAL and END what one company does to another; judges rule, and courts award. */
const OPPOSES =
	/^(?:(?:su|accus|alleg|block|bann?|pull|terminat|revok|cancel|suspend|halt|scrapp?|ditch|dump|sever|remov|boot|withdr|end|quitt?|split)(?:e?s|e?d|ing|l?led|ling|aw\w*|ew)?|cut ties|cut off|break up|walk\w* away|起诉|诉|索赔|追讨|封杀|屏蔽|封禁|下架|终止|解除|中止|终结|解约|退出|取消|叫停|停止|结束|炮轰|抵制)$/;
const INSTITUTION = /^(?:court|judge|regulator|jury|法院|监管|工信部|证监会|银监会|发改委|市场监管总局)/;
const HOSTS = /^(?:received|welcomed|accompanied|接待|迎来)$/;
const isAct: Partial<Record<SignalType, (token: Token) => boolean>> = {
	executive_visit: ({ wordClass, word }) => wordClass === 'VISIT' || HOSTS.test(word),
	denial: ({ wordClass }) => wordClass === 'DENY',
	no_comment: ({ wordClass }) => wordClass === 'QUIET',
	equity: ({ wordClass, word }) => wordClass === 'EQUITY' && TAKES.test(word),
	dispute: ({ wordClass, word }) => (wordClass === 'LEGAL' || wordClass === 'END') && OPPOSES.test(word)
};
/** A name behind one of these is talked about, and does nothing itself. */
const BEHIND =
	/^(?:with|against|about|on|over|from|to|in|into|between|inside|unlike|toward|towards|versus|vs|与|和|同|跟|对|向|就|在|至)$/;
const JOINS = /^(?:and|&|,|与|和|同|跟|及|、)$/;
/** Words after a possessive that speak or act for its owner. */
const OFFICE = (token: Token | undefined): boolean =>
	token?.wordClass === 'ROLE' || token?.wordClass === 'SAY' || token?.word === 'spokesman';

/** Who of a sentence's parties did it; nothing for types in which nobody acts upon another. */
export function rolesOf(
	type: SignalType,
	{ tokens, mentions }: Pick<Sentence, 'tokens' | 'mentions'>
): Roles {
	const acts = isAct[type];
	if (!acts) return {};
	const aside = asides(tokens);
	const subjects = new Set<number>();
	let told = -1;
	for (const [i, token] of tokens.entries()) {
		if (!acts(token)) continue;
		const subject = subjectOf(tokens, i, aside);
		if (subject === null) continue;
		if (told < 0) told = i;
		subjects.add(subject);
		// Silence and denials have as many subjects as there are answers; what follows a deed is about it.
		if (type !== 'denial' && type !== 'no_comment') break;
	}
	const [agent, ...more] = subjects;
	if (agent === undefined || agent === BOTH || more.length) return {};
	return { agent, person: personOf(tokens, mentions, agent, told) };
}

/** Several at once. */
const BOTH = -2;

/** The party that does what token `act` tells, {@link BOTH}, or null where none can be told. */
function subjectOf(tokens: readonly Token[], act: number, aside: readonly number[]): number | null {
	const by = partyAfterBy(tokens, act);
	if (HOSTS.test(tokens[act]?.word ?? '')) {
		const visitor = by === null ? nextParty(tokens, act + 1) : before(tokens, act, aside);
		return visitor;
	}
	if (by !== null) return by;
	if (undergone(tokens, act)) return null;
	return before(tokens, act, aside);
}

/** 被, 遭 or 获 shortly before the act, and nobody named between. */
function undergone(tokens: readonly Token[], act: number): boolean {
	for (let i = act - 1; i >= Math.max(0, act - 3) && (tokens[i]?.party ?? 0) < 0; i--)
		if (/^[被遭获]$/.test(tokens[i]?.word ?? '')) return true;
	return false;
}

/** `by E2` after the act, with nobody and no more than three words between. */
function partyAfterBy(tokens: readonly Token[], act: number): number | null {
	const within = / by$/.test(tokens[act]?.word ?? '');
	for (let i = within ? act : act + 1; i < tokens.length && i <= act + 4; i++) {
		const token = tokens[i];
		if (!token || token.party >= 0 || /^[,;.，；。]$/.test(token.word)) return null;
		if (i === act ? within : token.word === 'by') return nextParty(tokens, i + 1, 5);
	}
	return null;
}

function nextParty(tokens: readonly Token[], from: number, most = tokens.length): number | null {
	return tokens.slice(from, from + most).find(({ party }) => party >= 0)?.party ?? null;
}

function before(tokens: readonly Token[], act: number, aside: readonly number[]): number | null {
	for (let i = act - 1; i >= 0; i--) {
		const token = tokens[i];
		if (!token || /^[;；]$/.test(token.word)) return null;
		// Somebody else does it: a regulator, a reporter.
		if (token.wordClass === 'GOV' || token.wordClass === 'NEWS' || INSTITUTION.test(token.word)) return null;
		if (token.party < 0 || aside[i] !== aside[act]) continue;
		const joined = tokens[i - 2]?.party ?? -1;
		if (JOINS.test(tokens[i - 1]?.word ?? '') && joined >= 0 && joined !== token.party) {
			// 「A与B…」 is both; "…, B" after a clause that ended with A is B alone.
			if (tokens[i - 1]?.word !== ',') return BOTH;
		}
		const owner = tokens[i + 1]?.word === "'s" && !tokens.slice(i + 2, i + 6).some(OFFICE) && i + 4 < act;
		if (!owner && !behind(tokens, i)) return token.party;
	}
	return null;
}

function behind(tokens: readonly Token[], at: number): boolean {
	for (let i = at - 1; i >= Math.max(0, at - 3); i--) {
		const { word = '', party = -1, wordClass = null } = tokens[i] ?? {};
		if (party >= 0 || /^[,;:，；：]$/.test(word) || wordClass === 'SAY') return false;
		if (BEHIND.test(word) || / (?:with|to|on|in)$/.test(word)) return true;
	}
	return false;
}

/** Which aside each token is in (0: none): what stands between ", which" and the next comma says something else of somebody. */
function asides(tokens: readonly Token[]): number[] {
	let [open, count] = [0, 0];
	return tokens.map(({ word }, i) => {
		if (word === ',' && /^(?:which|who|whose|where)$/.test(tokens[i + 1]?.word ?? '')) open = ++count;
		else if (word === ',' || word === '.') open = 0;
		return open;
	});
}

/** The nearest to the act of those who are named for the party. */
function personOf(tokens: readonly Token[], mentions: Sentence['mentions'], party: number, act: number) {
	const persons = new Set(mentions.filter(({ person }) => person).map(({ start }) => start));
	let best: number | undefined;
	let least = Infinity;
	for (const [i, token] of tokens.entries())
		if (token.party === party && persons.has(token.start) && Math.abs(i - act) < least) {
			least = Math.abs(i - act);
			best = token.start;
		}
	return best;
}
