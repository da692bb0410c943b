/** Tells listeners that something of a topic has become readable, in whichever process it was stored. */
import { TOPICS, type InputTopic } from '#lib/domain/events.ts';
import type { Progress } from './desk/desk.ts';
import { STAGES } from './log/log.ts';

export interface Change {
	topic: InputTopic;
	/** When it was seen to be readable, ms. */
	at: number;
}
type Listener = { changed(change: Change): void; ended(): void };

/** The topic whose events can be read once they are stored from a topic of the log: the last that they go through. */
const readableFrom = new Map<string, InputTopic>(
	TOPICS.map((topic) => [STAGES[topic].at(-1) ?? topic, topic])
);

/**
 * Watches the progress that consumers write to the desk, only while somebody listens: one query for all listeners. `read` gives all
 * progress; its errors go to `onError`, and the watch goes on.
 */
export class Changes {
	readonly #listeners = new Set<Listener>();
	readonly #read: () => Promise<Progress[]>;
	readonly #onError: (error: unknown) => void;
	readonly #every: number;
	#stored = new Map<string, number>();
	#timer: NodeJS.Timeout | undefined;
	#first: Promise<void> = Promise.resolve();

	constructor(read: () => Promise<Progress[]>, onError: (error: unknown) => void, every = 150) {
		this.#read = read;
		this.#onError = onError;
		this.#every = every;
	}

	/** `ended` is called when the process shuts down. Returns a function that ends the listening. */
	listen(changed: Listener['changed'], ended: Listener['ended']): () => void {
		const listener = { changed, ended };
		this.#listeners.add(listener);
		if (this.#listeners.size === 1) {
			this.#stored = new Map();
			this.#first = this.#look(true);
			this.#timer = setTimeout(() => this.#next(), this.#every);
		}
		return () => {
			this.#listeners.delete(listener);
			if (this.#listeners.size === 0) clearTimeout(this.#timer);
		};
	}

	close(): void {
		clearTimeout(this.#timer);
		for (const listener of [...this.#listeners]) listener.ended();
		this.#listeners.clear();
	}

	#next(): void {
		void this.#first
			.then(() => this.#look(false))
			.finally(() => {
				if (this.#listeners.size) this.#timer = setTimeout(() => this.#next(), this.#every);
			});
	}

	/** Compares with what was stored at the last look. Never rejects. */
	async #look(first: boolean): Promise<void> {
		try {
			const topics = new Set<InputTopic>();
			for (const { topic, partition, stored } of await this.#read()) {
				const key = `${topic}/${partition}`;
				const readable = readableFrom.get(topic);
				if (readable && !first && stored > (this.#stored.get(key) ?? 0)) topics.add(readable);
				this.#stored.set(key, Math.max(stored, this.#stored.get(key) ?? 0));
			}
			const at = Date.now();
			for (const topic of topics) for (const { changed } of [...this.#listeners]) changed({ topic, at });
		} catch (error) {
			this.#onError(error);
		}
	}
}
