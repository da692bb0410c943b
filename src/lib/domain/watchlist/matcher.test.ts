import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { automaton, fold } from './automaton.ts';
import { compile } from './matcher.ts';
import { starter } from './starter.ts';
import { watchlistSchema } from './watchlist.ts';

const list = watchlistSchema.parse({
	organisations: [
		{ id: 'jd', name: 'JD.com', aliases: ['京东', 'Jingdong'], decoys: ['京东方'], ambiguous: ['JD'] },
		{ id: 'guodian', name: '国电' },
		{ id: 'telecom', name: 'China Telecom', aliases: ['中国电信'] },
		{ id: 'apple', name: 'Apple', aliases: ['Apple Pay'], decoys: ['Apple Valley'], people: [{ name: 'Tim Cook' }], ambiguous: ['苹果'] },
		{ id: 'sams', name: "Sam's Club", owner: 'jd' }
	]
}); // prettier-ignore
const matcher = compile(list);
const named = (text: string) =>
	matcher.mentions(text).map(({ organisation, text }) => `${organisation}: ${text}`);

describe('mentions', () => {
	it('are exact slices of the text, in UTF-16 units and in order', () => {
		const text = '😀 京东与Apple合作';
		expect(matcher.mentions(text)).toEqual([
			{ organisation: 'jd', text: '京东', start: 3, end: 5 },
			{ organisation: 'apple', text: 'Apple', start: 6, end: 11 }
		]);
	});

	it('are leftmost and longest', () => {
		expect(named('Apple Pay by Apple')).toEqual(['apple: Apple Pay', 'apple: Apple']);
		expect(named('中国电信')).toEqual(['telecom: 中国电信']);
	});

	it('end at word boundaries in Latin script, and need none beside Chinese or Korean', () => {
		expect(named('Pineapple, Apples, Apple_x')).toEqual([]);
		expect(named('用Apple支付, Apple은, Apple’s')).toEqual(['apple: Apple', 'apple: Apple', 'apple: Apple']);
	});

	it('are hidden by decoys that contain them', () => {
		expect(named('京东方不是京东; Apple Valley')).toEqual(['jd: 京东']);
	});

	it('of capitalised words are none where those are words of the language', () => {
		const store = compile(watchlistSchema.parse({ organisations: [{ id: 'apple', name: 'App Store' }] }));
		expect(store.mentions('Any app store, the App Store, THE APP STORE').map(({ text }) => text)).toEqual(['App Store', 'APP STORE']);
	}); // prettier-ignore

	it("are those of another organisation that bears one's decoy as its name", () => {
		const two = watchlistSchema.parse({
			organisations: [{ id: 'jd', name: '京东', decoys: ['京东方'] }, { id: 'boe', name: '京东方' }]
		}); // prettier-ignore
		expect(
			compile(two)
				.mentions('京东方与京东')
				.map(({ organisation }) => organisation)
		).toEqual(['boe', 'jd']);
	});

	it('by an ambiguous name count only beside another name of the same organisation, or one of its people', () => {
		expect(named('JD Vance spoke')).toEqual([]);
		expect(named('JD up as JD.com reports')).toEqual(['jd: JD', 'jd: JD.com']);
		expect(named('Tim Cook 谈苹果')).toEqual(['apple: 苹果']);
	});

	it('by an ambiguous name count beside another name in another field', () => {
		const { title, text } = { title: 'JD rises', text: 'Jingdong said' };
		expect(matcher.mentionsIn({ title, text }).map(({ field, start }) => [field, start])).toEqual([
			['title', 0],
			['text', 0]
		]);
	});

	it('fold case and apostrophes, but no plain word in lower case and no ambiguous name', () => {
		expect(named('JINGDONG, jd.com, Sam’s club')).toEqual(['jd: JINGDONG', 'jd: jd.com', 'sams: Sam’s club']);
		expect(named('an apple a day; jd.com and jd')).toEqual(['jd: jd.com']);
	});
});

it('reads whom versions of a text name as it would each by itself', () => {
	const matcher = compile(
		watchlistSchema.parse({
			organisations: [
				{ id: 'jd', name: '京东', aliases: ['JD.com'], ambiguous: ['JD'], decoys: ['京东方'], people: [{ name: '刘强东' }] },
				{ id: 'meta', name: 'Facebook', ambiguous: ['Meta'] }
			]
		})
	); // prettier-ignore
	const line = fc.constantFrom('JD', '京东', '京东方', '刘强东', 'Meta', 'Facebook', 'JD.com and', '', 'x');
	fc.assert(
		fc.property(fc.array(fc.array(line, { maxLength: 4 }), { maxLength: 4 }), (versions) => {
			const read = matcher.reader();
			for (const lines of versions) {
				const text = lines.join('\n');
				expect(read(text)).toEqual(new Set(matcher.mentions(text).map((it) => it.organisation)));
			}
		})
	);
});

describe('the automaton', () => {
	it('finds what a plain search finds', () => {
		const word = fc.string({ unit: fc.constantFrom('a', 'B', '京', '东'), minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(
				fc.uniqueArray(word, { selector: fold, maxLength: 8 }),
				fc.array(word, { maxLength: 10 }),
				(patterns, parts) => {
					const text = parts.join('');
					const found: string[] = [];
					automaton(patterns).scan(text, (pattern, end) => found.push(`${pattern} ${end}`));
					const plain = patterns.flatMap((pattern, p) =>
						Array.from(text, (_, i) => i + 1)
							.filter((end) => fold(text.slice(0, end)).endsWith(fold(pattern)))
							.map((end) => `${p} ${end}`)
					);
					expect(found.sort()).toEqual(plain.sort());
				}
			)
		);
	});
});

describe('a watchlist', () => {
	it('refuses unknown fields, double ids and owners that are not in it', () => {
		const bad = [
			{ id: 'a', name: 'A', colour: 'red' },
			{ id: 'a', name: 'B', owner: 'nobody' }
		];
		const wrong = (organisations: unknown[]) => watchlistSchema.safeParse({ organisations }).error?.issues.map(({ path }) => path.join('.')); // prettier-ignore
		expect(wrong(bad.slice(0, 1))).toEqual(['organisations.0']);
		expect(wrong([{ id: 'a', name: 'A' }, ...bad.slice(1)])).toEqual([
			'organisations.1.id',
			'organisations.1.owner'
		]);
	});

	it('that a workspace begins with finds Chinese and Western names, and not what only looks like them', () => {
		const mentions = compile(starter).mentions('微信支付、Sam’s Club 与 Amazon; 京东方, Visa-free, apple');
		expect(mentions.map(({ organisation }) => organisation)).toEqual(['wechat', 'walmart', 'amazon']);
	});
});
