/**
 * Rules on who does what to whom, as patterns over a pair's line (see pair.ts): words are in lower case, classes in capitals. A rule
 * speaks for a partnership or against it; how much it is worth is learned.
 */
import type { Pair } from './pair.ts';

/** At most `n` words of any kind. */
const gap = (n: number) => `(?:\\S+ ){0,${n}}`;
/** At most `n` words of one clause, none of them an organisation. */
const nobody = (n: number) => `(?:(?!E[12] |O |[;.|!?。；] )\\S+ ){0,${n}}`;
const AND = '(?:and|&|,|with|och|/|-|–|与|和|同|跟|及|以 及|、|携|×|x) ';
const WITH = '(?:with|by|to|for|from|on|of|between|med|与|和|同|跟|为|由|向|被|在|给) ';
/** Others may stand in an enumeration between the two. */
const LIST = `(?:(?:O|,|and|、|和|&) )*`;
const MATTER = '(?:DEAL|ALLY)';

const FOR: Record<string, string> = {
	bothSignDeal: `E1 ${AND}${LIST}E2 ${nobody(4)}SIGN ${nobody(6)}${MATTER}`,
	bothDeal: `E1 ${AND}${LIST}E2 ${nobody(4)}DEAL`,
	bothAlly: `E1 ${AND}${LIST}E2 ${nobody(4)}ALLY`,
	bothTogether: `E1 (?:and|&|,|、|与|和) ${LIST}E2 ${nobody(3)}(?:SUPPLY|INTEGRATE|LAUNCH|SIGN)`,
	signsDealWith: `E1 ${nobody(5)}SIGN ${nobody(8)}DEAL ${nobody(2)}${WITH}${LIST}${nobody(2)}E2`,
	dealWith: `E1 ${nobody(6)}DEAL ${WITH}${LIST}${nobody(3)}E2`,
	dealAmong: `${MATTER} (?:with|between|of|including|such as|like|RIVAL) (?:(?!E[12] |[.;] )\\S+ ){0,20}E2`,
	alliesWith: `E1 ${nobody(5)}ALLY ${nobody(2)}(?:${WITH})?${LIST}${nobody(2)}E2`,
	withDeal: `E1 ${nobody(6)}(?:与|和|同|跟|with) ${nobody(2)}${LIST}E2 ${nobody(6)}(?:DEAL|ALLY|SIGN)`,
	withFirst: `(?:与|和|同|跟|ALLY) ${nobody(2)}E1 ${nobody(6)}${MATTER}`,
	withSecond: `(?:与|和|同|跟|ALLY) ${nobody(2)}E2 ${nobody(6)}${MATTER}`,
	signSecond: `(?:与|和|同|跟|with) ${nobody(2)}E2 ${nobody(4)}SIGN ${nobody(10)}DEAL`,
	hyphenDeal: `E1 (?:[-–/] )?E2 ${nobody(2)}${MATTER}`,
	ownersDeal: `E1 's ${nobody(2)}E2 ${nobody(2)}DEAL`,
	possessiveDeal: `E1 's ${nobody(4)}DEAL ${nobody(2)}${WITH}${LIST}E2`,
	betweenDeal: `DEAL ${nobody(3)}(?:between|of|by) ${nobody(2)}E1 ${AND}${nobody(2)}E2`,
	dealPuts: `E1 ${nobody(2)}${MATTER} ${nobody(6)}E2`,
	onDeal: `E1 ${nobody(6)}(?:on|after|amid|as|from|thanks to|from|over) ${nobody(5)}E2 ${nobody(2)}${MATTER}`,
	supplies: `E1 ${nobody(3)}SUPPLY ${nobody(6)}(?:(?:to|for|with|at|via|through|给|于) )?${nobody(1)}E2`,
	builtWith: `E1 ${nobody(3)}(?:SUPPLY|LAUNCH|INTEGRATE|SIGN|ALLY|VISIT) ${nobody(7)}(?:with|alongside) ${LIST}E2`,
	suppliedBy: `E1 ${nobody(8)}(?:SUPPLY|USE|INTEGRATE) (?:by|with|from) ${nobody(2)}E2`,
	suppliesFor: `E1 ${nobody(3)}(?:为|向|给|由) ${LIST}E2 ${nobody(4)}SUPPLY`,
	supplierOf: `E[12] ${nobody(1)}的 ${nobody(4)}SUPPLY|(?:是|为|成 为) ${nobody(3)}E[12] ${nobody(5)}SUPPLY`,
	uses: `E1 ${nobody(3)}USE ${nobody(5)}E2`,
	pays: `E1 ${nobody(2)}USE E2 ${nobody(2)}MONEY`,
	integratesInto: `E1 ${nobody(4)}INTEGRATE ${nobody(7)}(?:(?:into|in|to|with|on|for|inside|from) )?${nobody(2)}E2`,
	integratesObject: `INTEGRATE ${nobody(3)}E1 ${nobody(5)}(?:into|in|to|with|on|inside|for) ${nobody(2)}E2`,
	doorIn: `E1 ${nobody(2)}(?:entrance|door|shop|store|storefront|tab|button|mini-program) (?:in|INTEGRATE) E2`,
	bothTalk: `E1 ${AND}${LIST}E2 ${nobody(6)}TALKS`,
	talksWith: `E1 ${nobody(4)}TALKS ${nobody(6)}(?:${WITH})?${nobody(3)}E2`,
	talksAbout: `E1 ${nobody(3)}(?:与|和|同) E2 ${nobody(4)}TALKS`,
	madeForIn: `E1 ${nobody(3)}(?:to|will|HEDGE) SUPPLY ${nobody(2)}E2`,
	onPlatform: `E1 ${nobody(5)}(?:on|in|within|inside|INTEGRATE) E2 (?:$|[^' ]+ )`,
	possessiveOn: `E1 's ${nobody(3)}(?:on|in) ${nobody(1)}E2`
};

