/** The layout of signals on lanes: marks at their time, pushed apart where they would lie on each other. */
import { pushApart } from './labels.ts';
import type { Scale } from './scale.ts';
import type { SignalKind } from './signalMarks.ts';

export interface LaneMark {
	id: string;
	/** Ms. */
	at: number;
	type: SignalKind;
	/** Read aloud and on hover. */
	title: string;
	href: string;
	/** Does not count yet; is new since the reader last looked; was judged wrong. */
	hollow?: boolean;
	changed?: boolean;
	wrong?: boolean;
}
export interface SignalLane {
	key: string;
	name: string;
	/** What the lane's name opens. */
	href: string;
	/** How many count, in words. */
	count: string;
	/** The lane that the page speaks of. */
	subject?: boolean;
	marks: LaneMark[];
}

/** Pixels that a mark takes, and how far it may stand from its time. */
const ROOM = 13;
const FAR = 20;

/** The marks of a lane from left to right, side by side where that moves none of them far; many of one day lie on each other. */
export function placed(marks: readonly LaneMark[], scale: Scale): (LaneMark & { x: number })[] {
	const sorted = [...marks].sort((a, b) => a.at - b.at);
	const wanted = sorted.map(({ at }) => scale(at));
	const apart = pushApart(wanted, ROOM, ...scale.range);
	return sorted.map((mark, i) => {
		const [at = 0, beside = 0] = [wanted[i], apart[i]];
		return { ...mark, x: Math.max(at - FAR, Math.min(beside, at + FAR)) };
	});
}
