/** Watched pages as a kind of source. */
import { milliseconds, pageId, watchedPageSchema, type WatchedPage } from '#lib/server/fetch/watched-page.ts';
import { Schedule, type ScheduleOptions } from '../schedule.ts';
import { visit, type VisitDeps } from './collect.ts';
import { readCursor, type Cursor } from './cursor.ts';

export type PolicyOptions = ScheduleOptions & Omit<VisitDeps, 'signal'>;

export class PolicyCollector extends Schedule<WatchedPage, Cursor> {
	constructor(options: PolicyOptions) {
		super(
			{
				prefix: 'policies/',
				health: 'page',
				parse: (body) => {
					const parsed = watchedPageSchema.safeParse(body);
					return parsed.success ? { id: pageId(parsed.data), source: parsed.data } : null;
				},
				readCursor,
				interval: (page) => milliseconds(page.every),
				visit: (page, version, cursor, signal) => visit(page, version, cursor, { ...options, signal })
			},
			options
		);
	}
}
