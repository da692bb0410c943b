/**
 * Logistic regression with an L2 penalty, fitted by L-BFGS (Nocedal 1980), and Platt's scaling. Features are binary and given by index.
 * Deterministic: the same rows in the same order give the same weights.
 */

export interface Row {
	/** Indices of the features that are there. */
	features: Int32Array;
	positive: boolean;
	/** How much the row counts. */
	weight: number;
}

const MEMORY = 8;

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

export function scoreOf(weights: Float64Array, features: Int32Array): number {
	let score = 0;
	for (const feature of features) score += weights[feature] ?? 0;
	return score;
}

/** Weights that minimise Σ weight·loss + ½ Σ penalty·w². `penalties`: one for each feature. */
export function fit(rows: readonly Row[], penalties: Float64Array, iterations: number): Float64Array {
	const dims = penalties.length;
	const lossAt = (w: Float64Array, gradient: Float64Array): number => {
		let loss = 0;
		for (let i = 0; i < dims; i++) {
			const value = w[i] ?? 0;
			const penalty = penalties[i] ?? 0;
			gradient[i] = penalty * value;
			loss += (penalty * value * value) / 2;
		}
		for (const { features, positive, weight } of rows) {
			const z = scoreOf(w, features);
			const margin = positive ? z : -z;
			loss += weight * (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin);
			const slope = weight * (sigmoid(z) - (positive ? 1 : 0));
			for (const feature of features) gradient[feature] = (gradient[feature] ?? 0) + slope;
		}
		return loss;
	};

	let w = new Float64Array(dims);
	let gradient = new Float64Array(dims);
	let loss = lossAt(w, gradient);
	const past: { s: Float64Array; y: Float64Array; rho: number }[] = [];
	for (let round = 0; round < iterations; round++) {
		const direction = descent(gradient, past);
		const slope = dot(gradient, direction);
		if (slope > -1e-9) break;
		let step = round === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
		let [next, nextGradient, nextLoss] = [w, gradient, loss];
		for (let tries = 0; tries < 25; tries++, step /= 2) {
			next = w.map((value, i) => value + step * (direction[i] ?? 0));
			nextGradient = new Float64Array(dims);
			nextLoss = lossAt(next, nextGradient);
			if (nextLoss <= loss + 1e-4 * step * slope) break;
		}
		if (nextLoss >= loss) break;
		const s = next.map((value, i) => value - (w[i] ?? 0));
		const y = nextGradient.map((value, i) => value - (gradient[i] ?? 0));
		const curvature = dot(s, y);
		if (curvature > 1e-12) past.push({ s, y, rho: 1 / curvature });
		if (past.length > MEMORY) past.shift();
		const settled = loss - nextLoss < 1e-5 * Math.abs(loss);
		[w, gradient, loss] = [next, nextGradient, nextLoss];
		if (settled) break;
	}
	return w;
}

const dot = (a: Float64Array, b: Float64Array) => {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
	return sum;
};

/** L-BFGS's two loops: minus the gradient times an estimate of the inverse Hessian. */
function descent(gradient: Float64Array, past: readonly { s: Float64Array; y: Float64Array; rho: number }[]) {
	const q = gradient.slice();
	const alphas: number[] = [];
	for (const { s, y, rho } of past.toReversed()) {
		const alpha = rho * dot(s, q);
		alphas.unshift(alpha);
		for (let i = 0; i < q.length; i++) q[i] = (q[i] ?? 0) - alpha * (y[i] ?? 0);
	}
	const last = past.at(-1);
	const scale = last ? dot(last.s, last.y) / dot(last.y, last.y) : 1;
	for (let i = 0; i < q.length; i++) q[i] = (q[i] ?? 0) * scale;
	for (const [k, { s, y, rho }] of past.entries()) {
		const beta = rho * dot(y, q);
		for (let i = 0; i < q.length; i++) q[i] = (q[i] ?? 0) + ((alphas[k] ?? 0) - beta) * (s[i] ?? 0);
	}
	return q.map((value) => -value);
}

export interface Scored {
	score: number;
	positive: boolean;
}

/** Platt's scaling (1999): slope and offset of the logistic curve from scores of rows that the model has not seen. */
export function platt(scored: readonly Scored[]): { slope: number; offset: number } {
	let [slope, offset] = [1, 0];
	for (let round = 0; round < 50; round++) {
		let [ga, gb, haa, hab, hbb] = [0, 0, 1e-6, 0, 1e-6];
		for (const { score, positive } of scored) {
			const p = sigmoid(slope * score + offset);
			const error = p - (positive ? 1 : 0);
			const curve = p * (1 - p);
			ga += error * score;
			gb += error;
			haa += curve * score * score;
			hab += curve * score;
			hbb += curve;
		}
		const determinant = haa * hbb - hab * hab;
		if (determinant < 1e-12) break;
		const [da, db] = [(hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant];
		slope -= da;
		offset -= db;
		if (Math.abs(da) + Math.abs(db) < 1e-9) break;
	}
	return { slope, offset };
}
