/**
 * How sure a share is: the 95% range of the share underneath, season included and day-to-day scatter not.
 *
 * Model: of `n` visits a source gets a part p of variance V/n + V²σ² with V = p(1 − p). The first term is chance; σ² is the scatter
 * beyond it on the logit scale (Williams 1982, "Extra-binomial variation in logistic linear models"), estimated from the series' own
 * residuals against a moving level and a weekday season. The range is Wilson's (1927) at the effective size n / (1 + (n − 1)Vσ²).
 * Sums of money are the limit of many units: chance drops out, the size is 1/(Vσ²), and the unit with it.
 */

export interface ShareSeries {
	/** Part and total of each period, in order of time. */
	value: ArrayLike<number>;
	total: ArrayLike<number>;
	/** The season that each period belongs to, 0 to 6; null where there is none. */
	season: ArrayLike<number> | null;
}

export interface ShareRange {
	share: number | null;
	low: number | null;
	high: number | null;
}

const Z = 1.959963984540054;
const SEASONS = 7;
/** Periods before and after that make the level of one: four weeks of days. */
const REACH = 14;
/** Below this many periods a season cannot be told from chance. */
const SEASONAL_FROM = 3 * SEASONS;

/** The share of every period and its range; all null where the total is 0. */
export function shareRanges(series: ShareSeries, { counts }: { counts: boolean }): ShareRange[] {
	const observed = Array.from(series.total, (total, i) => i).filter((i) => at(series.total, i) > 0);
	const share = Float64Array.from(observed, (i) => Math.min(1, at(series.value, i) / at(series.total, i)));
	const total = Float64Array.from(observed, (i) => at(series.total, i));
	const { season } = series;
	const seasons =
		season && observed.length >= SEASONAL_FROM ? Uint8Array.from(observed, (i) => at(season, i)) : null;
	const fit = fitted(share, total, seasons);
	const { scatter, freedom } = scatterOf(share, total, fit, counts);
	const z = freedom >= 1 ? studentQuantile(freedom) : Z;
	const ranges = Array.from(series.total, (): ShareRange => ({ share: null, low: null, high: null }));
	for (const [k, i] of observed.entries()) {
		const p = at(share, k);
		const spread = variance(at(fit.share, k)) * scatter;
		const n = at(total, k);
		// With a single period of money nothing is known of its scatter: anything may be underneath.
		const size = counts ? n / (1 + Math.max(0, n - 1) * spread) : freedom >= 1 ? 1 / spread : 0;
		ranges[i] = { share: p, ...wilson(p, size, counts && scatter === 0 ? Z : z) };
	}
	return ranges;
}

/** Wilson's score interval of a proportion `p` seen `n` times; `n` may be fractional, 0 (nothing known) or infinite (no doubt). */
export function wilson(p: number, n: number, z = Z): { low: number; high: number } {
	const w = (z * z) / n;
	if (w === Infinity) return { low: 0, high: 1 };
	const centre = (p + w / 2) / (1 + w);
	const half = Math.sqrt(w * variance(p) + (w * w) / 4) / (1 + w);
	return { low: Math.min(p, Math.max(0, centre - half)), high: Math.max(p, Math.min(1, centre + half)) };
}

interface Fit {
	/** What level and season say of each period. */
	share: Float64Array;
	/** The part of a period's residual that the fit leaves free, 0 to 1. */
	free: Float64Array;
}

/** Level (a mean over four weeks around) plus season, fitted in turns; a season moves the logit, so its step on a share is V·s. */
function fitted(share: Float64Array, total: Float64Array, season: Uint8Array | null): Fit {
	const length = share.length;
	const level = new Float64Array(length).fill(mean(share, total));
	const step = new Float64Array(SEASONS);
	const weight = new Float64Array(SEASONS);
	const seasonal = (i: number) => (season ? variance(at(level, i)) * at(step, at(season, i)) : 0);
	for (let turn = 0; turn < 3; turn++) {
		smooth(share, total, seasonal, level);
		if (!season) break;
		step.fill(0);
		weight.fill(0);
		for (let i = 0; i < length; i++) {
			const s = at(season, i);
			step[s] = at(step, s) + at(total, i) * (at(share, i) - at(level, i));
			weight[s] = at(weight, s) + at(total, i) * variance(at(level, i));
		}
		for (let s = 0; s < SEASONS; s++) step[s] = at(weight, s) > 0 ? at(step, s) / at(weight, s) : 0;
	}
	const sums = running(total, () => 1);
	const fit = new Float64Array(length);
	const free = new Float64Array(length);
	for (let i = 0; i < length; i++) {
		fit[i] = unit(at(level, i) + seasonal(i));
		const near = at(sums, Math.min(length, i + REACH + 1)) - at(sums, Math.max(0, i - REACH));
		const same = season ? at(weight, at(season, i)) : 0;
		const used = at(total, i) / near + (same > 0 ? (at(total, i) * variance(at(level, i))) / same : 0);
		free[i] = Math.max(0, 1 - used);
	}
	return { share: fit, free };
}

