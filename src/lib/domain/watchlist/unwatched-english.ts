/** English names at the other end of a deal, a purchase, a suit: capitals where the news writes everything else small. */
import type { Span } from '../news/sentences.ts';
import { LEXICON } from '../partnerships/signals/lexicon.ts';

/** Stands in the place of every unit of a watched name, so that offsets stay; no text has it. */
export const WATCHED = '\ue000';

const list = (words: string) => words.trim().split(/\s+/);
const any = (words: string) => list(words).map((word) => word.replaceAll('_', ' ')).join('|'); // prettier-ignore

/** Words that end a name even in capitals. */
const ENDS = any(`
	A An And Are As At After Against Ahead Amid Around Be Before Behind Between But By Can Could Despite Does During For From Has Have He Her His How If In
	Into Is It Its Just Like May More New No Not Of Off On Or Our Out Over Per Say Says She So Than That The Their They This Through To Under Up
	Was We What When Where Which While Who Why Will With Worth Would You Your Via Vs Deal Deals Partnership Partnerships Agreement Agreements Pact Talks
	Report Reports Sources Source Exclusive Update Says Said`);
const CAPITAL = `(?<![\\p{L}\\p{N}])(?:(?!(?:${ENDS})\\b)[A-Z][\\p{L}\\p{N}&'’-]*(?:\\.(?=[a-z]{2,3}\\b)[a-z]+)?|[a-z]{1,2}[A-Z][\\p{L}\\p{N}]*|\\d{1,3}[A-Z]\\p{L}+)`;
/** Up to five words in capitals; & may stand between them, and the "of" of banks. */
const NAME = `${CAPITAL}(?: (?:& |(?<=\\bBank )of )?${CAPITAL}){0,4}`;
const ORG = `${WATCHED}+`;
/** What the name is, before it: "chip designer Arm". */
const ROLE = any(`
	firm company startup start-up maker giant operator developer retailer chain bank group rival provider carrier automaker chipmaker platform lab studio
	brand owner parent partner designer manufacturer specialist insurer lender broadcaster publisher unicorn supplier conglomerate venture
	Firm Startup Start-Up Maker Giant Operator Developer Retailer Carrier Automaker Chipmaker Designer Specialist Insurer Lender Broadcaster`);
const DESCRIBED = `(?:(?:the |an? )?(?:[\\p{L}\\p{N}’'-]+ ){0,4}?(?:${ROLE}) |the |[A-Z]\\p{L}+[’']s )?`;
const ITEM = `(?:${ORG}(?![\\p{L}’'-]| ${CAPITAL})|${DESCRIBED}${NAME})`;
const LIST = `${ITEM}(?:(?:, (?:and )?| and | & )${ITEM}){0,4}`;
/** Within one clause. */
const gap = (most: number) => `(?:[^.;:!?—–()“”"]|\\.(?=\\d)){0,${most}}?`;

const TOGETHER = any(`
	deal deals agreement agreements partnership partnerships pact alliance collaboration collaborates collaborated cooperation contract tie-up tie-ups
	joint_venture accord memorandum partner partners partnered partnering team_up teams_up teamed_up teaming_up teams teaming join_forces joins_forces
	joined_forces joining_forces joins_hands works working worked merge merges merged merger ties signs signed inks inked strikes struck reaches reached
	seals sealed agrees agreed talks negotiations negotiating discussions terms integrates integrated integration`);
const VERB = any(`
	partner partners partnered sign signs signed ink inks inked strike strikes struck reach reaches reached seal seals sealed announce announces announced
	team teams teamed join joins joined agree agrees agreed collaborate collaborates merge merges merged end ends ended expand expands extend extends
	launch launches launched unveil unveils forge forges in_talks enter enters entered settle settles`);
const BUYS = any(`
	acquire acquires acquired acquiring buys bought to_buy invests_in invested_in investing_in invest_in stake_in takeover_of acquisition_of bid_for
	sues sued suing lawsuit_against partnering_with`);