const AGAINST: Record<string, string> = {
	thirdPartyDeal: `DEAL ${nobody(1)}(?:with|between|for|与|和) ${nobody(2)}(?:O|GOV)`,
	unnamedDeal: `(?:与|和|同) (?:(?!E[12] |O |[,;.] )\\S+ ){2,10}(?:SIGN|DEAL|ALLY)`,
	bothWithThird: `E1 ${AND}${LIST}E2 ${nobody(8)}(?:DEAL|LEGAL) ${nobody(5)}with (?!E[12])`,
	governmentDeal: `GOV ${nobody(3)}(?:DEAL|SIGN)|DEAL ${nobody(4)}GOV`,
	thirdParty: `(?:O ${nobody(3)}(?:与|和|with|and) E[12] |E[12] ${nobody(2)}(?:与|和|with|and) O )${nobody(5)}${MATTER}`,
	rival: `E1 (?:'s )?${nobody(6)}RIVAL ${nobody(5)}E2`,
	rivals: `E1 ${AND}${LIST}E2 ${nobody(5)}RIVAL`,
	rivalOf: `RIVAL ${nobody(1)}E[12]`,
	versus: `E1 ${nobody(3)}(?:vs|versus|v) .*E2`,
	sues: `E1 ${nobody(4)}LEGAL ${nobody(5)}E2`,
	ended: `(?:END|NEG) ${nobody(3)}${MATTER}|DEAL ${nobody(2)}END`,
	endsWith: `E1 ${nobody(4)}END ${gap(6)}E2`,
	denied: 'DENY',
	negated: `NEG ${nobody(4)}(?:DEAL|ALLY|TALKS|SIGN)`,
	stocks: 'STOCK .*(?:E1 .*E2|STOCK)|E1 .*E2 .*STOCK',
	manyOthers: 'O .*O .*O',
	sale: 'SALE .*SALE|SALE .*(?:at|on|from) E2',
	owns: `E1 ${nobody(4)}EQUITY ${nobody(5)}E2`,
	ownedBy: `E1 ${nobody(4)}EQUITY by ${nobody(2)}E2|E2 ${nobody(2)}EQUITY E1`,
	partOf: `E1 ${nobody(2)}(?:EQUITY|旗 下|的) ${nobody(2)}E2`,
	dealFor: `DEAL for ${nobody(2)}E2`,
	equityDeal: `EQUITY ${nobody(2)}DEAL|DEAL ${nobody(2)}EQUITY`,
	analyst: `E[12] ${nobody(3)}(?:STOCK|ROLE) ${nobody(4)}SAY`,
	makersOf: `(?:E[12]) (?:- )?(?:maker|parent|owner|backed)`
};

/** In the past: a year or "ago" before what is told. */
const PAST: Record<string, string> = {
	yearFirst: 'in YEAR|since YEAR|in DATE YEAR|YEAR 年|NUM 年',
	ago: 'ago|formerly|previously|曾|曾经|早 在'
};

const compiled = (rules: Record<string, string>) =>
	Object.entries(rules).map(([name, pattern]): [string, RegExp] => [
		name,
		new RegExp(`(?:^| )(?:${pattern})(?= |$)`)
	]);
const [FOR_RULES, AGAINST_RULES, PAST_RULES] = [compiled(FOR), compiled(AGAINST), compiled(PAST)];

/** Names of rules, for and against a partnership, and of the past. */
export interface Rules {
	pro: string[];
	contra: string[];
	past: string[];
}

/** The rules that a pair's line fulfils. */
export function rulesOf({ line }: Pick<Pair, 'line'>): Rules {
	const hits = (rules: [string, RegExp][]) =>
		rules.filter(([, rule]) => rule.test(line)).map(([name]) => name);
	return { pro: hits(FOR_RULES), contra: hits(AGAINST_RULES), past: hits(PAST_RULES) };
}
