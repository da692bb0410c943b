/** Places articles in stories, with a memory of what was placed around their time: a cache of the store. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DAY, dayOf, daysAround, Stories } from '#lib/domain/news/stories.ts';
import { organisationsIn } from '#lib/domain/news/terms.ts';
import { formatInstant } from '#lib/domain/time.ts';
import type { Matcher } from '#lib/domain/watchlist/matcher.ts';
import { daysPlaced, originalsOf, type ArticleToPlace } from '#lib/server/store/placing.ts';
import { type NewsRow } from '#lib/server/store/news.ts';
import { knownOf } from '#lib/server/store/rows.ts';
import type { StoryPlacement } from '#lib/server/story-placements.ts';
import type { Store } from '#lib/server/store/store.ts';
import { insertStories, type StoryRow } from '#lib/server/store/stories.ts';
import { settledRows } from './settling.ts';

/** Originals in memory beyond which days are let go that the article in hand does not look at. */
const MOST = 20_000;
/** So long placing has the event loop for itself, ms. */
const BREATH_MS = 15;

interface PlacingOptions {
	store: Store;
	matcher: Matcher;
	/** Where stories are kept: `stories`, or another table of its shape. */
	table: string;
}

/** One at a time has a table: whoever else writes there makes what is remembered untrue. */
export class Placing {
	readonly #options: PlacingOptions;
	/** The demo is told apart from what is real. */
	readonly #real = new Stories();
	readonly #demo = new Stories();
	/** Days of which everything is in memory, the one looked at last at the end. */
	#days = new Set<number>();
	/** Days of which the store may have something that is not in memory. */
	#filled = new Set<number>();
	#today = NaN;
	#since = 0;

	constructor(options: PlacingOptions) {
		this.#options = options;
	}

	/**
	 * Places articles one after the other, and stores where. None may have a place yet. Rejects as {@link Store} does: what is remembered is
	 * then untrue, and another one must be made.
	 */
	async place(articles: readonly ArticleToPlace[]): Promise<void> {
		if (articles.length === 0) return;
		const days = articles.map(({ publishedAt }) => dayOf(Date.parse(publishedAt)));
		const { store, table } = this.#options;
		const [first = 0] = daysAround(Math.min(...days) * DAY);
		const last = daysAround(Math.max(...days) * DAY).at(-1) ?? 0;
		this.#filled = new Set(await daysPlaced(store, { first, last, table }));
		let rows: StoryRow[] = [];
		const keep = async () => {
			await insertStories(store, rows, { table });
			rows = [];
		};
		this.#since = performance.now();
		for (const article of articles) {
			await this.#remember(Date.parse(article.publishedAt), keep);
			rows.push(this.#place(article));
			await this.#breathe();
		}
		await keep();
	}

	/** Puts reports where people said that they belong, in the order in which they said so. Rejects as {@link place} does. */
	async settle(placements: readonly StoryPlacement[]): Promise<void> {
		if (placements.length === 0) return;
		const { store, table } = this.#options;
		const rows = await settledRows(store, placements, table);
		await insertStories(store, rows, { table });
		for (const { publishedAt } of rows) this.#forget(dayOf(Date.parse(publishedAt)));
		this.#today = NaN;
	}

	#place(article: ArticleToPlace): StoryRow {
		const { id, content, publishedAt, known, accepted } = article;
		const placed = this.#of(article).place(this.#read(article));
		return { id, content, ...placed, publishedAt, known, recorded: formatInstant(accepted) };
	}

	#of({ demo }: ArticleToPlace): Stories {
		return demo ? this.#demo : this.#real;
	}

	#read({ id, title, text, language, publishedAt }: ArticleToPlace) {
		const organisations = organisationsIn(this.#options.matcher, title, text);
		return { id, title, text, language, organisations, publishedAt: Date.parse(publishedAt) };
	}

	/** Sees to it that the days around an instant are in memory. `keep` stores what was placed and not stored yet. */
	async #remember(at: number, keep: () => Promise<void>): Promise<void> {
		if (dayOf(at) === this.#today) return;
		this.#today = dayOf(at);
		const wanted = new Set(daysAround(at));
		for (const day of wanted) {
			const there = this.#days.delete(day);
			this.#days.add(day);
			if (!there && this.#filled.has(day)) await this.#load(day);
		}
		for (const day of this.#days) {
			if (this.#real.size + this.#demo.size <= MOST || wanted.has(day)) break;
			await keep();
			this.#forget(day);
		}
	}

	#forget(day: number): void {
		this.#real.forget(day);
		this.#demo.forget(day);
		this.#days.delete(day);
		this.#filled.add(day);
	}

	async #load(day: number): Promise<void> {
		const { store, table } = this.#options;
		for await (const original of originalsOf(store, { day, table })) {
			this.#of(original).restore(this.#read(original), original.story, Date.parse(original.lastAt));
			await this.#breathe();
		}
	}

	async #breathe(): Promise<void> {
		if (performance.now() - this.#since < BREATH_MS) return;
		await nextTurn();
		this.#since = performance.now();
	}
}

/** What is placed of an article that was read from the store entire. */
export function toPlace({ id, content, event, detected, ...taken }: NewsRow): ArticleToPlace {
	const { title, text = '', language = '', publishedAt, observedAt } = event;
	const { known } = knownOf(observedAt, publishedAt, taken);
	const { accepted, origin } = taken;
	const said = { id, content, title, text, language: detected || language, publishedAt };
	return { ...said, known, accepted, demo: origin === 'demo' };
}
