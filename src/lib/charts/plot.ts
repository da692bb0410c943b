/** Where in a drawing the plot lies; the rest is for axes and labels. */
export interface Plot {
	left: number;
	right: number;
	top: number;
	bottom: number;
}

/** `narrow`: a phone's drawing, whose labels stand inside the plot. */
export const plotOf = (width: number, height: number, narrow: boolean): Plot => ({
	left: narrow ? 34 : 40,
	right: narrow ? width - 4 : width - Math.min(210, width * 0.22),
	top: 24,
	bottom: height - 24
});
