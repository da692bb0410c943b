import { describe, expect, it } from 'vitest';
import type { Progress } from '#lib/server/desk/desk.ts';
import { Problem } from '#lib/server/errors.ts';
import { STAGES, type EventLog, type Lag, type Topic } from '#lib/server/log/log.ts';
import { createLogger } from '#lib/server/logger.ts';
import { lagOf } from '#lib/server/sources.ts';
import { Meter } from './meter.ts';

/** A log that only counts, a desk that remembers every moment, and the meters of two processes over them. */
function processes(count: number) {
	const ends: Record<Topic, number> = { news: 0, policies: 0, traffic: 0, articles: 0 };
	const committed: Record<Topic, number> = { ...ends };
	const desk = new Map<string, Progress>();
	/** Lag of news as a reader of the desk would see it, after every write. */
	const moments: (number | null)[] = [];
	let down = false;
	/** Happens once, between the measuring of one topic and the next. */
	const between: { step?: (() => void) | undefined } = {};
	const log: Pick<EventLog, 'lag'> = {
		lag: async (_, topic): Promise<Lag[]> => {
			await Promise.resolve();
			if (down) throw new Problem('log-unavailable', 'down');
			const [end, done] = [ends[topic], committed[topic]];
			const { step } = between;
			if (step && STAGES.news.includes(topic)) {
				between.step = undefined;
				step();
			}
			return [{ partition: 0, end, committed: done, events: end - done, oldest: done < end ? 1 : null }];
		}
	};
	const errors: unknown[] = [];
	const meters = Array.from({ length: count }, () => {
		const report = async (rows: Progress[]) => {
			await Promise.resolve();
			for (const row of rows) desk.set(row.topic, row);
			moments.push(lagOf([...desk.values()].filter(({ topic }) => topic === 'news' || topic === 'articles'), 0));
		};
		return new Meter({
			log: log as EventLog,
			desk: { progress: { report } } as never,
			logger: createLogger('silent'),
			group: 'g',
			now: () => 0,
			onError: (error) => errors.push(error)
		});
	}); // prettier-ignore
	return { ends, committed, moments, meters, errors, between, fail: () => (down = true) };
}

describe('the meter', () => {
	it('counts an article as waiting from its acceptance until it is in its story, whoever measures', async () => {
		const { ends, committed, moments, meters } = processes(2);
		const [storing, placing] = meters as [Meter, Meter];
		for (let n = 1; n <= 50; n++) {
			ends.news = n;
			await Promise.all(meters.map((meter) => meter.start().then(() => meter.close())));
			const since = moments.length;
			ends.articles = n;
			const both = [storing.stored('news', 0, n), ...(n > 1 ? [placing.stored('articles', 0, n - 1)] : [])];
			await Promise.all(both);
			committed.news = n;
			expect(moments.slice(since).filter((lag) => lag === 0)).toEqual([]);
			await placing.stored('articles', 0, n);
			committed.articles = n;
			expect(moments.at(-1)).toBe(0);
		}
	});

	it('misses no article that goes from one stage to the next while it measures', async () => {
		const { ends, committed, moments, meters, between } = processes(1);
		ends.news = 1;
		between.step = () => {
			ends.articles = 1;
			committed.news = 1;
		};
		await meters[0]?.start().then(() => meters[0]?.close());
		expect(moments).toEqual([2]); // in both, rather than in neither
	});

	it('goes on where the log cannot say what waits', async () => {
		const { meters, errors, fail } = processes(1);
		fail();
		await meters[0]?.stored('news', 0, 1);
		expect(errors).toMatchObject([{ code: 'log-unavailable' }]);
	});
});