const DONE = any('acquired bought sued backed picked chosen tapped');
const NOUN = any(
	'deal agreement partnership pact alliance collaboration contract tie-up ties joint_venture merger talks'
);
const ADVERB = '(?:(?i:reportedly|has|have|to|will|is|are|was|were|also|said to) ){0,2}';

/** Some words between; "instead of Harbor" is not about it. */
const FEW = `(?:(?!(?i:of|over|from|instead)\\b)[\\p{L}’'-]+ ){0,3}?`;
/** What the sentence says it of stands before the verb: looked for from there, a text without verbs costs nothing. */
const before = (verb: string) => `(?=${verb})(?<=(?<names>${LIST}),? ${ADVERB})${verb}`;

/** Each has the other end in a group `names`, and a watched name at this one. */
const PATTERNS = [
	`${ORG}${gap(80)}\\b(?i:${TOGETHER})\\b${gap(50)} (?i:with) (?<names>${LIST})`,
	`\\b(?i:between) (?<names>${LIST})`,
	`${ORG}(?:[’']s)?${gap(50)} (?i:${BUYS}) (?<names>${LIST})`,
	`${ORG}[-–/](?<names>${NAME}) (?i:${NOUN})\\b`,
	`${ORG}${gap(60)} (?i:invest|invests|invested|investing)${gap(30)} in (?<names>${LIST})`,
	`${ORG}${gap(40)} (?i:sell|sells|sold|selling)${gap(30)} (?i:stake|unit|business|division)${gap(30)} to (?<names>${LIST})`,
	`(?=[-–/]${ORG})(?<=(?<names>${NAME}))[-–/]${ORG} (?i:${NOUN})\\b`,
	`^(?<names>${LIST})[’']?s? ${gap(70)}\\b(?i:${NOUN}) with ${ORG}`,
	before(`(?i:${VERB})\\b`),
	before(`(?i:${VERB}) ${gap(60)}\\b(?i:with) ${FEW}${ORG}`),
	before(`(?i:${DONE}) by ${FEW}${ORG}`),
	before(`(?:(?i:offers|agrees|plans) to )?(?i:${BUYS}|buy) ${FEW}${ORG}`),
	before(`(?i:invest|invests|invested|investing)${gap(40)} in ${ORG}`)
].map((pattern) => new RegExp(pattern, 'dgu'));

const NAMES = new RegExp(NAME, 'gu');
const ITEMS = new RegExp(ITEM, 'gu');

/** Places, days, offices, things that are written in capitals and are no organisation. */
const NO_NAMES = new Set(
	list(`
	ai evs ev ipo etf ceo cfo cto us uk eu un u.s u.k america american americans china chinese russia russian europe european india indian japan japanese korea korean
	taiwan taiwanese israel israeli iran iranian ukraine ukrainian canada canadian mexico mexican germany german france french britain british england italy italian spain
	spanish australia australian brazil saudi arabia gaza africa african asia asian vietnam singapore texas california york washington london paris beijing shanghai tokyo
	delhi dubai hollywood silicon valley chicago boston hong kong los angeles san new north south east west united kingdom emirates turkey turkish egypt nigeria kenya
	indonesia thailand malaysia philippines poland polish sweden swedish norway norwegian denmark danish finland netherlands dutch belgium switzerland swiss austria
	ireland irish portugal greece greek argentina chile colombia venezuela cuba qatar pakistan bangladesh alabama alaska arizona arkansas colorado connecticut delaware
	florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana louisville maine maryland massachusetts michigan minnesota mississippi missouri montana
	nebraska nevada ohio oklahoma oregon pennsylvania tennessee utah vermont virginia wisconsin wyoming detroit dallas houston atlanta seattle austin phoenix
	philadelphia miami congo ghana ethiopia sudan holland iraq afghanistan syria lebanon jordan yemen libya algeria tunisia morocco senegal uganda tanzania rwanda zambia
	zimbabwe angola peru chile ecuador bolivia paraguay uruguay panama kazakhstan uzbekistan georgia armenia hungary romania bulgaria serbia croatia czech slovakia
	monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december christmas
	white house congress senate house pentagon treasury fed doj ftc sec fda fbi cia doge nato supreme court government administration commission ministry department army
	navy military police state states democrats republicans democrat republican gop catholic christian muslim jewish
	trump biden harris vance putin xi zelensky netanyahu musk bezos zuckerberg altman huang buffett cook nadella pichai obama kennedy epstein maxwell swift ellison
	mr mrs ms dr judge president chairman senator governor prince king queen pope
	internet web app apps big tech wall street main black prime day days week stock stocks shares chip chips cloud smartphone phone tv game games music football nfl
	inc corp ltd llc co company firm group shoppers customers users here there one two three four five six seven first last next best top`)
);

