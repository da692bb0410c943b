/** Where what people said puts reports: the rows of `stories` that say so. */
import { formatInstant } from '#lib/domain/time.ts';
import { ownStory, type StoryPlacement } from '#lib/server/story-placements.ts';
import { BY_CLUSTERING, placesOf, storiesThere, type Place } from '#lib/server/store/placing.ts';
import type { Store } from '#lib/server/store/store.ts';
import type { StoryRow } from '#lib/server/store/stories.ts';

/**
 * Goes through placements in their order. A report that was put elsewhere repeats nobody, unless it is said to; one that was taken back is
 * where clustering had put it; what repeats it goes with it. Nothing is told of what is there already, nor of articles without a place.
 */
export async function settledRows(
	store: Store,
	placements: readonly StoryPlacement[],
	table: string
): Promise<StoryRow[]> {
	const others = placements.flatMap(({ body: { to } }) => (to === null || to === 'own' ? [] : to));
	const articles = [...placements.map(({ id }) => id), ...others.map(({ article }) => article)];
	const places = new Places(await placesOf(store, { articles: [...new Set(articles)], table }));
	const there = await storiesThere(store, { stories: others.map(({ story }) => story), table });
	return placements.flatMap(({ id, body: { to }, at }) => {
		const first = places.byClustering(id);
		if (!first) return [];
		const placed = (): Pick<Place, 'story' | 'copyOf'> => {
			if (to === 'own') return { story: ownStory(id), copyOf: '0' };
			if (to === null) return { ...first, story: places.of(first.copyOf)?.story ?? first.story };
			const other = places.of(to.article);
			const original = other?.copyOf === '0' ? other.id : (other?.copyOf ?? '0');
			return {
				story: there.has(to.story) ? to.story : (other?.story ?? to.story),
				copyOf: to.copy ? original : '0'
			};
		};
		const { story, copyOf } = placed();
		const said = formatInstant(at);
		return [
			...places
				.copiesOf(id)
				.flatMap((copy) => places.put(copy, { story, copyOf: copyOf === '0' ? id : copyOf }, said)),
			...places.put(id, { story, copyOf }, said)
		];
	});
}

class Places {
	readonly #rows: Map<string, Place[]>;

	constructor(rows: readonly Place[]) {
		this.#rows = Map.groupBy(rows, ({ id }) => id);
	}

	/** Where an article is. */
	of(id: string): Place | undefined {
		return this.#latest(id)[0];
	}

	/** Where clustering had put it first. */
	byClustering(id: string): Place | undefined {
		return this.#rows
			.get(id)
			?.filter(({ said }) => said === BY_CLUSTERING)
			.reduce<Place | undefined>((first, row) => (first && first.recorded <= row.recorded ? first : row), undefined);
	} // prettier-ignore

	/** What repeats an article, also by way of another that the article was said to repeat; not what was set apart by itself. */
	copiesOf(id: string): string[] {
		return [...this.#rows.keys()].filter((other) => {
			const repeats = this.of(other)?.copyOf;
			return repeats === id || (repeats !== '0' && this.byClustering(other)?.copyOf === id);
		});
	}

	/** Puts all that an article ever said somewhere; gives the rows that say so, recorded after those that they take the place of. */
	put(id: string, { story, copyOf }: Pick<Place, 'story' | 'copyOf'>, said: string): StoryRow[] {
		const latest = this.#latest(id).reverse();
		const newest = latest.at(-1);
		if (!newest || latest.every((row) => row.story === story && row.copyOf === copyOf)) return [];
		const since = Math.max(Date.parse(said), Date.parse(newest.recorded) + 1);
		const rows = latest.map((row, i): Place => {
			const known = row.known > said ? row.known : said;
			return { ...row, story, copyOf, known, said, recorded: formatInstant(since + i) };
		});
		this.#rows.get(id)?.push(...rows);
		return rows.map((row) => ({ ...row, copyOf: copyOf === '0' ? null : copyOf }));
	}

	/** The row that counts of each thing that an article said, what it said last first. */
	#latest(id: string): Place[] {
		const rows = (this.#rows.get(id) ?? []).toSorted((a, b) => (a.recorded < b.recorded ? 1 : -1));
		return rows.filter((row, i) => rows.findIndex(({ content }) => content === row.content) === i);
	}
}
