/** What share charts are given. Shares are fractions of 1, null where a period's total is 0. */
import type { Period } from './time.ts';

export interface SharePoint extends Period {
	value: number;
	share: number | null;
	low: number | null;
	high: number | null;
}
export interface ShareSeries {
	/** The source; `(unattributed)` is always hatched and always last. */
	source: string;
	/** What it is called on the page. */
	name: string;
	points: SharePoint[];
}

export const UNATTRIBUTED = '(unattributed)';

/** The words of a chart, in the page's language: charts know no messages. */
export interface Words {
	percent: (share: number) => string;
	/** A share without its sign, as it stands in a column: `25.1`. */
	bare: (share: number) => string;
	period: (from: string, to: string) => string;
	tick: (day: string, unit: 'day' | 'month' | 'year', year: boolean) => string;
	/** Written into a gap; `short` where there is little room. */
	gap: (from: string, to: string) => string;
	gapShort: string;
	/** The sources that have no label because they do not fit. */
	smaller: (number: number) => string;
	/** Names the reading of a chart by keys. */
	reading: string;
	pinned: (from: string, to: string) => string;
	table: string;
}

/** Sum of a series' shares: its weight over the whole view. */
export const weightOf = ({ points }: ShareSeries): number =>
	points.reduce((sum, { share }) => sum + (share ?? 0), 0);
