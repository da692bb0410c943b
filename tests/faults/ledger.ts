/** Observations pushed by several writers, what was acknowledged of them, and what the product has of them. */
import { setTimeout as wait } from 'node:timers/promises';

const SHOPS = 4;
const SOURCES = 20;
const FIRST = Date.UTC(2025, 0, 1);
const DAYS = 365;

/** Seeded uniform numbers in [0, 1) (mulberry32, Tommy Ettinger). */
export function random(seed: number): () => number {
	return () => {
		let t = (seed += 0x6d2b79f5);
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const day = (n: number) => new Date(FIRST + n * 86_400_000).toISOString().slice(0, 10);
const valueOf = (i: number) => ((Math.imul(i + 1, 2654435761) >>> 8) % 9_973) + 1;

/** The i-th observation; each has a place and a value of its own. */
export function observation(name: string, i: number) {
	const at = day(Math.floor(i / (SHOPS * SOURCES)));
	return {
		provider: 'faults',
		destination: `${name}-${i % SHOPS}`,
		source: `s${Math.floor(i / SHOPS) % SOURCES}.example`,
		from: at,
		to: at,
		metric: 'new_users',
		value: valueOf(i)
	};
}
const numberOf = (shop: number, source: string, at: string) =>
	shop +
	SHOPS * (Number(/^s(\d+)/.exec(source)?.[1]) + SOURCES * Math.round((Date.parse(at) - FIRST) / 86_400_000));

export class Ledger {
	readonly acknowledged = new Set<number>();
	readonly tried = new Set<number>();
	/** Answers other than 202 and 503 with Retry-After. */
	readonly odd: number[] = [];
	readonly #rnd: () => number;
	readonly #name: string;
	readonly #batches: number[][] = [];
	#next = 0;

	constructor(name: string, seed: number) {
		this.#name = name;
		this.#rnd = random(seed);
	}

	/** Pushes from three writers at once, some batches again, until the returned function is called; that resolves when all have ended. */
	write(url: string): () => Promise<void> {
		const stop = { now: false };
		const writers = Promise.all([1, 2, 3].map(() => this.#writer(url, stop)));
		return async () => {
			stop.now = true;
			await writers;
		};
	}

	async #writer(url: string, stop: { now: boolean }): Promise<void> {
		while (!stop.now) {
			const batch = this.#batch();
			for (const i of batch) this.tried.add(i);
			const body = batch.map((i) => `${JSON.stringify(observation(this.#name, i))}\n`).join('');
			const response = await fetch(`${url}/api/v1/traffic`, {
				method: 'POST',
				headers: { 'content-type': 'application/x-ndjson' },
				body
			}).catch(() => null);
			if (response?.status === 202) for (const i of batch) this.acknowledged.add(i);
			else if (response && !(response.status === 503 && response.headers.has('retry-after')))
				this.odd.push(response.status);
			await response?.body?.cancel().catch(() => undefined);
			await wait(response?.status === 202 ? this.#rnd() * 10 : 50);
		}
	}

	#batch(): number[] {
		if (this.#batches.length && this.#rnd() < 0.15)
			return this.#batches[Math.floor(this.#rnd() * this.#batches.length)] ?? [];
		const size = Math.min(1 + Math.floor(this.#rnd() * 100), SHOPS * SOURCES * DAYS - this.#next);
		const batch = Array.from({ length: size }, () => this.#next++);
		this.#batches.push(batch);
		return batch;
	}

	/** What the product has: numbers acknowledged and missing, with another value or twice, never sent. */
	async judge(url: string): Promise<{ missing: number; wrong: number; invented: number }> {
		const found = { missing: 0, wrong: 0, invented: 0 };
		const seen = new Set<number>();
		for (let shop = 0; shop < SHOPS; shop++) {
			const query = new URLSearchParams({
				destination: `${this.#name}-${shop}`,
				metric: 'new_users',
				provider: 'faults'
			});
			const response = await fetch(`${url}/api/v1/shares?${query}`);
			if (!response.ok) throw new Error(`shares answered ${response.status}: ${await response.text()}`);
			const { series } = (await response.json()) as {
				series: { source: string; points: { from: string; value: number }[] }[];
			};
			for (const { source, points } of series)
				for (const { from, value } of points) {
					const i = numberOf(shop, source, from);
					if (!this.tried.has(i)) found.invented++;
					else if (seen.has(i) || value !== valueOf(i)) found.wrong++;
					seen.add(i);
				}
		}
		for (const i of this.acknowledged) if (!seen.has(i)) found.missing++;
		return found;
	}
}
export const NOTHING = { missing: 0, wrong: 0, invented: 0 };
