/** A million articles through copies and stories, in a process of its own: prints the heap at most as JSON. */
import { Stories } from '#lib/domain/news/stories.ts';
import { organisationsIn } from '#lib/domain/news/terms.ts';
import { compile } from '#lib/domain/watchlist/matcher.ts';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { corpus } from './articles.ts';

const FEW = 100_000;
const MANY = 1_000_000;
/** Articles a day: some three years. */
const DAILY = 1_000;
const DAY = 86_400_000;
const DAYS_KEPT = 7;
/** How often it is looked what is held. */
const EVERY = 10_000;

const matcher = compile(starter);
const stories = new Stories<number>();
const { headline, report } = corpus(98);
let [most, few, cpu] = [0, 0, 0];
for (let n = 0; n < MANY; n++) {
	// Nine of ten come with their title alone, as most feeds have them.
	const article = n % 10 === 0 ? report() : headline();
	const publishedAt = Math.floor((n / DAILY) * DAY);
	const before = process.cpuUsage();
	const organisations = organisationsIn(matcher, article.title, article.text);
	stories.place({ id: n, publishedAt, language: 'en', organisations, ...article });
	if (n % DAILY === 0)
		for (const day of stories.days()) if (day < publishedAt / DAY - DAYS_KEPT) stories.forget(day);
	const { user, system } = process.cpuUsage(before);
	cpu += user + system;
	if (n % EVERY !== EVERY - 1) continue;
	globalThis.gc?.();
	most = Math.max(most, process.memoryUsage().heapUsed / 2 ** 20);
	if (n < FEW) few = most;
}
console.log(JSON.stringify({ few, many: most, rate: MANY / (cpu / 1e6) }));
