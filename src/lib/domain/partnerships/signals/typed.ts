/**
 * Rules for what is too rare to be learned, or must not be left to chance: who denied what, who kept silent, who visited whom, what is
 * negated, retold from the past, or between others. Patterns over a pair's forms (see pair.ts); probabilities are priors.
 */
import type { Pair } from './pair.ts';
import type { Token } from './tokens.ts';

const gap = (n: number) => `(?:\\S+ ){0,${n}}`;
const nobody = (n: number) => `(?:(?!E[12] |O )\\S+ ){0,${n}}`;
/** At most `n` words that a list of names may have between them. */
const names = (n: number) => `(?:(?!E[12] |[,，。；;]|RIVAL|SIGN|TALKS|EQUITY|DEAL)\\S+ ){0,${n}}`;
const LIST = '(?:(?:O|,|and|、|和|&) )*';
const AND = `(?:and|&|,|与|和|同|跟|及|、|ALLY) ${LIST}`;
/** What may be denied, kept silent about or negated. */
const MATTER = '(?:DEAL|ALLY|TALKS|EQUITY|INTEGRATE|SUPPLY|HEDGE|report|rumou?rs?|消息|传闻)';
const BOTH = `(?:(?:E1|E2|O|and|,|&|both|与|和|、|均|都|双 方|SAY|also) )`;

const pattern = (...alternatives: string[]) => new RegExp(`(?:^| )(?:${alternatives.join('|')})(?= |$)`);

const DENIED = pattern(
	`E1 ${nobody(4)}DENY ${gap(14)}E2`,
	`E1 ${BOTH}*E2 ${nobody(4)}DENY`,
	`E1 ${nobody(2)}(?:NEG|DENY) (?:SAY|HEDGE|TALKS|suggestions?) ${gap(8)}E2`,
	`E2 ${nobody(4)}DENY ${gap(3)}${MATTER}`,
	`${MATTER} ${gap(6)}E2 ${nobody(4)}DENY`,
	`E1 ${gap(4)}(?:与|和|with|and) ${nobody(3)}E2 ${gap(8)}DENY`,
	`E1 ${nobody(3)}(?:NEG|SAY) ${nobody(4)}(?:plans?|计 划|意|HEDGE) ${gap(5)}${MATTER} ${gap(5)}E2`
);
const NEGATED = pattern(
	`E1 ${nobody(6)}NEG ${nobody(6)}${MATTER} ${gap(4)}E2`,
	`E1 ${nobody(5)}NEG ${gap(3)}(?:与|和|with|to) ${gap(5)}E2`,
	`NEG ${gap(3)}(?:与|和|with) E[12] ${gap(3)}${MATTER}`,
	`NEG ${nobody(3)}${MATTER} ${gap(2)}(?:between|with|by) ${gap(2)}E1`,
	`E1 ${BOTH}*E2 ${nobody(4)}NEG ${nobody(5)}${MATTER}`
);
const QUIET = pattern('QUIET');
const QUIET_OF_PAIR = pattern(
	`E1 ${BOTH}*E2 ${gap(3)}QUIET`, `E1 ${nobody(4)}QUIET ${gap(10)}E2`, `E1 ${gap(12)}E2 ${nobody(4)}QUIET`, `QUIET ${gap(10)}E1 ${gap(6)}E2`
); // prettier-ignore
const TALKING = pattern('TALKS');
const SURELY_TALKING = pattern(
	`E1 ${nobody(5)}TALKS ${nobody(6)}(?:with|to|by|与|和) ${nobody(2)}E2`, `E1 ${nobody(3)}(?:与|和|同|跟) ${nobody(1)}E2 ${nobody(4)}TALKS`,
	`E1 (?:and|,|&|与|和|、) E2 ${nobody(5)}TALKS`,
	`(?<!(?:与|和|同|跟) )E1 ${nobody(6)}(?:与|和|同|跟) E2 ${nobody(14)}TALKS`,
	`terms (?:with|of|between) E[12] ${nobody(10)}(?:settled|agreed|LEGAL|SIGN)`
); // prettier-ignore

