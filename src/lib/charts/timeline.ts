/** The layout of a timeline of versions: a lane a verdict, marks at their day, labels where they fit. */
import { textWidth } from './text.ts';
import type { Scale } from './scale.ts';

export type Verdict = 'confirmed' | 'pending' | 'flap' | 'broken' | 'technical';
export const LANES: readonly Verdict[] = ['confirmed', 'pending', 'flap', 'broken', 'technical'];

export interface Version {
	id: string;
	/** When it was seen, ms. */
	at: number;
	verdict: Verdict;
	/** Short, beside the mark: `v36`. */
	label: string;
	/** Longer, read aloud and on hover: `v36, 8 Nov 2026, confirmed`. */
	title: string;
	href?: string | undefined;
	/** New since the reader last looked. */
	changed?: boolean;
}

/** A time in which the document could not be read, ms. */
export interface Unread {
	from: number;
	/** Null while it lasts. */
	to: number | null;
	title: string;
	/** Short, beside it. */
	label: string;
}

export interface Mark extends Version {
	x: number;
	/** Which side its label stands on; null where it fits on neither. */
	side: 'right' | 'left' | null;
}
export interface Lane {
	verdict: Verdict;
	marks: Mark[];
}

const GAP = 9;

/** The lanes that have something, in the order of LANES. Labels stand right of their mark, left where that is taken. `right`: end of the drawing. */
export function lanes(versions: Version[], scale: Scale, right: number): Lane[] {
	return LANES.flatMap((verdict): Lane[] => {
		const own = versions.filter((version) => version.verdict === verdict).sort((a, b) => a.at - b.at);
		let taken = scale.range[0];
		const marks = own.map((version, i): Mark => {
			const x = scale(version.at);
			const following = own[i + 1];
			const until = following ? scale(following.at) - GAP : right;
			const width = textWidth(version.label) + GAP;
			const side = x + width <= until ? 'right' : x - width >= taken ? 'left' : null;
			taken = side === 'right' ? x + width + 4 : x + GAP;
			return { ...version, x, side };
		});
		return marks.length ? [{ verdict, marks }] : [];
	});
}
