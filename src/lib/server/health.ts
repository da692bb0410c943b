/** What is known of everything that gives us data: noted in memory, written to the desk at most twice a second, only when changed. */
import type { Health, SourceHealth } from './desk/desk.ts';

export class HealthBoard {
	readonly #known = new Map<string, SourceHealth>();
	readonly #changed = new Set<string>();
	readonly #desk: Health;
	readonly #now: () => number;

	constructor(desk: Health, now: () => number) {
		this.#desk = desk;
		this.#now = now;
	}

	/** A try of `id`: `error` in words, null for a success. `state`: what the failure means, where that is more than a failure. */
	note(id: string, kind: string, error: string | null, state: SourceHealth['state'] = 'failing'): void {
		const at = this.#now();
		const before = this.#known.get(id);
		this.#known.set(id, {
			id,
			kind,
			state: error === null ? 'fresh' : state,
			lastSuccess: error === null ? at : (before?.lastSuccess ?? null),
			lastAttempt: at,
			error
		});
		this.#changed.add(id);
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