/** What may stand before a deal that is not made yet, up to four words before. */
const PROSPECTIVE = /^(?:possible|potential|prospective|rumou?red|possibly|potentially|潜在|传闻)$/;
const BARGAIN = /^(?:DEAL|ALLY)$/;

/** Talks that are only asked about, or a question. */
const ASKED = pattern(`QUIET ${gap(10)}(?:TALKS|DEAL|ALLY)`, '为 何', '为 什 么');
/** Who is no company: a deal with them is none of the two that strike it. */
const OTHERS =
	'(?:GOV|O|merchants?|retailers?|unions?|workers|writers|actors|states?|regulators?|prosecutors|farmers|banks)';
/** Both are partners of a third: each behind its own preposition, or both in one list of partners (与E1、E2等). */
const THIRD = pattern(
	`(?:与|和|同|跟|with) E1 ${nobody(14)}(?:与|和|同|跟|with) E2`,
	`(?:DEAL|ALLY|TALKS) with ${LIST}E1 (?:and|,|&) ${LIST}E2`,
	`E1 ${AND}E2 ${nobody(8)}DEAL ${nobody(4)}with (?:the )?${OTHERS}`,
	`(?:与|和|同|跟|向|给|为) ${names(10)}E1 (?:、|和|及|以 及|与) ${names(10)}E2 ${names(14)}(?:等|[两三多] 家)`
);
/** What stands between ", who" and the next comma. */
const ASIDE = / , (?:who|which|whose) (?:(?!, )\S+ ){1,14}, /;

/** Somebody who acts for `X`: its people, or a role beside its name. */
const officer = (x: string) =>
	`(?:ROLE (?:of|at|for) ${x} (?:, |' )?${nobody(3)}|${x} (?:'s )?${nobody(1)}ROLE ${nobody(4)}|ROLE ${x} )`;
const PLACE = '(?:headquarters?|offices?|campus|factory|plants?|base|总 部|园 区|公 司|基 地|工 厂|大 厦)';
const VISITED = [
	pattern(`${officer('E1')}${nobody(3)}(?:received|welcomed) by ${nobody(3)}E2`),
	pattern(
		`${officer('E1')}(?:DATE )?VISIT ${nobody(6)}E2`,
		`${officer('E1')}${nobody(4)}VISIT ${nobody(6)}E2`
	),
	pattern(
		`E1 ${nobody(5)}(?:VISIT|received|welcomed) ${nobody(4)}(?:ROLE (?:of|at|for) E2|E2 (?:'s )?${nobody(1)}ROLE|ROLE E2)`
	),
	pattern(`E1 ${PLACE} ${nobody(4)}VISIT ${nobody(3)}by ${nobody(2)}(?:ROLE|E2)`)
];
const OUTSIDER = pattern(`(?:NEWS|GOV ROLE|ROLE of (?:the )?(?:GOV|[a-z]+) |法 国|总 统) ${gap(6)}VISIT`);

