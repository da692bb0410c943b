/**
 * A linear scale, from numbers to pixels. d3's own brings the mixing of colours and a language of number formats along, a tenth of
 * what a page may send; d3 makes the shapes, the stacks and the ticks.
 */
export interface Scale {
	(value: number): number;
	invert: (pixel: number) => number;
	domain: [number, number];
	range: [number, number];
}

/** A domain of one value lies at the beginning of the range. */
export function linear(domain: [number, number], range: [number, number]): Scale {
	const [[d0, d1], [r0, r1]] = [domain, range];
	const slope = d1 === d0 ? 0 : (r1 - r0) / (d1 - d0);
	const scale = (value: number) => r0 + (value - d0) * slope;
	const invert = (pixel: number) => (slope === 0 ? d0 : d0 + (pixel - r0) / slope);
	return Object.assign(scale, { invert, domain, range });
}