/** Given names: who has one is a person. */
const GIVEN = new Set(
	list(`
	aaron adam alan alex alexander alice amy andrea andrew andy angela anna anne anthony barack barry ben benjamin bernie beth bill bob brad brandon brian bruce bryan
	carl carlos catherine charles charlie chris christian christina christopher craig cynthia dan daniel dave david dean deborah dennis diana diane donald donna doug
	drew dylan ed eddie edward elizabeth elon emily emma eric erin ethan eva evan frank fred gary gavin george ghislaine glenn grace greg gwyneth hannah harry heather
	helen henry howard ian jack jackie jacob jake james jamie jane janet jason jay jeff jeffrey jennifer jensen jeremy jerome jerry jesse jessica jim jimmy joan joe
	john jon jonathan jony jordan joseph josh joshua joy juan judy julia julie justin karen kate katherine keith kelly ken kevin kim kristen kyle larry laura lauren
	leonardo lena linda lisa luke marc marco margaret maria marie mark martin mary matt matthew megan melania melinda melissa michael michelle miguel mike mitch molly
	nancy natalie nathan neil nicholas nicole nick noah oliver pam pat patrick paul peter phil philip rachel ralph ray rebecca richard rick rob robert roger ron ronald
	rose roy russell ryan sam samantha samuel sandra sara sarah satya scott sean seth shannon sharon simon sophie stacy stephanie stephen steve steven stuart sundar
	susan sydney taylor ted teresa terry thomas tiffany tim timothy todd tom tony travis trevor tyler vanessa victor victoria vincent walter warren wayne wendy will
	william zach zoe zohran`)
);

