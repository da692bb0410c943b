/**
 * From articles to mentions, signals, copies and stories, on one core and at ten thousand names: headlines alone, and with texts. Then in
 * a process of its own a million articles through copies and stories, and what the heap holds on the way.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { lead } from '#lib/domain/news/terms.ts';
import { Stories } from '#lib/domain/news/stories.ts';
import { detector } from '#lib/domain/partnerships/signals/detect.ts';
import { shippedWeights } from '#lib/domain/partnerships/signals/shipped.ts';
import { corpus, watchlistOf, type Text } from './articles.ts';
import type { Report } from './report.ts';

const NAMES = 10_000;
const COUNT = 30_000;
/** Articles that do not count: the machine learns. */
const WARM = 3_000;
/** Read and placed in turn. */
const PART = 500;
/** Articles a day. */
const DAILY = 2_000;
const DAY = 86_400_000;
const DAYS_KEPT = 7;

export async function bench(report: Report): Promise<void> {
	const say = (what: string, value: number, unit: string, goal?: { is: '<=' | '>='; value: number }) =>
		report.add({ bench: 'news', what, value, unit, ...(goal && { goal }) });
	const { recorded, ...make } = corpus(97);
	const of = recorded ? 'recorded' : 'written';
	for (const kind of ['headline', 'report'] as const) {
		const what = kind === 'headline' ? `${of} headlines` : `reports of 150 words, ${of} sentences`;
		const { rate, cost, signals, copies } = through(make[kind]);
		say(`${what}: articles a second of one core`, rate, 'articles/s', { is: '>=', value: 2_000 });
		say(`${what}: mentions and signals`, cost.read, 'µs each');
		say(`${what}: copies and stories`, cost.place, 'µs each');
		say(`${what}: part that repeats an earlier text`, copies, '');
		say(`${what}: signals`, signals, 'each');
	}
	const { few, many, rate } = heldBy();
	say('heap at most, of 100,000 articles', few, 'MiB');
	say('heap at most, of 1,000,000 articles', many, 'MiB');
	say('heap for ten times the articles', many / few, '×', { is: '<=', value: 2 });
	say('copies and stories alone, over 1,000,000 articles', rate, 'articles/s');
}

/** Takes articles through all of it; CPU time is that of the process, without the making of them. */
function through(make: () => Text) {
	const detect = detector(watchlistOf(NAMES, 5), shippedWeights());
	const stories = new Stories<number>();
	const cpu = { read: 0, place: 0 };
	const count = { signals: 0, copies: 0 };
	for (let at = 0; at < COUNT + WARM; at += PART) {
		const counts = at >= WARM;
		const timed = <T>(step: keyof typeof cpu, work: () => T): T => {
			const before = process.cpuUsage();
			const result = work();
			const { user, system } = process.cpuUsage(before);
			if (counts) cpu[step] += user + system;
			return result;
		};
		const publishedAt = Math.floor((at / DAILY) * DAY);
		const articles = Array.from({ length: PART }, (_, n) => ({ id: at + n, publishedAt, ...make() }));
		const read = timed('read', () => articles.map(({ title, text }) => detect({ title, text })));
		timed('place', () => {
			for (const day of stories.days()) if (day < publishedAt / DAY - DAYS_KEPT) stories.forget(day);
			articles.forEach((article, n) => {
				const { language = '', mentions = [], signals = [] } = read[n] ?? {};
				const { length } = lead(article.text);
				const named = mentions.filter(({ field, start }) => field === 'title' || start < length);
				const organisations = [...new Set(named.map(({ organisation }) => organisation))];
				const { copyOf } = stories.place({ ...article, language, organisations });
				if (!counts) return;
				count.signals += signals.length;
				if (copyOf !== null) count.copies++;
			});
		});
	}
	return {
		rate: COUNT / ((cpu.read + cpu.place) / 1e6),
		cost: { read: cpu.read / COUNT, place: cpu.place / COUNT },
		signals: count.signals / COUNT,
		copies: count.copies / COUNT
	};
}

/** What the process of news-memory.ts says: heap at most, MiB, and articles a second of its CPU time. */
function heldBy() {
	const run = spawnSync(process.execPath, ['--expose-gc', join(import.meta.dirname, 'news-memory.ts')], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit']
	});
	return z.object({ few: z.number(), many: z.number(), rate: z.number() }).parse(JSON.parse(run.stdout));
}
