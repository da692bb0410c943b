/**
 * Watches sources of one kind: finds what is due on the desk, lets one process visit each, and keeps what is known of them; also when
 * nothing was heard of one for longer than its interval allows, whatever kept it from being read.
 */
import type { Desk, Document, Timer } from '#lib/server/desk/desk.ts';
import { Lease } from '#lib/server/desk/lease.ts';
import { isProblem } from '#lib/server/errors.ts';
import { FetchProblem, isFetchProblem } from '#lib/server/fetch/problem.ts';
import { SOURCE } from '#lib/server/fetch/watched-page.ts';
import type { HealthBoard } from '#lib/server/health.ts';
import type { Logger } from '#lib/server/logger.ts';
import { BackgroundWorker, type BackgroundOptions } from '../background-worker.ts';
import { blindFrom, nextVisit, retryVisit } from './intervals.ts';

export interface ScheduleOptions extends BackgroundOptions {
	desk: Pick<Desk, 'documents' | 'leases' | 'timers' | 'silences' | 'visits'>;
	health: Pick<HealthBoard, 'note' | 'of'>;
	random: () => number;
	/** Sources visited at a time. */
	parallel?: number;
}

/** What every kind remembers of a source between two visits, as the payload of the timer that says when it is due. */
export interface CursorBase {
	/** Version of the source's document that was visited: another one is visited at once. */
	version: number;
	/** Failures in a row. */
	failures: number;
	/** Since when it is watched, and when it was last read; ms. */
	since: number;
	lastSuccess: number | null;
}

/** What tells one kind of source from another. */
export interface SourceKind<S, C extends CursorBase> {
	/** What ids of this kind begin with, as `policies/`. */
	prefix: string;
	/** Kind of the source's health: `page`, `feed`. */
	health: string;
	/** The source in a document, or null for another kind's. */
	parse(body: unknown): { id: string; source: S } | null;
	/** The cursor in a timer's payload, or a new one where there is none that can be read. */
	readCursor(payload: unknown, now: number): C;
	/** How often the source is visited, ms. */
	interval(source: S, cursor: C): number;
	/** Reads the source and appends what it says. Gives the cursor after it. Rejects with a {@link FetchProblem}. */
	visit(source: S, version: number, cursor: C, signal: AbortSignal): Promise<C>;
}

const TIMERS = 'collect/';
/** Timers that are due when a source will have been silent for too long. */
const SILENCES = 'silence/';
const PARALLEL = 4;
/** When the log cannot take events, soon again: the source is not at fault. */
const SOON_MS = 10_000;

interface Watched<S> {
	source: S;
	version: number;
}

export class Schedule<S, C extends CursorBase> extends BackgroundWorker<ScheduleOptions> {
	readonly #kind: SourceKind<S, C>;
	readonly #visits = new Map<string, Promise<void>>();
	/** Versions of sources' documents that have a timer. */
	readonly #scheduled = new Map<string, number>();

	constructor(kind: SourceKind<S, C>, options: ScheduleOptions) {
		super(options, { name: `visits to ${kind.prefix}`, every: 5_000 });
		this.#kind = kind;
	}

	/** Ends the visits that are under way; the sources stay due. */
	override async close(): Promise<void> {
		await super.close();
		await this.idle();
	}

