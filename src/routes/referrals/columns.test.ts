import { describe, expect, it } from 'vitest';
import { pack, unpack } from './columns.ts';

const point = (day: number, value: number, share: number | null) => ({
	from: `2026-10-0${day}`,
	to: `2026-10-0${day}`,
	value,
	share,
	low: share === null ? null : share / 2,
	high: share
});
const series = [
	{ source: 'app.example', points: [point(1, 5, 0.25), point(3, 0, null)] },
	{ source: '(unattributed)', points: [point(1, 15, 0.75), point(2, 7, 1)] },
	{ source: 'none.example', points: [] }
];

describe('series as columns', () => {
	it('come out as they went in, but for the ranges of all but the subject: gaps stay gaps, zeros zeros', () => {
		const [subject, ...others] = series;
		const bare = others.map(({ source, points }) => ({
			source,
			points: points.map((one) => ({ ...one, low: null, high: null }))
		}));
		expect(unpack(pack(series, 'app.example'))).toEqual([subject, ...bare]);
	});
	it('name each period once', () => {
		expect(pack(series, null).from).toEqual(['2026-10-01', '2026-10-02', '2026-10-03']);
	});
	it('keep a share to a thousandth of a percent point', () => {
		const [one] = unpack(pack([{ source: 'a', points: [point(1, 1, 0.123456789)] }], 'a'));
		expect(one?.points[0]?.share).toBe(0.12346);
	});
});
