/** Who brings whom how many new users: the levels that the scenario's traffic scatters around. */

/** Sources as they come in the data: app ids, hosts, and what has no name. */
export const SOURCES = [
	'lantern.app', 'paperkite.example', 'inkstone.example', 'plumb.example', 'ads.plumb.example', '(direct)', '(not set)'
] as const; // prettier-ignore

/** Weeks are counted from the last full one: 0 is that one, −1 the one before. */
export const FIRST_WEEK = -77;
/** Three weeks in which the panel gave nothing. */
export const GAP = { from: -47, to: -45 } as const;
/** The panel's week in which the app's part of Harbor's new users begins to climb; the turn is on the Sunday before it. */
export const TURN_WEEK = -30;

export interface Shop {
	destination: string;
	provider: string;
	grain: 'day' | 'week';
	metrics: readonly ('visits' | 'orders' | 'revenue')[];
	/** New users of the last full week by source, in the order of SOURCES. */
	last: readonly number[];
	/** Shares of the first week, in percent, in the same order. */
	first: readonly number[];
	/** The week in which shares begin to move from the first to the last; before it they only scatter. */
	turn: number;
	/** The first and the last week there is, where that is not all. */
	from?: number;
	to?: number;
	/** Growth of all other sources together from the first week to the last. */
	growth: number;
	/** Standard deviation of a weekly share of 10%, in points. */
	scatter: number;
	/** Orders for a visit, and money for an order. */
	conversion: number;
	basket: number;
}

/** Counts from a total and percentages. */
const parts = (total: number, percents: readonly number[]): number[] =>
	percents.map((percent) => Math.round((total * percent) / 100));

const PANEL = { provider: 'wellcount', grain: 'day', scatter: 0.22 } as const;
const SMALLER = [11.9, 7.4, 22.6, 10.8, 24.1, 14.0] as const;
const app = (percent: number): number[] => {
	const rest = SMALLER.reduce((sum, part) => sum + part, 0);
	return [percent, ...SMALLER.map((part) => (part * (100 - percent)) / rest)];
};

export const SHOPS: readonly Shop[] = [
	{
		...PANEL, destination: 'harbor', metrics: ['visits', 'orders', 'revenue'],
		last: [103_490, 44_732, 26_380, 77_220, 37_783, 79_157, 43_548],
		first: [9.0, 12.3, 7.9, 23.7, 11.9, 22.9, 12.3],
		turn: TURN_WEEK, growth: 1.177, conversion: 0.041, basket: 138
	},
	{
		...PANEL, destination: 'orchard-lane', metrics: ['orders'],
		last: parts(96_400, app(11.8)), first: app(9.2), turn: -40, growth: 1.09, conversion: 0.058, basket: 61
	},
	{
		...PANEL, destination: 'tilework', metrics: ['orders'],
		last: parts(61_250, app(8.8)), first: app(6.9), turn: -5, to: -1, growth: 1.04, conversion: 0.029, basket: 214
	},
	{
		...PANEL, destination: 'fernhouse', metrics: [],
		last: parts(21_300, app(5.2)), first: app(5.3), turn: -20, growth: 0.98, conversion: 0.02, basket: 90
	},
	{
		...PANEL, destination: 'meridian', metrics: [],
		last: parts(531_800, app(6.9)), first: app(8.1), turn: -60, growth: 1.08, conversion: 0.045, basket: 149
	},
	{
		...PANEL, destination: 'millrace', grain: 'week', metrics: [],
		last: parts(19, app(9)), first: app(9), turn: -20, growth: 0.9, scatter: 2.5, conversion: 0.02, basket: 75
	},
	{
		...PANEL, provider: 'meridian-own', destination: 'meridian', metrics: ['visits', 'orders', 'revenue'],
		last: parts(548_100, app(7.0)), first: app(8.2), turn: -60, growth: 1.08, scatter: 0.1, conversion: 0.045, basket: 149
	},
	{
		...PANEL, provider: 'yardstick', destination: 'harbor', grain: 'week', metrics: [], from: -40,
		last: parts(398_000, [24.4, 11.1, 6.6, 18.9, 9.0, 19.4, 10.6]), first: [9.4, 12.2, 7.8, 23.6, 11.8, 22.9, 12.3],
		turn: TURN_WEEK, growth: 1.16, scatter: 0.4, conversion: 0.04, basket: 140
	}
]; // prettier-ignore

/** Parts of a week by weekday, Monday first. */
export const SEASON = [0.94, 0.93, 0.95, 0.98, 1.05, 1.1, 1.05] as const;

/**
 * The last full week of Harbor's new users as it was first given, and as the first revision gave it, in parts of what the second
 * revision says; in the order of SOURCES.
 */
export const BEFORE_REVISION = [
	[0.958, 1.01, 1.0, 1.004, 0.99, 1.006, 1.031],
	[0.989, 1.002, 1.0, 1.001, 0.998, 1.001, 1.012]
] as const;
