/** Articles of known stories, pushed whatever becomes of the product, and what the product makes of them. */
import { setTimeout as wait } from 'node:timers/promises';
import { random } from './ledger.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 5, 1);
const ARTICLES = 10;
/** Articles that carry the story's text; the others have a headline alone. */
const WITH_TEXT = 3;
const PUSH = 100;
const SYLLABLES = ['ba', 'fi', 'go', 'ka', 'lu', 'mo', 'ni', 'pa', 'ru', 'to'];

/** The n-th word of a story that nobody else says. */
const wordOf = (story: number, n: number) =>
	`${String(story).padStart(4, '0')}${String(n).padStart(2, '0')}`.replace(/\d/g, (digit) => SYLLABLES[Number(digit)] ?? ''); // prettier-ignore

/** What a product that lost or split nothing says. */
export const WHOLE = { missing: 0, twice: 0, split: 0, mixed: 0, copies: 'right' };

export class Gazette {
	readonly #stories: number;
	readonly #events: { url: string; title: string; text?: string; publisher: string; publishedAt: string }[];

	/** Of so many stories, of ten articles each within half a day, in the order of their time as far as a pushing crowd keeps it. */
	constructor(stories: number, seed: number) {
		this.#stories = stories;
		const dice = random(seed);
		const events = Array.from({ length: stories * ARTICLES }, (_, at) => {
			const [story, n] = [Math.floor(at / ARTICLES), at % ARTICLES];
			const words = [0, 1, 2, 3, 4, 5].filter((word) => word !== n % 6).map((word) => wordOf(story, word));
			const text = Array.from({ length: 16 }, (_, word) => wordOf(story, word)).join(' ');
			return {
				url: `https://gazette.example/${story}/${n}`,
				title: (n % 2 ? words : words.reverse()).join(' '),
				...(n < WITH_TEXT && { text }),
				publisher: `Paper ${n}`,
				publishedAt: new Date(START + (story / 8) * HOUR + n * HOUR).toISOString()
			};
		});
		const order = new Map(events.map((event) => [event, Date.parse(event.publishedAt) + dice() * 6 * HOUR]));
		this.#events = events.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
	}

	/** Pushes all of it, a hundred at a time, each until it is acknowledged. `url` is asked for every time. */
	async push(url: () => string | undefined): Promise<void> {
		for (let at = 0; at < this.#events.length; at += PUSH)
			while (!(await this.#pushed(`${url()}/api/v1/news`, this.#events.slice(at, at + PUSH))))
				await wait(100);
	}

	async #pushed(url: string, events: object[]): Promise<boolean> {
		const headers = { 'content-type': 'application/json' };
		return fetch(url, { method: 'POST', headers, body: JSON.stringify(events) }).then(
			({ status }) => status === 202,
			() => false
		);
	}

	/** Compares the product's stories with the known ones. */
	async judge(url: string): Promise<typeof WHOLE> {
		const told = await this.#told(url);
		const seen = new Map<string, number>();
		const storiesOf = new Map<string, Set<string>>();
		let [mixed, copies] = [0, 0];
		for (const { id, articles } of told) {
			const known = new Set(articles.map((article) => article.url.split('/').at(-2) ?? ''));
			if (known.size > 1) mixed++;
			for (const story of known) storiesOf.set(story, (storiesOf.get(story) ?? new Set()).add(id));
			for (const article of articles) {
				seen.set(article.url, (seen.get(article.url) ?? 0) + 1);
				if (article.copyOf !== null) copies++;
			}
		}
		return {
			missing: this.#events.filter((event) => !seen.has(event.url)).length,
			twice: [...seen.values()].filter((times) => times > 1).length,
			split: [...storiesOf.values()].filter((ids) => ids.size > 1).length,
			mixed,
			copies: copies === this.#stories * (WITH_TEXT - 1) ? 'right' : `${copies}`
		};
	}

	async #told(url: string) {
		const all: { id: string; articles: { url: string; copyOf: string | null }[] }[] = [];
		let path: string | undefined = '/api/v1/stories?limit=100';
		while (path) {
			const response: Response = await fetch(`${url}${path}`);
			if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
			all.push(...((await response.json()) as typeof all));
			path = /^<([^>]+)>/.exec(response.headers.get('link') ?? '')?.[1];
		}
		return all;
	}
}