const WORD = /\p{L}[\p{L}\p{N}'’.&-]*/gu;
/** Has a capital where only names have one: OpenRouter, TSMC, xAI. */
const MARKED = /\p{Ll}\p{Lu}|\p{Lu}{3}|\d\p{Lu}|\p{Lu}\d/u;

/** Words of which a text that has so many has all that are no names. */
const VOCABULARY = 5_000;

/** How the news writes words, and which runs of capitals stand in running text: fed with texts first, asked afterwards. */
export class WordCase {
	readonly #small = new Map<string, number>();
	readonly #capital = new Map<string, number>();
	readonly #runs = new Set<string>();

	/** Counts a sentence; one in title case says nothing of its words. */
	count(sentence: string): void {
		const words = [...sentence.matchAll(WORD)];
		if (words.length < 4 || isTitleCase(words.map(([word]) => word))) return;
		for (const [i, { 0: word }] of words.entries()) {
			if (i === 0) continue;
			const counts = /^\p{Lu}/u.test(word) || MARKED.test(word) ? this.#capital : this.#small;
			const key = keyOf(word);
			counts.set(key, (counts.get(key) ?? 0) + 1);
		}
		for (const [run] of sentence.slice(words[0]?.[0].length).matchAll(NAMES))
			if (run.includes(' ')) this.#runs.add(run.toLowerCase());
	}

	/** Whether the word is written small at least as often. */
	isCommon(word: string): boolean {
		const small = this.#small.get(keyOf(word)) ?? 0;
		return small > 0 && small >= (this.#capital.get(keyOf(word)) ?? 0);
	}
	/** Whether running text has it in capitals, or has it not although it has most words. */
	isProper(word: string): boolean {
		const key = keyOf(word);
		const capital = this.#capital.get(key) ?? 0;
		if (MARKED.test(word) || capital > (this.#small.get(key) ?? 0)) return true;
		return this.#small.size >= VOCABULARY && capital === 0 && !this.#small.has(key) && !LEXICON.has(key);
	}
	isRun(words: string): boolean {
		return this.#runs.has(words.toLowerCase());
	}
}

const keyOf = (word: string) => word.toLowerCase().replace(/[’']s$/, '').replace(/[.'’]+$/, ''); // prettier-ignore

function isTitleCase(words: readonly string[]): boolean {
	const long = words.slice(1).filter((word) => word.length > 3);
	return long.length > 0 && long.filter((word) => /^\p{Lu}/u.test(word)).length > long.length / 2;
}

/** Names in a sentence whose watched names are masked by {@link WATCHED}; spans count from its start. */
export function englishNames(masked: string, words: WordCase): Span[] {
	const titled = isTitleCase([...masked.matchAll(WORD)].map(([word]) => word));
	const found = new Map<number, Span>();
	for (const pattern of PATTERNS)
		for (const match of masked.matchAll(pattern)) {
			const [start, end] = match.indices?.groups?.['names'] ?? [0, 0];
			const names = masked.slice(start, end);
			if (!match[0].includes(WATCHED) && !names.includes(WATCHED)) continue;
			for (const item of names.matchAll(ITEMS)) {
				const at = start + item.index + item[0].length - nameIn(item[0]).length;
				const name = cut(nameIn(item[0]), titled, at === 0, words);
				if (name && !isPart(masked, at + name.start, at + name.end))
					found.set(at + name.start, { start: at + name.start, end: at + name.end });
			}
		}
	return [...found.values()].sort((a, b) => a.start - b.start);
}

/** Of a watched name, or of a product with a number. */
const isPart = (masked: string, start: number, end: number): boolean =>
	PART_BEFORE.test(masked.slice(0, start)) || PART_AFTER.test(masked.slice(end));
const PART_BEFORE = new RegExp(`${WATCHED}(?:[’']s?)? $`, 'u');
const PART_AFTER = new RegExp(`^[’']?s? (?:(?:(?:${ROLE}) )?${WATCHED}|\\d)`, 'u');

const ITS_NAME = new RegExp(`^${DESCRIBED}(?<name>${NAME})$`, 'u');
/** An item without what describes it; nothing of a watched one. */
const nameIn = (item: string): string => ITS_NAME.exec(item)?.groups?.['name'] ?? '';

/** What of a run of capitals is a name; null where nothing is. */
function cut(run: string, titled: boolean, first: boolean, words: WordCase): Span | null {
	let parts = [...run.matchAll(/\S+/gu)].map(({ 0: word, index }) => ({ word, start: index, end: index + word.length }));
	// "Jony Ive's LoveFrom" is about the last one, "Xyz's parent" about the first.
	const owner = parts.findLastIndex(({ word }) => /[’']s$/.test(word));
	if (owner >= 0 && owner < parts.length - 1) parts = parts.slice(owner + 1);
	const last = parts.at(-1);
	if (last && /[’']s?$/.test(last.word)) last.end -= /[’']s$/.test(last.word) ? 2 : 1;
	const text = () => run.slice(parts[0]?.start ?? 0, parts.at(-1)?.end ?? 0);
	if (titled || first) {
		while (parts.length > 1 && !words.isRun(text()) && !words.isProper(parts.at(-1)?.word ?? '')) parts.pop();
		while (parts.length > 1 && !words.isRun(text()) && !words.isProper(parts[0]?.word ?? '')) parts.shift();
		if (!parts.every(({ word }) => words.isProper(word)) && !words.isRun(text())) return null;
	} else if (parts.length === 1 && words.isCommon(text())) return null;
	const plain = parts.map(({ word }) => keyOf(word));
	if (plain.length === 0 || plain.every((word) => NO_NAMES.has(word)) || NO_NAMES.has(plain[0] ?? '')) return null;
	if (plain.length > 1 && plain.length < 4 && GIVEN.has(plain[0] ?? '')) return null;
	if (text().length < 3 || /&$|^&/.test(text()) || /-(?:backed|based|led|owned)$/i.test(text())) return null;
	return { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
} // prettier-ignore
