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
	zimbabwe angola lpg lng peru chile ecuador bolivia paraguay uruguay panama kazakhstan uzbekistan georgia armenia hungary romania bulgaria serbia croatia czech slovakia
	monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december christmas
	white house congress senate house pentagon treasury fed doj ftc sec fda fbi cia doge nato supreme court government administration commission ministry department army
	navy military police state states democrats republicans democrat republican gop catholic christian muslim jewish
	trump biden harris vance putin xi zelensky netanyahu musk bezos zuckerberg altman huang buffett cook nadella pichai obama kennedy epstein maxwell swift ellison
	mr mrs ms dr judge president chairman senator governor prince king queen pope
	internet web app apps big tech wall street main black prime day days week stock stocks shares chip chips cloud smartphone phone tv game games music football nfl
	inc corp ltd llc co company firm group shoppers customers users here there one two three four five six seven first last next best top`)
);

/** Given names: who has one is a person, and who is called after one elsewhere has its surname. */
const GIVEN = new Set(
	list(`
	aaron abdullah abhishek abigail adam adriana agnes ahmad ahmed aiko aisha akio akira alan albert alberto alejandro alessandro alex alexander alexandra alexei alexis
	alfred alfredo ali alice alicia alison allison amanda amber amelia amit amy ana anand anders andre andrea andreas andrei andres andrew andy angela angelina anil
	anita anja ann anna anne annie anthony antoine anton antonio anya ariana arjun arnaud arthur arturo arun ashley ashok ashton asuka atsushi audrey ayumi
	barack barbara barry bashar beatrice ben benedict benicio benjamin bernard bernie beth beyonce bianca bill billie bjorn bob bobby boris brad bradley brandon brenda
	brian britney bruce bruno bryan byung caitlin cameron camila camille carla carlo carlos carmen carol caroline catherine cecilia celine charlene charles charlie
	charlotte chloe chris christian christina christine christoph christopher chuck cillian cindy claire claude claudia colin connor courtney craig cristiano cynthia
	daichi daisuke dakota damian dan daniel daniela dave david dean debbie deborah debra deepika denis denise dennis denzel derek diana diane diego dieter dimitri dirk
	dmitri dmitry dolly dominic don donald donna doug douglas drew dustin dwayne dylan eddie eduardo edward edwin eiji elena eli elijah elisabeth elizabeth
	ellen elon emil emilia emily emma emmanuel enrique eric erica erik erin ernesto esther ethan eva evan evelyn fabio faisal farah fatima felipe fernando florence
	florian fran frances francesca francesco francisco francois frank franz fred freddie frederic frederik friedrich fumio gabriel gabriela gary gavin genichiro geoffrey george
	gerald gerard gerhard ghislaine giancarlo gianni gillian gina giorgia giovanni giulia glen glenn gloria gonzalo goran grace greg gregory greta guillaume guillermo gunther
	gustavo gwen gwyneth hailey haim hannah hans haruki harry harvey hassan hayao heather heidi heinrich helen helena henri henrik henry hideki hideo hiro hiroki
	hiroshi hiroyuki holly howard hugh hussein ian ibrahim ichiro ignacio igor ilya imran indira ines ingrid irene irina isabel isabella isabelle ismail ivan ivana ivanka
	jack jackie jacob jacqueline jacques jaime jake james jamie jan jane janet janice jasmine jason javier jay jeff jeffrey jen jenna jennifer jenny jens jensen
	jeremy jerome jerry jesse jessica jesus jill jim jimmy joachim joan joanna joaquin jochen jodie joe joel johan johannes john johnny jon jonathan jony jordan
	jorge jose josef joseph josh joshua jouni joy juan judith judy julia julian juliana julie juliet julio jun junichi jurgen justin kai kamala karen karim karl kate
	katherine kathleen kathryn kathy katie katsuhiro kazuo keanu keiko keisuke keith kelly ken kendall kendrick kenichi kenji kenneth kevin khaled kiera kim kimberly koji
	kristen kristin kristina kristy kumar kunal kurt kyle kylie lamine lara larry lars laura lauren laurence laurent lebron leila lena leonardo leonid leslie
	liam lin lina linda lionel lisa lorenzo lorraine louise luca lucas lucia lucy luigi luis luisa lukas luke lupita madeline magnus mahmoud makoto manuel marc marcel marcelo marco
	marcos margaret margot maria mariah marie marilyn mario marion marissa mark marko marta martha martin martina mary masahiro masaki masato masayoshi mateo mathieu
	mathilde matt matteo matthew matthias maureen maurice megan mehmet mei melania melinda melissa meryl mia michael michel michele michelle miguel mika mike mikhail milan
	mina miranda mitch mohamed mohammad mohammed mohan molly monica monique morgana muhammad mukesh musa mustafa nadia nancy naomi narendra natalia natalie natasha nathalie nathan
	neha neil nicholas nick nicola nicolas nicole niels nigel nikolai nina noah noam nobuo noel nora norbert oleg oliver olivia olga omar oprah oscar osamu otto
	pablo pam pamela paolo pascal pat patricia patrick paul paula paulo pavel pedro penelope peter petra phil philip philippe phillip pierre pietro piotr pooja prakash
	priya priyanka quentin rachel rafael raghav rahul raj rajesh rajiv ralph ramesh ramon raphael raquel rashid raul ravi ray raymond rebecca regina reiko reinhard renata
	rene ricardo riccardo richard rick ridley rihanna rishi rita rob robert roberta roberto robin rodrigo roger rohit ron ronald rosa rosalia rose rowan roy ruben
	rupert russell ruth ryan ryo ryu sabrina sachin salma salvatore sam samantha samir samuel sandeep sandra sanjay santiago sara sarah saskia satoru satoshi
	satya saul scarlett scott sean sebastian selena serena serge sergei sergey sergio seth shane shankar shannon sharon shaun sheila shigeru shinji shinzo
	shohei shuhei shunsuke sigrid silvia simon simone sofia sonia sophia sophie stacy stefan stefano stephan stephanie stephen steve steven stuart sundar sunil suresh
	susan susanna susanne suzanne sven svetlana sydney sylvia tadashi taiki takahiro takashi takeshi tamara tammy tara tariq tatiana tatsuya taylor ted teresa
	terry tetsuya thea theo theresa thierry thomas tiffany tim timothee timothy tina tobias todd tom tomas toni tony toru toshi toshihiro travis trevor tyler
	ulrich umberto usain valentina valerie vanessa vera veronica victor victoria vijay vikram vincent vincenzo viola vitalik vivek vivian vladimir
	walter wanda warren wayne wendy werner whitney wilhelm will william willie wolfgang woody xavier yair yasumi yasuhiro yasmin yifan yiannis yoko yoshi yoshiki
	yoshinori youssef yuji yuki yuko yuri yusuf yves yvonne zach zachary zendaya ziad zoe zohran zoltan`)
);
/** Words that a company has at the end of its name, also one that is called after somebody. */
const COMPANY = new Set(
	list(`
	airlines airways apparel associates athletics bancorp bank biotech brands capital club communications consulting corporation council credit design digital
	electric electronics energy entertainment equity exchange farms films financial foods foundation fund games global group health healthcare holdings hotels inc industries
	institute insurance interactive international investments labs limited logistics ltd management markets media medical mobile motors museum music network networks oil
	partners pay pharma pharmaceuticals pictures power press productions records resorts resources robotics school securities semiconductor services software solutions
	sports steel stores studio studios systems technologies technology telecom therapeutics trading trust university ventures works`)
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
	readonly #surnames = new Set<string>();

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

	/** Counts the persons of a sentence, in title case or not. */
	meet(sentence: string): void {
		for (const [run] of sentence.matchAll(NAMES)) {
			const words = (/^.*?[’']s(?= )/.exec(run)?.[0] ?? run).split(' ').map(keyOf);
			if (isPerson(words)) this.#surnames.add(words.at(-1) ?? '');
		}
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
	/** Whether somebody is called so after a given name. */
	isSurname(word: string): boolean {
		return this.#surnames.has(keyOf(word));
	}
	isRun(words: string): boolean {
		return this.#runs.has(words.toLowerCase());
	}
}

const keyOf = (word: string) => word.toLowerCase().replace(/[’']s$/, '').replace(/[.'’]+$/, ''); // prettier-ignore

/** Whether words, small and without their genitive, are a given name and a surname: "Jony Ive", not "Taylor Farms". */
const isPerson = (words: readonly string[]): boolean =>
	words.length > 1 && words.length < 4 && GIVEN.has(words[0] ?? '') && !COMPANY.has(words.at(-1) ?? '');

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
	if (isPerson(plain) || (plain.length === 1 && words.isSurname(text()))) return null;
	if (text().length < 3 || /&$|^&/.test(text()) || /-(?:backed|based|led|owned)$/i.test(text())) return null;
	return { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
} // prettier-ignore
