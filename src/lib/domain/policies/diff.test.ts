import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, shortestEdit } from './align.ts';
import { clausesOf } from './clauses.ts';
import { diffPolicies } from './diff.ts';

const policy = [
	'# Privacy',
	'We collect the phone number that you register with.',
	'## Sharing',
	'Sellers receive your address so that they can deliver. Carriers receive it as well when they fetch the parcel.',
	'Payment firms receive the amount and the last digits of the card.',
	'Same as above.',
	'## Retention',
	'Logs are kept for 180 days and then deleted.',
	'Same as above.',
	'Children under fourteen need the consent of a parent.'
];
const text = (lines: string[]) => lines.join('\n\n');
const kinds = (before: string[], after: string[]) =>
	diffPolicies(text(before), text(after)).changes.map(({ kind }) => kind);
const without = (i: number) => policy.filter((_, k) => k !== i);
const replaced = (i: number, ...lines: string[]) => policy.flatMap((line, k) => (k === i ? lines : [line]));

describe('clauses', () => {
	it('are paragraphs, list items, table rows and headings, under the headings above them', () => {
		const markdown =
			'Terms\n=====\n\n## Data\n\nOne\nline.\n\n* a bullet\n* another\n\n| a | b |\n|---|---|\n| c | d |\n';
		expect(clausesOf(markdown).map(({ heading, text }) => [heading, text])).toEqual([
			['', 'Terms'],
			['Terms', 'Data'],
			['Terms › Data', 'One line.'],
			['Terms › Data', 'a bullet'],
			['Terms › Data', 'another'],
			['Terms › Data', 'a | b'],
			['Terms › Data', 'c | d']
		]);
	});

	it('begin on each line where the line before ends in Chinese', () => {
		expect(clausesOf('一、我们收集手机号。\n二、我们收集位置。').map(({ key }) => key)).toEqual([
			'我 们 收 集 手 机 号',
			'我 们 收 集 位 置'
		]);
	});

	it('have the same key whatever their numbering, bullets, emphasis, links, case and width', () => {
		const ways = ['We share data.', '1. We share data', '- **We** _share_ data.', '(iv) [We](https://a.example) share data', 'ＷＥ share data']; // prettier-ignore
		expect(new Set(ways.map((way) => clausesOf(way)[0]?.key))).toEqual(new Set(['we share data']));
	});

	it.each([
		['1.2 We share data.', '1.3 We share data.'],
		['2.1.4 we share data', '2.2.1 we share data'],
		['第十二条 我们共享数据。', '第十三条 我们共享数据。'],
		['Article 5 We share data.', 'Article 6 We share data.'],
		['§ 5 Wir teilen Daten.', '§ 6 Wir teilen Daten.'],
		['제12조 데이터를 공유합니다.', '제13조 데이터를 공유합니다.']
	])('have the same key however they are numbered: %s, %s', (one, other) => {
		expect(clausesOf(one)[0]?.key).toBe(clausesOf(other)[0]?.key);
	});

	it.each([
		['1.2 million accounts are read.', '1.3 million accounts are read.'],
		['1.2 万个账号。', '1.3 万个账号。'],
		['Section 4.2 applies to you.', 'Section 4.3 applies to you.']
	])('have another key where the number says something: %s, %s', (one, other) => {
		expect(clausesOf(one)[0]?.key).not.toBe(clausesOf(other)[0]?.key);
	});

	it('keep their numbering in the text', () => {
		expect(clausesOf('4.1. You must be 18.')[0]?.text).toBe('4.1. You must be 18.');
	});
});