	/** Resolves when no visit is under way. */
	async idle(): Promise<void> {
		await Promise.all(this.#visits.values());
	}

	/** Starts the visits that are due, as many as there is room for. */
	protected async turn(signal: AbortSignal): Promise<void> {
		const { desk, now, parallel = PARALLEL } = this.options;
		const sources = this.#watched(await desk.documents.list(SOURCE));
		await this.#schedule(sources);
		// First: a visit that ends a silence must find it begun.
		for (const timer of await desk.timers.due(now(), 200, SILENCES + this.#kind.prefix))
			await this.#fellSilent(timer, sources);
		for (const { name, due } of await desk.timers.due(now(), 200, TIMERS + this.#kind.prefix)) {
			const id = name.slice(TIMERS.length);
			const source = sources.get(id);
			if (!source) {
				await desk.silences.end(id, now()); // nobody watches it any more
				await desk.timers.done(name, due);
			} else if (this.#visits.size < parallel && !this.#visits.has(id)) this.#begin(id, source, signal);
		}
	}

	/** Sources by id; what is not of this kind is another collector's. */
	#watched(documents: readonly Document[]): Map<string, Watched<S>> {
		const sources = new Map<string, Watched<S>>();
		for (const { body, version } of documents) {
			const parsed = this.#kind.parse(body);
			if (parsed) sources.set(parsed.id, { source: parsed.source, version });
		}
		return sources;
	}

	/** New sources, and those that somebody changed, are due now. */
	async #schedule(sources: ReadonlyMap<string, Watched<S>>): Promise<void> {
		const { desk, now } = this.options;
		for (const [id, { source, version }] of sources) {
			if (this.#scheduled.get(id) === version) continue;
			const name = TIMERS + id;
			const timer = await desk.timers.get(name);
			const cursor = this.#kind.readCursor(timer?.payload, now());
			if (cursor.version !== version) await desk.timers.set({ name, due: now(), payload: cursor });
			await this.#listen(id, source, cursor);
			this.#scheduled.set(id, version);
		}
		for (const id of this.#scheduled.keys()) if (!sources.has(id)) this.#scheduled.delete(id);
	}

	#begin(id: string, watched: Watched<S>, stop: AbortSignal): void {
		const { logger } = this.options;
		const lease = new Lease(this.options, TIMERS + id);
		const work = lease
			.once((lost) => this.#claimed(id, watched, AbortSignal.any([stop, lost])))
			.then(
				() => undefined,
				(error: unknown) => {
					if (!stop.aborted) logger.error({ err: error, source: id }, 'a source could not be visited');
				}
			)
			.finally(() => this.#visits.delete(id));
		this.#visits.set(id, work);
	}

	/** Visits the source if nobody has since it was found due. */
	async #claimed(id: string, watched: Watched<S>, signal: AbortSignal): Promise<void> {
		const { desk, now } = this.options;
		const name = TIMERS + id;
		const timer = await desk.timers.get(name);
		if (!timer || timer.due > now()) return;
		const cursor = this.#kind.readCursor(timer.payload, now());
		const visited = await this.#visited(id, watched, cursor, signal);
		await desk.timers.set({ name, due: visited.due, payload: visited.cursor });
	}

	async #visited(
		id: string,
		{ source, version }: Watched<S>,
		cursor: C,
		signal: AbortSignal
	): Promise<{ due: number; cursor: C }> {
		const { desk, health, logger, now, random } = this.options;
		try {
			const next = await this.#kind.visit(source, version, cursor, signal);
			const due = nextVisit(this.#kind.interval(source, next), now(), random());
			health.note(id, this.#kind.health, null, { next: due });
			await desk.visits.count(id, now(), true);
			await desk.silences.end(id, now());
			await this.#listen(id, source, next);
			return { due, cursor: next };
		} catch (error) {
			if (isProblem(error) && error.retryable) {
				logger.warn({ err: error, source: id }, 'the log cannot take events; the source is read again');
				return { due: now() + SOON_MS, cursor };
			}
			signal.throwIfAborted();
			return this.#failed(
				id,
				source,
				{ ...cursor, version, failures: cursor.failures + 1 },
				problemOf(error, logger)
			);
		}
	}

	/** Says what failed; from the moment on at which the source should have been read at the latest, that it is blind. */
	async #failed(
		id: string,
		source: S,
		cursor: C,
		problem: FetchProblem
	): Promise<{ due: number; cursor: C }> {
		const { desk, health, logger, now, random } = this.options;
		const { kind: failure, message } = problem;
		const interval = this.#kind.interval(source, cursor);
		const blind = blindFrom(interval, cursor);
		const state = now() >= blind ? 'blind' : 'failing';
		const retry = retryVisit(interval, cursor.failures, problem, now(), random());
		// Silence is noticed when it begins, not at the next convenient visit.
		const due = state === 'failing' && (problem.retryAfter ?? 0) === 0 ? Math.min(retry, blind) : retry;
		health.note(id, this.#kind.health, message, { state, failure, next: due });
		logger.warn({ source: id, kind: failure, reason: message, state }, 'a source could not be read');
		await desk.visits.count(id, now(), false);
		if (state === 'blind')
			await desk.silences.begin({
				source: id,
				since: sinceOf(cursor),
				noticed: now(),
				failure,
				reason: message
			});
		return { due, cursor };
	}

	/** Sets the time at which a source that says nothing from now on will have been silent for too long. */
	async #listen(id: string, source: S, cursor: C): Promise<void> {
		const due = blindFrom(this.#kind.interval(source, cursor), cursor);
		await this.options.desk.timers.set({ name: SILENCES + id, due, payload: null });
	}

	/** A time of silence has come: it is kept if nobody read the source meanwhile, also when nobody even tried. */
	async #fellSilent({ name, due }: Timer, sources: ReadonlyMap<string, Watched<S>>): Promise<void> {
		const { desk, health, now, logger } = this.options;
		const id = name.slice(SILENCES.length);
		if (this.#visits.has(id)) return; // it is being read; what comes of that says more
		const watched = sources.get(id);
		const visit = watched && (await desk.timers.get(TIMERS + id));
		if (watched && visit) {
			const cursor = this.#kind.readCursor(visit.payload, now());
			const blind = blindFrom(this.#kind.interval(watched.source, cursor), cursor);
			if (blind > now()) return desk.timers.set({ name, due: blind, payload: null });
			// After a failure the visit that follows says what it was; it comes at this very time.
			if (cursor.failures > 0 && visit.due <= now()) return;
			const { failure = null, error = null } = (cursor.failures > 0 && health.of(id)) || {};
			const since = sinceOf(cursor);
			if (await desk.silences.begin({ source: id, since, noticed: now(), failure, reason: error ?? '' })) {
				health.note(id, this.#kind.health, error ?? 'nobody came to read it', {
					state: 'blind',
					failure,
					next: visit.due
				});
				logger.warn({ source: id, since }, 'a source was not read for too long');
			}
		}
		await desk.timers.done(name, due);
	}
}

const sinceOf = ({ lastSuccess, since }: CursorBase): number => lastSuccess ?? since;

/** An error of ours is one source's failure too: the site is not asked again and again for it. */
function problemOf(error: unknown, logger: Logger): FetchProblem {
	if (isFetchProblem(error)) return error;
	logger.error({ err: error }, 'a source could not be read for an error of ours');
	return new FetchProblem('type', 'it could not be read for an error of ours', { cause: error });
}
