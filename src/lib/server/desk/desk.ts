/**
 * The desk: what people write and what must be claimed; everything here needs transactions. One contract, two databases (SQLite and
 * PostgreSQL) behind one query builder, one suite over both (desk.suite.ts). Times are milliseconds since the epoch. Every method
 * rejects with `desk-unavailable` when the database cannot be reached.
 */

/** What people write: every version is kept with who and when. `body` is any JSON. */
export interface Document<T = unknown> {
	kind: string;
	id: string;
	/** 1 for the first one saved. */
	version: number;
	body: T;
	who: string;
	at: number;
}

export interface Documents {
	/** The newest version, or null. */
	get(kind: string, id: string): Promise<Document | null>;
	/**
	 * Newest versions of a kind, by id; with `by` (ms) those that were the newest then. Without it the very same list is given again
	 * until something of the kind is saved: it is not to be changed.
	 */
	list(kind: string, by?: number): Promise<readonly Document[]>;
	/** All versions, newest first, or `limit` of them. */
	history(kind: string, id: string, limit?: number): Promise<Document[]>;
	/** `version` is the one that was read (0: none yet). Rejects with `conflict` when another was saved meanwhile. */
	save(document: Document): Promise<Document>;
	/** All of them or, where one is refused, none. */
	saveAll(documents: readonly Document[]): Promise<void>;
}

/** How far a partition of a topic has come; written after each store and at least once a second by whoever consumes it. */
export interface Progress {
	topic: string;
	partition: number;
	/** One past the last record in the log. */
	end: number;
	/** Next record to be stored. */
	stored: number;
	/** Events in between; null where they cannot be counted. */
	waiting: number | null;
	/** When the log took the oldest record that is not stored; null when there is none. */
	oldest: number | null;
	at: number;
}

export interface Leases {
	/** Claims or renews `name` for `holder` until `now + ttl`; false while another holds it. */
	claim(name: string, holder: string, ttl: number, now: number): Promise<boolean>;
	release(name: string, holder: string): Promise<void>;
}

export interface Timer {
	name: string;
	due: number;
	payload: unknown;
}
export interface Timers {
	/** Sets or moves the timer `name`. */
	set(timer: Timer): Promise<void>;
	/**
	 * Those due by `now`, earliest first; with `prefix` only those whose name begins so. A timer stays until it is done: a late or
	 * repeated wake gives the same result.
	 */
	due(now: number, limit: number, prefix?: string): Promise<Timer[]>;
	get(name: string): Promise<Timer | null>;
	/** Removes the timer unless it was moved meanwhile. */
	done(name: string, due: number): Promise<void>;
}

export type DeadLetterState = 'waiting' | 'replayed' | 'set-aside';
export interface DeadLetter {
	/** `topic:partition:offset:row`: a redelivery makes no second letter. */
	id: string;
	topic: string;
	partition: number;
	offset: number;
	row: number;
	key: string;
	reason: string;
	/** The field at fault, or empty. */
	path: string;
	bytes: Buffer;
	/** Writer in the record's header; empty for other producers. */
	writer: string;
	/** When the log took it. */
	accepted: number;
	state: DeadLetterState;
	/** Who replayed it or set it aside, and when. */
	who: string | null;
	at: number | null;
}
export interface DeadLetters {
	/** Keeps letters that are not kept yet; those that are stay as they are. */
	put(letters: Omit<DeadLetter, 'state' | 'who' | 'at'>[]): Promise<void>;
	get(id: string): Promise<DeadLetter | null>;
	/** Newest first. `before`: the id at which the previous page ended. */
	list(options: { state?: DeadLetterState; limit: number; before?: string }): Promise<DeadLetter[]>;
	count(): Promise<Record<DeadLetterState, number>>;
	/** Moves a letter on from `waiting`; false when somebody did so before. */
	settle(id: string, state: 'replayed' | 'set-aside', who: string, at: number): Promise<boolean>;
}

/** How far a file was imported: kept so that an import that was killed goes on where it was. */
export interface ImportProgress {
	/** Topic and real path. */
	file: string;
	/** Bytes (unpacked) and events whose blocks the log has. */
	offset: number;
	events: number;
	rejected: number;
	/** Hash of the bytes before `offset` (their first and last 64 KB), to know the file again. */
	prefix: string;
	at: number;
}
export interface Imports {
	get(file: string): Promise<ImportProgress | null>;
	save(progress: ImportProgress): Promise<void>;
}

/** What is known of something that gives us data. */
export interface SourceHealth {
	id: string;
	/** `door`, `consumer`, `log`, `store`, `feed`, `page`, … */
	kind: string;
	state: 'fresh' | 'late' | 'blind' | 'failing' | 'idle';
	lastSuccess: number | null;
	lastAttempt: number | null;
	/** In words, null when nothing is wrong. */
	error: string | null;
	/** The kind of a fetch that failed, as `blocked`; null where nothing failed, or no fetch. */
	failure: string | null;
	/** When a collector comes again, ms; null where nothing is fetched. */
	next: number | null;
}
export interface Health {
	/** Replaces what is known of each id. */
	report(sources: SourceHealth[]): Promise<void>;
	all(): Promise<SourceHealth[]>;
}

/** A source gave nothing for longer than its interval allows: an event with a beginning and, once it is read again, an end. */
export interface Silence {
	/** Id of the source, as in its health. */
	source: string;
	/** When it was last read, or, where it never was, when somebody began to watch it. */
	since: number;
	/** When it was noticed. */
	noticed: number;
	/** When it was read again; null while it is silent. */
	until: number | null;
	/** Kind of the failure; null where nobody came to ask. */
	failure: string | null;
	/** In words, empty where nobody came to ask. */
	reason: string;
}
export interface Silences {
	/** Keeps a silence once: another one of the same source and `since` changes nothing. False where it is kept already. */
	begin(silence: Omit<Silence, 'until'>): Promise<boolean>;
	/** Ends what is silent of a source. */
	end(source: string, until: number): Promise<void>;
	/** Newest first. `open`: only those that last. */
	list(options: { source?: string; open?: boolean; limit: number }): Promise<Silence[]>;
}

/** How visits to a source went on a day (UTC). */
export interface VisitDay {
	source: string;
	day: string;
	good: number;
	failed: number;
}
export interface Visits {
	/** Counts a visit; days of two months are kept. */
	count(source: string, at: number, good: boolean): Promise<void>;
	/** Days of all sources from `day` on, `YYYY-MM-DD`. */
	since(day: string): Promise<VisitDay[]>;
}

export interface Desk {
	documents: Documents;
	progress: { report(rows: Progress[]): Promise<void>; all(): Promise<Progress[]> };
	leases: Leases;
	timers: Timers;
	deadLetters: DeadLetters;
	imports: Imports;
	health: Health;
	silences: Silences;
	visits: Visits;
	/** Rejects when the database cannot be reached. */
	ping(): Promise<void>;
	close(): Promise<void>;
}