const STAKE = pattern(
	`E1 ${nobody(8)}DEAL (?:for|to EQUITY) ${nobody(2)}E2`,
	`E1 ${nobody(8)}EQUITY (?:in|of) E2`,
	`E1 ${nobody(6)}EQUITY ${nobody(5)}(?:stake|EQUITY|MONEY|NUM) ${gap(5)}(?:in|of) E2`, `E1 ${nobody(3)}(?:HEDGE )?(?:to )?EQUITY E2`, `EQUITY ${nobody(5)}E2 ${gap(8)}EQUITY`,
	`E1 ${nobody(8)}EQUITY E2 ${gap(8)}EQUITY`, `EQUITY by E2`
); // prettier-ignore
const TAKEOVER = pattern(`(?:DEAL|TALKS) to EQUITY E2(?! 's)`, `E1 ${AND}E2 (?:to )?(?:merge|EQUITY) in`);
const SUED = pattern(
	`E1 ${nobody(4)}LEGAL ${nobody(3)}E2`,
	`E2 ${nobody(3)}LEGAL by ${nobody(2)}E1`,
	// What one ends at the place of the other (dumps a tablet on Amazon) is no quarrel.
	`E1 ${nobody(4)}END (?:on |${nobody(5)}(?<!(?:on|at|via) ))E2`
);
const RULED = pattern(
	`GOV ${gap(5)}LEGAL ${gap(4)}E[12]`,
	`E[12] ${gap(6)}LEGAL ${gap(3)}(?:by )?GOV`,
	`LEGAL ${gap(3)}E[12] ${gap(4)}(?:NUM|MONEY)`,
	`(?:GOV|LEGAL) ${nobody(2)}LEGAL (?:对 )?${nobody(2)}E1`,
	`(?:GOV|LEGAL) ${nobody(2)}(?:对|向) ${LIST}E1 (?:. )?${LIST}(?:E2 )?${nobody(4)}LEGAL`
);

/** What only authorities do. */
const AUTHORITY = /^(?:约谈|立案|行政处罚|整改|市场监管总局)$/;

/** Said of a whole report. */
const UNTRUE = /^(?:误读|不实|不属实|子虚乌有)$/;

/** Said plainly, as news are: who signs what with whom, what opens to what. */
const AUXILIARY = '(?:(?:has|have|will|is|are|to|both|now|today|LAUNCH|HEDGE|SAY) )';
const ALREADY = '(?:(?:已|已 经|将|HEDGE|SIGN|全 面|正 式|宣 布) )';
const STATED = pattern(
	`(?<!unlike )E1 ${AND}E2 ${nobody(4)}SIGN ${nobody(5)}(?:DEAL|ALLY)(?! with (?!E))`,
	`(?<!unlike )E1 ${LIST}${nobody(3)}SIGN ${nobody(5)}DEAL (?:with|与) ${LIST}${nobody(1)}E2`,
	`(?<!unlike )E1 ${LIST}${AUXILIARY}{0,2}ALLY (?:with )?${LIST}E2`,
	`(?<!unlike )E1 ${AND}E2 ${AUXILIARY}{0,2}ALLY`,
	`E1 ${AUXILIARY}{1,3}INTEGRATE ${nobody(5)}(?:into|in|inside|with|INTEGRATE) ${nobody(1)}E2`,
	`E1 (?:is|are) (?:now )?(?:available|live|INTEGRATE) (?:(?:in|on|inside|within|INTEGRATE) )?E2`,
	`INTEGRATE E1 ${nobody(3)}(?:into|in|inside) E2`,
	`E1 ${ALREADY}{1,3}INTEGRATE E2`,
	`E1 INTEGRATE E2 ${nobody(2)}INTEGRATE`,
	`E1 (?:will|to|has agreed to|HEDGE) SUPPLY (?:${nobody(5)}(?:to|for) ${nobody(4)})?E2`,
	`SUPPLY ${nobody(2)}E1 (?:entrance|door|shop|store|storefront|tab|button|mini-program) (?:in|INTEGRATE) E2`,
	`E1 ${ALREADY}{0,2}(?:为|向) E2 (?:SUPPLY|INTEGRATE)`,
	`E1 ${ALREADY}{0,2}(?:成 为|是|系) E2 的? ?${nobody(3)}(?:SUPPLY|DEAL)`,
	`E1 (?:(?:has|will|HEDGE|to) )?USE E2 (?:as|for) `.trimEnd()
);
/** As headlines say it: who uses, supplies or orders what of whom. */
const HEADLINED = pattern(
	`E1 (?:${AUXILIARY}|TALKS ){0,3}USE E2 (?:'s|to|for|as|in|NUM|MONEY|[a-z]+)`,
	`E1 ${nobody(8)}HEDGE (?:be )?USE (?:by )?E2`,
	`E1 ${AUXILIARY}{1,3}SUPPLY (?:${nobody(4)}(?:to|for) )?E2`,
	`E1 ${AND}E2 (?:to|will) (?:INTEGRATE|ALLY|SUPPLY)`,
	`E1 ${nobody(2)}(?:SIGN|orders?|places) ${nobody(4)}(?:order )?(?:from|for) ${nobody(1)}E2`,
	`E1 ${nobody(2)}SIGN E2 as ${nobody(3)}(?:SUPPLY|DEAL)`,
	`E1 ${nobody(2)}SAY E2 (?:will|to) (?:USE|SUPPLY|be (?:its|the) ${nobody(3)}(?:DEAL|SUPPLY))`
);
const ENDED = pattern(
	`E1 ${nobody(4)}END ${nobody(4)}(?:DEAL|ALLY) ${nobody(2)}(?:with|与|和) ${nobody(2)}E2`, `E1 ${AND}E2 ${nobody(4)}END (?:(?!E[12] |O |with |in )\\S+ ){0,4}(?:DEAL|ALLY)`,
	`END (?:from )?E[12] (?:'s )?${nobody(1)}(?:DEAL|ALLY)`, `E1 ${nobody(2)}END (?:(?:with|on) )?E2(?! END)`,
	`E1 ${nobody(2)}(?:END )?(?:与|和) E2 ${nobody(3)}(?:DEAL|ALLY) ${nobody(2)}END`, `E1 ${nobody(3)}END ${nobody(2)}(?:与|和) E2 ${nobody(3)}(?:DEAL|ALLY)`
); // prettier-ignore

