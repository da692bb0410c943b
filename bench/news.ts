/** Copies and stories: articles a second of one core, and whether memory stays that of the window. */
import { Stories } from '#lib/domain/news/stories.ts';
import { organisationsIn } from '#lib/domain/news/terms.ts';
import { compile } from '#lib/domain/watchlist/matcher.ts';
import { starter } from '#lib/domain/watchlist/starter.ts';
import type { Report } from './report.ts';
import { random } from './sample.ts';

const FEW = 10_000;
const MANY = 40_000;
/** Articles a day. */
const DAILY = 400;
const DAY = 86_400_000;

export async function bench(report: Report): Promise<void> {
	const few = through(FEW);
	const many = through(MANY);
	const say = (what: string, value: number, unit: string, goal?: { is: '<=' | '>='; value: number }) =>
		report.add({ bench: 'news', what, value, unit, ...(goal && { goal }) });
	say(`articles a second of one core, through copies and stories, of ${MANY}`, many.rate, 'articles/s', {
		is: '>=',
		value: 2000
	});
	say(`heap at most, of ${FEW}`, few.heap, 'MiB');
	say(`heap at most, of ${MANY}`, many.heap, 'MiB');
	say('heap for four times the articles', many.heap / few.heap, '×', { is: '<=', value: 2 });
	say('part that repeats an earlier text', many.copies / MANY, '');
}

/** Places `count` articles; CPU time is that of the process, without the writing of them. */
function through(count: number) {
	const stories = new Stories();
	const matcher = compile(starter);
	const write = writer();
	let [cpu, heap, copies] = [0, 0, 0];
	for (let n = 0; n < count; n++) {
		const article = {
			id: String(n),
			publisher: `Paper ${n % 60}`,
			publishedAt: (n / DAILY) * DAY,
			...write()
		};
		const before = process.cpuUsage();
		const organisations = organisationsIn(matcher, article.title, article.text);
		if (stories.place({ ...article, language: 'en', organisations }).copyOf !== null) copies++;
		for (const day of stories.days()) if (day < n / DAILY - 6) stories.forget(day);
		const { user, system } = process.cpuUsage(before);
		cpu += user + system;
		if (n % 500 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed / 2 ** 20);
	}
	return { rate: count / (cpu / 1e6), heap, copies };
}

/** Seeded articles of some 150 words, of which three in ten repeat a recent one. */
function writer(): () => { title: string; text: string } {
	const draw = random(97);
	const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(draw() * list.length)] ?? list[0];
	const firms = [
		'WeChat',
		'Alibaba',
		'JD.com',
		'TikTok',
		'Amazon',
		'Meta',
		'Shopify',
		'Walmart',
		'Temu'
	] as const;
	const deeds = [
		'in talks with',
		'to integrate',
		'denies deal with',
		'signs partnership with',
		'sues'
	] as const;
	const syllables = ['ba', 'de', 'fi', 'go', 'ka', 'le', 'mi', 'no', 'pa', 're', 'si', 'to', 'va'] as const;
	const word = () => Array.from({ length: 2 + Math.floor(draw() ** 2 * 3) }, () => pick(syllables)).join('');
	const words = (count: number) => Array.from({ length: count }, word).join(' ');
	const recent: { title: string; text: string }[] = [];
	return () => {
		const copied = draw() < 0.3 ? recent[Math.floor(draw() * recent.length)] : undefined;
		const title = `${pick(firms)} ${pick(deeds)} ${pick(firms)} ${words(4)}`;
		const article = copied ?? { title, text: Array.from({ length: 12 }, () => `${words(12)}.`).join(' ') };
		recent.push(article);
		if (recent.length > 200) recent.shift();
		return article;
	};
}