/** Writes into `level` the mean of `share` without its season over the periods around each. */
function smooth(
	share: Float64Array,
	total: Float64Array,
	seasonal: (i: number) => number,
	level: Float64Array
): void {
	const parts = running(total, (i) => at(share, i) - seasonal(i));
	const sums = running(total, () => 1);
	for (let i = 0; i < share.length; i++) {
		const from = Math.max(0, i - REACH);
		const to = Math.min(share.length, i + REACH + 1);
		level[i] = unit((at(parts, to) - at(parts, from)) / (at(sums, to) - at(sums, from)));
	}
}

/**
 * σ² such that the squared residuals, each over its variance under the model, add up to the degrees of freedom; 0 where chance
 * alone explains them. By bisection: the sum falls as σ² grows.
 */
function scatterOf(share: Float64Array, total: Float64Array, fit: Fit, counts: boolean) {
	const squares: { square: number; slope: number }[] = [];
	let freedom = 0;
	for (let i = 0; i < share.length; i++) {
		const v = variance(at(fit.share, i));
		if (v < 1e-12) continue;
		const residual = at(share, i) - at(fit.share, i);
		const n = at(total, i);
		freedom += at(fit.free, i);
		if (counts) squares.push({ square: (residual * residual * n) / v, slope: Math.max(0, n - 1) * v });
		else squares.push({ square: (residual / v) ** 2, slope: 0 });
	}
	if (freedom < 1)
		return { scatter: 0, freedom: share.length > 1 && squares.length === 0 ? share.length - 1 : 0 };
	const sum = (scatter: number) =>
		squares.reduce((s, { square, slope }) => s + square / (1 + slope * scatter), 0);
	if (!counts) return { scatter: sum(0) / freedom, freedom };
	if (sum(0) <= freedom) return { scatter: 0, freedom };
	let [low, high] = [0, 1e4];
	for (let turn = 0; turn < 60; turn++) {
		const middle = turn < 20 ? Math.max(1e-6, Math.sqrt(Math.max(1e-9, low) * high)) : (low + high) / 2;
		if (sum(middle) > freedom) low = middle;
		else high = middle;
	}
	return { scatter: (low + high) / 2, freedom };
}

/** Student's 97.5% quantile at `freedom` ≥ 1: Cornish and Fisher's expansion, exact at 1 and within 3% above. */
export function studentQuantile(freedom: number): number {
	if (freedom <= 1) return 12.706204736;
	const z = Z;
	const terms = [
		(z ** 3 + z) / 4,
		(5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
		(3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
	];
	return terms.reduce((sum, term, k) => sum + term / freedom ** (k + 1), z);
}

/** Sums before each index of `weight` × `of`, one longer than `weight`. */
function running(weight: Float64Array, of: (i: number) => number): Float64Array {
	const sums = new Float64Array(weight.length + 1);
	for (let i = 0; i < weight.length; i++) sums[i + 1] = at(sums, i) + at(weight, i) * of(i);
	return sums;
}

const at = (list: ArrayLike<number>, i: number): number => list[i] ?? 0;
const unit = (p: number) => Math.min(1, Math.max(0, p));
const variance = (p: number) => p * (1 - p);
function mean(share: Float64Array, total: Float64Array): number {
	const sum = total.reduce((s, n) => s + n, 0);
	return sum > 0 ? unit(total.reduce((s, n, i) => s + n * at(share, i), 0) / sum) : 0;
}
