/** What is known of everything that gives us data: noted in memory, written to the desk at most twice a second, only when changed. */
import type { Health, SourceHealth } from './desk/desk.ts';

export type Noted = Partial<Pick<SourceHealth, 'state' | 'failure' | 'next'>>;

export class HealthBoard {
	readonly #known = new Map<string, SourceHealth>();
	readonly #changed = new Set<string>();
	readonly #desk: Health;
	readonly #now: () => number;

	constructor(desk: Health, now: () => number) {
		this.#desk = desk;
		this.#now = now;
	}

	/** A try of `id`: `error` in words, null for a success. `more`: what the failure means, and of what is fetched when it is tried next. */
	note(id: string, kind: string, error: string | null, more: Noted = {}): void {
		const at = this.#now();
		const { state = 'failing', failure = null, next = null } = more;
		const before = this.#known.get(id);
		this.#known.set(id, {
			id,
			kind,
			state: error === null ? 'fresh' : state,
			lastSuccess: error === null ? at : (before?.lastSuccess ?? null),
			lastAttempt: at,
			error,
			failure: error === null ? null : failure,
			next
		});
		this.#changed.add(id);
	}

	/** What is known of `id`, by this process or by those before it. */
	of(id: string): SourceHealth | undefined {
		return this.#known.get(id);
	}

	/** Starts from what an earlier process wrote, so that a restart forgets no last success. */
	async load(): Promise<void> {
		for (const source of await this.#desk.all())
			if (!this.#known.has(source.id)) this.#known.set(source.id, source);
	}

	async flush(): Promise<void> {
		const changed = [...this.#changed].flatMap((id) => this.#known.get(id) ?? []);
		if (changed.length === 0) return;
		this.#changed.clear();
		try {
			await this.#desk.report(changed);
		} catch (error) {
			for (const { id } of changed) this.#changed.add(id);
			throw error;
		}
	}
}