describe('the diff of two policies', () => {
	it('tells a changed word in a script without spaces as a modified clause', () => {
		const clauses = ['เราประมวลผลข้อมูลส่วนบุคคลเพื่อให้บริการแก่คุณ', 'ผู้ให้บริการชำระเงินได้รับที่อยู่ของคุณและคำสั่งซื้อ'];
		const reworded = ['เราประมวลผลข้อมูลส่วนบุคคลเพื่อให้บริการแก่คุณ', 'ผู้ให้บริการชำระเงินได้รับเบอร์โทรของคุณและคำสั่งซื้อ'];
		expect(kinds(clauses, reworded)).toEqual(['modified']);
	});

	it('tells an added, a removed, a modified and a moved clause as what they are', () => {
		expect(kinds(policy, replaced(4, policy[4] ?? '', 'Friends may find you by your nickname.'))).toEqual([
			'added'
		]);
		expect(kinds(policy, without(4))).toEqual(['removed']);
		expect(kinds(policy, replaced(7, 'Logs are kept for 90 days and then deleted.'))).toEqual(['modified']);
		expect(kinds(policy, [...without(1), policy[1] ?? ''])).toEqual(['moved']);
	});

	it('tells a split and a merger with all parts, one a line', () => {
		const parts = [
			'Sellers receive your address so that they can deliver.',
			'Carriers receive it as well when they fetch the parcel.'
		];
		const split = diffPolicies(text(policy), text(replaced(3, ...parts))).changes;
		expect(split).toMatchObject([{ kind: 'split', before: { heading: 'Privacy › Sharing', text: policy[3] }, after: { text: parts.join('\n') } }]); // prettier-ignore
		const merged = diffPolicies(text(replaced(3, ...parts)), text(policy)).changes;
		expect(merged).toMatchObject([
			{ kind: 'merged', before: { text: parts.join('\n') }, after: { text: policy[3] } }
		]);
	});

	it('calls no repeated clause moved', () => {
		expect(kinds(policy, [...without(5), 'Same as above.'])).toEqual([]);
	});

	it('sees no change in a new layout', () => {
		const anew = policy.map((line, i) =>
			line.startsWith('#') ? `###${line}` : `${i}.  ${line.replace(' ', '   ')}`
		);
		expect(diffPolicies(text(policy), anew.join('\r\n\r\n\r\n')).changes).toEqual([]);
	});

	it(
		'gives an answer for texts that share nothing, are empty, or are one line of a megabyte',
		{ timeout: 20_000 },
		() => {
			expect(kinds([], policy)).toHaveLength(policy.length);
			expect(kinds(policy, [])).toHaveLength(policy.length);
			expect(kinds([], [])).toEqual([]);
			const line = 'words of every kind '.repeat(50_000);
			expect(kinds([line], [line.slice(500) + 'new'])).toEqual(['modified']);
			expect(
				kinds(['# a' + ' #'.repeat(100_000) + 'b'], ['|' + ' '.repeat(100_000) + '|' + '['.repeat(100_000)])
			).toHaveLength(1);
		}
	);

	it('accounts for every clause of both texts', () => {
		const lines = fc.array(fc.constantFrom(...policy, 'Other words stand here now.', 'And here.'), {
			maxLength: 15
		});
		fc.assert(
			fc.property(lines, lines, (before, after) => {
				const { changes, stats } = diffPolicies(text(before), text(after));
				expect(stats.before).toBe(before.length);
				expect(changes.length).toBe(
					stats.added + stats.removed + stats.modified + stats.moved + stats.split + stats.merged
				);
				const told = (side: 'before' | 'after') =>
					changes.flatMap((change) => change[side]?.text.split('\n') ?? []).length + stats.unchanged;
				expect(before.length - told('before')).toBe(after.length - told('after'));
				expect(before.length - told('before')).toBeGreaterThanOrEqual(0);
			})
		);
	});
});

describe('the alignment of two sequences', () => {
	const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 30 });
	/** Length of a longest common subsequence, by the plain table. */
	const longest = (a: string[], b: string[]) => {
		const rows = a.reduce<number[][]>(
			(rows, x, i) => {
				const row = [0];
				for (const [j, y] of b.entries())
					row.push(x === y ? (rows[i]?.[j] ?? 0) + 1 : Math.max(rows[i]?.[j + 1] ?? 0, row[j] ?? 0));
				return [...rows, row];
			},
			[b.map(() => 0).concat(0)]
		);
		return rows.at(-1)?.at(-1) ?? 0;
	};

	it('by the fewest edits finds a longest common subsequence', () => {
		fc.assert(
			fc.property(letters, letters, (a, b) => {
				const pairs = shortestEdit(a, b) ?? [];
				for (const [i, j] of pairs) expect(a[i]).toBe(b[j]);
				expect(pairs.length).toBe(longest(a, b));
			})
		);
	});

	it('pairs equal elements and rises on both sides', () => {
		fc.assert(
			fc.property(letters, letters, (a, b) => {
				let [x, y] = [-1, -1];
				for (const [i, j] of align(a, b, () => 1)) {
					expect(a[i]).toBe(b[j]);
					expect(i > x && j > y).toBe(true);
					[x, y] = [i, j];
				}
			})
		);
	});

	it('keeps the heavy element in place and lets the light one move', () => {
		const weights = [1, 9];
		expect(align(['x', 'long'], ['long', 'x'], (i) => weights[i] ?? 0)).toEqual([[1, 0]]);
	});
});
