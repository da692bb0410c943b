/** The language of a text by the scripts of its letters and, for Latin letters, by its function words. */

/** Letters read from the beginning of a text: more change nothing. */
const SAMPLE = 4000;
/** Words are read from fewer: some eighty of them hold a dozen function words. */
const WORDS_SAMPLE = 500;
/** A Chinese character says about as much as this many Latin letters. */
const HAN_WEIGHT = 3;

/** Languages that are told by script alone, by first and last code point of the script's main blocks. */
const SCRIPTS: readonly (readonly [tag: string, first: number, last: number])[] = [
	['el', 0x370, 0x3ff], ['ru', 0x400, 0x52f], ['hy', 0x530, 0x58f], ['he', 0x590, 0x5ff], ['ar', 0x600, 0x77f],
	['hi', 0x900, 0x97f], ['bn', 0x980, 0x9ff], ['ta', 0xb80, 0xbff], ['th', 0xe00, 0xe7f], ['ka', 0x10a0, 0x10ff],
	['ko', 0x1100, 0x11ff], ['ja', 0x3040, 0x30ff], ['zh', 0x3400, 0x4dbf], ['zh', 0x4e00, 0x9fff], ['ko', 0xac00, 0xd7a3]
]; // prettier-ignore

/** Words that are frequent in one language and rare in the others here. */
const WORDS: Readonly<Record<string, string>> = {
	en: 'the and of to is are was for with on that this from by as at it its will has have be after over new how what why says not you your we our or an',
	de: 'der die das und ist ein eine einen mit für auf nicht von dem den des im zu zum zur sich auch wie nach bei wird werden aus über sind oder',
	fr: 'le la les des et est une dans pour sur avec du au aux ce cette qui que ne pas plus par sont vous nous votre ou ses',
	es: 'el la los las una en para con por del al que se su sus más como lo no este esta pero entre desde',
	pt: 'os as é um uma em para com por do da dos das na nos nas que se não mais como ao pelo pela',
	it: 'il lo gli è un una di per con del della dei delle nel nella che si non più come sono al alla da',
	nl: 'de het een en is van voor met op niet aan dat die zijn er naar bij ook uit wordt worden te',
	sv: 'och att det som en ett är för på med av till inte den om har så från kan ska vid efter nya mot här',
	da: 'og det som en et er på med af til ikke den om har så fra kan skal ved efter nye mod hvor blev',
	pl: 'się nie jest że jak dla od przez są oraz już tym',
	tr: 've bir bu için ile da de olarak daha çok ne olan gibi kadar sonra',
	id: 'yang dan di ini dengan untuk dari pada adalah tidak itu akan dalam ke oleh juga'
};
const BY_WORD = new Map<string, string[]>();
for (const [tag, words] of Object.entries(WORDS))
	for (const word of words.split(' ')) BY_WORD.set(word, [...(BY_WORD.get(word) ?? []), tag]);

/** BCP 47 primary tag of the language that most of `text` is in; `und` where it has no letters. */
export function languageOf(text: string): string {
	const counts = new Map<string, number>();
	let latin = 0;
	let accented = false;
	const sample = text.length > SAMPLE ? text.slice(0, SAMPLE) : text;
	for (let i = 0; i < sample.length; i++) {
		const unit = sample.charCodeAt(i);
		if (unit < 0x250) {
			if ((unit | 32) >= 97 && (unit | 32) <= 122) latin++;
			else if (unit >= 0xc0) {
				latin++;
				accented = true;
			}
			continue;
		}
		const script = SCRIPTS.find(([, first, last]) => unit >= first && unit <= last);
		if (script) counts.set(script[0], (counts.get(script[0]) ?? 0) + 1);
		else if (unit >= 0x1e00 && unit <= 0x1eff) {
			latin++;
			accented = true;
		}
	}
	const han = counts.get('zh') ?? 0;
	const kana = counts.get('ja') ?? 0;
	counts.delete('zh');
	counts.delete('ja');
	if (han + kana > 0) counts.set(kana * 10 > han + kana ? 'ja' : 'zh', (han + kana) * HAN_WEIGHT);
	const [most, letters] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['und', 0]);
	if (letters === 0 && latin === 0) return 'und';
	if (latin > letters) return latinLanguage(sample, accented);
	if (most === 'ru') return /[іїєґ]/i.test(sample) && !/[ыэъ]/i.test(sample) ? 'uk' : 'ru';
	if (most === 'ar') return /[پچژگ]/.test(sample) ? 'fa' : 'ar';
	return most;
}

/** Function words that are also parts of names (de la Cruz, Los Angeles, van Dyke, Il Divo): far less telling. */
const IN_NAMES: ReadonlySet<string> = new Set(
	'de la le los las el del di da van den der des do dos das die un een en il al ten'.split(' ')
);
/** Letters of one language and hardly any other here. */
const LETTERS: readonly (readonly [tag: string, letters: RegExp])[] = [
	['sv', /[äå]/i], ['da', /[æø]/i], ['de', /[ßü]/i], ['pl', /[łąężźśćń]/i], ['tr', /[ğış]/], ['pt', /[ãõ]/i], ['es', /[ñ¿¡]/i], ['fr', /[çèêœ]/i]
]; // prettier-ignore

/** English, unless the words and letters of another language outweigh its own: headlines have few of either. */
function latinLanguage(text: string, accented: boolean): string {
	if (accented && /[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i.test(text)) return 'vi';
	const scores = new Map<string, number>();
	const add = (tag: string, weight: number) => scores.set(tag, (scores.get(tag) ?? 0) + weight);
	for (const [word] of text
		.slice(0, WORDS_SAMPLE)
		.toLowerCase()
		.matchAll(/\p{sc=Latin}+/gu))
		for (const tag of BY_WORD.get(word) ?? []) add(tag, tag !== 'en' && IN_NAMES.has(word) ? 0.3 : 1);
	if (accented) for (const [tag, letters] of LETTERS) if (letters.test(text)) add(tag, 0.75);
	const english = scores.get('en') ?? 0;
	scores.delete('en');
	const [best, score] = [...scores].reduce((a, b) => (b[1] > a[1] ? b : a), ['en', 0]);
	return score >= (english === 0 ? 1 : english + 1.5) ? best : 'en';
}