/** Retold: "years ago", "which partnered with X in 2014", 早在2014年. */
const RETOLD = pattern(
	`(?:years?|decades?|months?) ago`, `, which ${gap(8)}(?:in|since) (?:DATE )?YEAR`, `曾 (?:经 )?(?:与|和|同|跟)`, `(?:NUM|[一二三四五六七八九十数多几]) (?:多 |余 )?年 前`, `(?:早|曾|曾 经) 在? ?(?:<?NUM>?|YEAR) ?年?`, '早 在', `back in YEAR`,
	`YEAR 年 .*(?:如 今|现 在|目 前)`, `in YEAR ${gap(20)}(?:but|now) `
); // prettier-ignore

const POLICY = pattern(
	`(?:privacy|terms|user) (?:policy|policies|DEAL|of service|notice|terms)`, '隐 私 (?:政 策|DEAL|权 政 策)', '用 户 DEAL', `(?:隐 私|用 户|SUPPLY|DEAL|政 策) ${gap(6)}条 款`, `条 款 ${gap(6)}(?:隐 私|政 策)`
); // prettier-ignore
const CHANGED = pattern('(?:adds?|added|adding|updated?|updates|revised?|new|changed?|changes|names?|named|INTEGRATE|LAUNCH|END|clause|clauses|更 新|修 订|新 增|增 加|修 改|加 入)'); // prettier-ignore
const AUDIENCE =
	'(?:traffic|visits|visitors|customers?|users|referrals?|orders|SUPPLY|流 量|新 客|用 户|客 户|DEAL)';
const REFERRED = pattern(
	`(?:NUM|STOCK|third|half|share|percent|份 额|成|占 比) ${gap(4)}${AUDIENCE} ${gap(8)}(?:from|via|through|来 自) ${nobody(3)}E[12]`,
	`${AUDIENCE} ${gap(6)}(?:from|via|来 自) E[12] ${gap(8)}(?:NUM|STOCK|doubled|tripled|quarter|third)`,
	`来 自 E[12] ${gap(4)}${AUDIENCE} ${gap(6)}NUM`
); // prettier-ignore

