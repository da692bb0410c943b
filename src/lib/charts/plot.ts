/** Where in a drawing the plot lies; the rest is for axes and labels. */
export interface Plot {
	left: number;
	right: number;
	top: number;
	bottom: number;
}

/** Below this width a drawing is a phone's. */
export const PHONE = 560;
/** Width of a column of names on a phone. */
export const PHONE_LABELS = 92;

/** `labels`: width kept for names right of a phone's plot; without it they stand inside. */
export const plotOf = (width: number, height: number, narrow: boolean, labels = 4): Plot => ({
	left: narrow ? 34 : 40,
	right: Math.round(width - (narrow ? labels : Math.min(210, width * 0.22))),
	top: 24,
	bottom: height - 24
});

/** Tenths of a pixel are enough, and keep what is sent short. */
export const px = (at: number): number => Math.round(at * 10) / 10;
