/** Outlines as short as a screen can tell them: one point a column of pixels, in relative steps of tenths. */

/** A point of a band, in pixels. */
export interface Side {
	x: number;
	low: number;
	high: number;
}

/** The means of the points that fall within the same `column` pixels; the ends of a run stay where they are. */
export function thin(run: readonly Side[], column: number): Side[] {
	const [first, last] = [run[0], run.at(-1)];
	if (!first || !last || run.length < 3) return [...run];
	const columns = Map.groupBy(run.slice(1, -1), ({ x }) => Math.floor(x / column));
	const mean = (points: Side[], of: (point: Side) => number) =>
		points.reduce((sum, point) => sum + of(point), 0) / points.length;
	return [
		first,
		...columns.values().map((points): Side => {
			const [only] = points;
			return only && points.length === 1 ? only : { x: mean(points, ({ x }) => x), low: mean(points, ({ low }) => low), high: mean(points, ({ high }) => high) }; // prettier-ignore
		}),
		last
	];
}

/** A closed path along the upper side and back along the lower one; empty without points. */
export function outline(run: readonly Side[], column = 1): string {
	const sides = thin(run, column);
	return sides.length
		? `${steps([...sides.map(({ x, high }) => [x, high] as const), ...sides.toReversed().map(({ x, low }) => [x, low] as const)])}z`
		: '';
}

/** From point to point; a step is the difference of places already rounded, so that roundings do not add up. */
function steps(points: readonly (readonly [number, number])[]): string {
	let [x, y] = [0, 0];
	let path = '';
	points.forEach(([px, py], i) => {
		const [nextX, nextY] = [Math.round(px * 10), Math.round(py * 10)];
		const step = pair(tenths(nextX - x), tenths(nextY - y));
		if (i === 0) path = `M${step}`;
		else if (i === 1) path += `l${step}`;
		else path += step.startsWith('-') ? step : ` ${step}`;
		[x, y] = [nextX, nextY];
	});
	return path;
}

const pair = (x: string, y: string) => (y.startsWith('-') ? x + y : `${x} ${y}`);
/** `12`, `.5`, `-.3`. */
function tenths(number: number): string {
	const [whole, tenth] = [Math.trunc(Math.abs(number) / 10), Math.abs(number) % 10];
	return `${number < 0 ? '-' : ''}${whole || !tenth ? whole : ''}${tenth ? `.${tenth}` : ''}`;
}
