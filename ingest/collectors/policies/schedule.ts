/** Watches pages: finds what is due on the desk, lets one process visit each, and keeps what is known of them. */
import type { Desk, Document } from '#lib/server/desk/desk.ts';
import { isProblem } from '#lib/server/errors.ts';
import { FetchProblem, isFetchProblem } from '#lib/server/fetch/problem.ts';
import { pageId, SOURCE, watchedPageSchema, type WatchedPage } from '#lib/server/fetch/watched-page.ts';
import type { HealthBoard } from '#lib/server/health.ts';
import type { Logger } from '#lib/server/logger.ts';
import { blindFrom, nextVisit, retryVisit, visit, type VisitDeps } from './collect.ts';
import { readCursor, TIMERS, timerOf, type Cursor } from './cursor.ts';

export interface PolicyOptions extends Omit<VisitDeps, 'signal'> {
	desk: Pick<Desk, 'documents' | 'leases' | 'timers'>;
	health: Pick<HealthBoard, 'note'>;
	logger: Logger;
	random: () => number;
	/** Names this process in leases. */
	holder: string;
	/** How often the desk is asked what is due, ms. */
	every?: number;
	/** Pages visited at a time. */
	parallel?: number;
}

const LOOK_MS = 5_000;
const PARALLEL = 4;
/** Longer than any visit can take; a process that died gives its page back after it. */
const LEASE_MS = 15 * 60_000;
/** When the log cannot take events, soon again: the page is not at fault. */
const SOON_MS = 10_000;

interface Watched {
	page: WatchedPage;
	version: number;
}

export class PolicyCollector {
	readonly #options: PolicyOptions;
	readonly #stop = new AbortController();
	readonly #visits = new Map<string, Promise<void>>();
	/** Versions of pages' documents that have a timer. */
	readonly #scheduled = new Map<string, number>();
	#looking: Promise<void> = Promise.resolve();
	#timer: NodeJS.Timeout | undefined;

	constructor(options: PolicyOptions) {
		this.#options = options;
	}

	start(): void {
		this.#looking = this.look().finally(() => {
			if (!this.#stop.signal.aborted)
				this.#timer = setTimeout(() => this.start(), this.#options.every ?? LOOK_MS);
		});
	}

	/** Ends the visits that are under way; the pages stay due. */
	async close(): Promise<void> {
		this.#stop.abort(new Error('stopped'));
		clearTimeout(this.#timer);
		await this.#looking;
		await this.idle();
	}

	/** Resolves when no visit is under way. */
	async idle(): Promise<void> {
		await Promise.all(this.#visits.values());
	}

	/** Starts the visits that are due, as many as there is room for. Never rejects. */
	async look(): Promise<void> {
		const { desk, logger, now, parallel = PARALLEL } = this.#options;
		try {
			const pages = watched(await desk.documents.list(SOURCE));
			await this.#schedule(pages);
			for (const { name, due } of await desk.timers.due(now(), 200, TIMERS)) {
				const id = name.slice(TIMERS.length);
				const page = pages.get(id);
				if (!page) await desk.timers.done(name, due);
				else if (this.#visits.size < parallel && !this.#visits.has(id)) this.#begin(id, page);
			}
		} catch (error) {
			if (!isProblem(error)) logger.error({ err: error }, 'what is due could not be found');
			else logger.warn({ err: error }, 'the desk cannot say what is due');
		}
	}

	/** New pages, and those that somebody changed, are due now. */
	async #schedule(pages: ReadonlyMap<string, Watched>): Promise<void> {
		const { desk, now } = this.#options;
		for (const [id, { version }] of pages) {
			if (this.#scheduled.get(id) === version) continue;
			const timer = await desk.timers.get(timerOf(id));
			const cursor = readCursor(timer?.payload, now());
			if (cursor.version !== version)
				await desk.timers.set({ name: timerOf(id), due: now(), payload: cursor });
			this.#scheduled.set(id, version);
		}
		for (const id of this.#scheduled.keys()) if (!pages.has(id)) this.#scheduled.delete(id);
	}

	#begin(id: string, watched: Watched): void {
		const { logger } = this.#options;
		const work = this.#claimed(id, watched)
			.catch((error: unknown) => {
				if (!this.#stop.signal.aborted) logger.error({ err: error, page: id }, 'a page could not be visited');
			})
			.finally(() => this.#visits.delete(id));
		this.#visits.set(id, work);
	}

	/** Visits the page if no other process does, and nobody has since it was found due. */
	async #claimed(id: string, watched: Watched): Promise<void> {
		const { desk, holder, now } = this.#options;
		const name = timerOf(id);
		if (!(await desk.leases.claim(name, holder, LEASE_MS, now()))) return;
		try {
			const timer = await desk.timers.get(name);
			if (!timer || timer.due > now()) return;
			const { due, cursor } = await this.#visited(id, watched, readCursor(timer.payload, now()));
			await desk.timers.set({ name, due, payload: cursor });
		} finally {
			await desk.leases.release(name, holder);
		}
	}

	async #visited(
		id: string,
		{ page, version }: Watched,
		cursor: Cursor
	): Promise<{ due: number; cursor: Cursor }> {
		const { health, logger, now, random } = this.#options;
		try {
			const next = await visit(page, version, cursor, { ...this.#options, signal: this.#stop.signal });
			health.note(id, 'page', null);
			return { due: nextVisit(page, now(), random()), cursor: next };
		} catch (error) {
			if (isProblem(error) && error.retryable) {
				logger.warn({ err: error, page: id }, 'the log cannot take a page; it is fetched again');
				return { due: now() + SOON_MS, cursor };
			}
			if (this.#stop.signal.aborted) throw error;
			return this.#failed(
				id,
				page,
				{ ...cursor, version, failures: cursor.failures + 1 },
				problemOf(error, logger)
			);
		}
	}

	/** Says what failed; from the moment on at which the page should have been read at the latest, that it is blind. */
	#failed(
		id: string,
		page: WatchedPage,
		cursor: Cursor,
		problem: FetchProblem
	): { due: number; cursor: Cursor } {
		const { health, logger, now, random } = this.#options;
		const blind = blindFrom(page, cursor);
		const state = now() >= blind ? 'blind' : 'failing';
		health.note(id, 'page', `${problem.kind}: ${problem.message}`, state);
		logger.warn({ page: id, kind: problem.kind, reason: problem.message, state }, 'a page could not be read');
		const due = retryVisit(page, cursor.failures, problem, now(), random());
		// Silence is noticed when it begins, not at the next convenient visit.
		return {
			due: state === 'failing' && (problem.retryAfter ?? 0) === 0 ? Math.min(due, blind) : due,
			cursor
		};
	}
}

/** An error of ours is one page's failure too: the site is not asked again and again for it. */
function problemOf(error: unknown, logger: Logger): FetchProblem {
	if (isFetchProblem(error)) return error;
	logger.error({ err: error }, 'a page could not be read for an error of ours');
	return new FetchProblem('type', 'the page could not be read for an error of ours', { cause: error });
}

/** Pages by id; what is not a page of ours is another collector's. */
function watched(documents: readonly Document[]): Map<string, Watched> {
	const pages = new Map<string, Watched>();
	for (const { body, version } of documents) {
		const parsed = watchedPageSchema.safeParse(body);
		if (parsed.success) pages.set(pageId(parsed.data), { page: parsed.data, version });
	}
	return pages;
}