export interface Facts {
	denied: boolean;
	negated: boolean;
	quiet: boolean;
	/** With a third. */
	third: boolean;
	/** Named in two clauses. */
	apart: boolean;
	/** Only asked. */
	asked: boolean;
	/** A deal is being made or was made by signing. */
	signed: boolean;
	/** Somebody in the sentence kept silent, about whatever. */
	silence: boolean;
	retold: boolean;
	talking: boolean;
	/** Of a deal that may come. */
	prospective: boolean;
	surelyTalking: boolean;
	visited: boolean;
	/** Somebody visited somebody, whoever that was. */
	visiting: boolean;
	stake: boolean;
	/** A deal or talks to buy the other, or to merge with it. */
	takeover: boolean;
	sued: boolean;
	ruled: boolean;
	policy: boolean;
	referred: boolean;
	/** By an authority, or said to be untrue: no dispute between the two. */
	unopposed: boolean;
	stated: boolean;
	/** Said as plainly as a headline does. */
	headlined: boolean;
	ended: boolean;
}

const DENIES = pattern(`E1 ${nobody(4)}DENY(?! (?:信|言|内))`, `DENY ${nobody(2)}by E1`);
const SILENT = pattern(`E1 ${gap(5)}QUIET`);
const RULED_ALONE = pattern(
	`(?:GOV|LEGAL) ${nobody(4)}LEGAL (?:对 |against |into )?${nobody(3)}E1`,
	`E1 ${nobody(3)}(?:LEGAL|被) ${nobody(2)}(?:by )?(?:GOV|LEGAL)`,
	`GOV ${nobody(3)}(?:对|向) E1 ${nobody(4)}LEGAL`
);

/** What a sentence says of the only organisation that it names. */
export function factsAlone({ tokens }: { tokens: readonly Token[] }): {
	denies: boolean;
	silent: boolean;
	ruled: boolean;
	policy: boolean;
} {
	const line = tokens.map(({ form, party }) => (party < 0 ? form : 'E1')).join(' ');
	const has = (rule: RegExp) => rule.test(line);
	return {
		denies: line.includes('DENY') && has(DENIES),
		silent: line.includes('QUIET') && has(SILENT),
		ruled: line.includes('LEGAL') && has(RULED_ALONE),
		policy: has(POLICY) && has(CHANGED)
	};
}

/** What the whole sentence, not only the clause, says of the pair. */
export function factsOf({ forms, tokens, apart }: Pick<Pair, 'forms' | 'tokens' | 'apart'>): Facts {
	const line = forms.join(' ');
	const has = (rule: RegExp) => rule.test(line);
	const summoned = tokens.some(({ word }) => AUTHORITY.test(word));
	return {
		denied: /DENY|NEG/.test(line) && has(DENIED),
		negated: line.includes('NEG') && has(NEGATED),
		quiet: line.includes('QUIET') && has(QUIET_OF_PAIR),
		silence: has(QUIET),
		third: has(THIRD),
		apart,
		asked: has(ASKED),
		signed: line.includes('SIGN'),
		retold: has(RETOLD),
		talking: has(TALKING),
		prospective: tokens.some(
			({ word }, i) => PROSPECTIVE.test(word) && forms.slice(i + 1, i + 5).some((form) => BARGAIN.test(form))
		),
		surelyTalking: has(SURELY_TALKING),
		visited:
			/VISIT|received|welcomed/.test(line) &&
			VISITED.some((rule) => rule.test(line.replace(ASIDE, ' '))) &&
			!has(OUTSIDER),
		visiting: line.includes('VISIT'),
		takeover: line.includes('EQUITY') && has(TAKEOVER),
		stake: line.includes('EQUITY') && has(STAKE),
		sued: has(SUED),
		ruled: summoned || (line.includes('LEGAL') && has(RULED)),
		unopposed: (summoned && !has(SUED)) || tokens.some(({ word }) => UNTRUE.test(word)),
		policy: has(POLICY) && has(CHANGED),
		referred: has(REFERRED),
		stated: has(STATED),
		headlined: has(HEADLINED),
		ended: line.includes('END') && has(ENDED)
	};
}
