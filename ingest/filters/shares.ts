/** `telltale shares`: traffic events in, one line a source and period out. */
import { z } from 'zod';
import { Observations } from '#lib/domain/referrals/observations.ts';
import { GRAINS } from '#lib/domain/referrals/periods.ts';
import { shareLines } from '#lib/domain/referrals/shares.ts';
import { isDay } from '#lib/domain/time.ts';
import { reporter } from './filter.ts';
import type { Filter } from './filter.ts';
import { records } from './lines.ts';
import type { Unreadable } from './lines.ts';

const options = z.object({
	metric: z.string(),
	grain: z.enum(GRAINS),
	provider: z.string().optional()
});
export type SharesOptions = z.output<typeof options>;

/** A traffic event, laxer than at a door: empty and unknown fields pass. */
function trafficLine() {
	const days = new Map<string, boolean>(); // a file has many lines and few days
	const exists = (day: string) => {
		const known = days.get(day);
		if (known !== undefined) return known;
		const is = isDay(day);
		days.set(day, is);
		return is;
	};
	const day = z.string().refine(exists, 'must be a day that exists, like 2026-11-20');
	return z
		.object({
			provider: z.string(),
			destination: z.string(),
			source: z.string(),
			from: day,
			to: day,
			metric: z.string(),
			value: z.number().min(0, 'must be 0 or more'),
			revision: z.number().int('must be a whole number').min(0, 'must be 0 or more').optional()
		})
		.refine(({ from, to }) => to >= from, { message: 'must not be before from', path: ['to'] });
}

/** The shares of the events in `lines`, as JSON, one a line. Memory grows with the observations that count, not with repeats. */
export async function* sharesFilter(
	lines: AsyncIterable<string>,
	{ metric, grain, provider }: SharesOptions,
	unreadable: Unreadable
): AsyncGenerator<string> {
	const observations = new Observations();
	for await (const event of records(lines, trafficLine(), unreadable))
		if (event.metric === metric && (provider === undefined || event.provider === provider))
			observations.add(event);
	for (const line of shareLines(observations, { metric, grain })) yield JSON.stringify(line);
}

export const shares: Filter = {
	describe: 'traffic events to referral shares with their 95% ranges',
	options: [
		{ flags: '--metric <name>', describe: 'visits, new_users, revenue, …', required: true },
		{ flags: '--grain <grain>', describe: 'length of a period', required: true, choices: GRAINS },
		{ flags: '--provider <name>', describe: 'only what this provider measured' }
	],
	async run(context) {
		const parsed = options.safeParse(context.options);
		if (!parsed.success) {
			context.warn(
				parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; ')
			);
			return 2;
		}
		const report = reporter(context);
		for await (const line of sharesFilter(context.input, parsed.data, report.unreadable))
			await context.write(line);
		return report.status();
	}
};
