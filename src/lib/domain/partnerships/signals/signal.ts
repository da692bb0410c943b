/** What a signal is: a typed observation about one or two organisations, with the exact words that carry it. */

/** Every type there is; `policy_clause` and `referral_shift` also come from policies and traffic themselves. */
export const SIGNAL_TYPES = [
	'announcement', 'talks', 'integration', 'executive_visit', 'no_comment', 'denial', 'policy_clause', 'equity', 'supply', 'dispute',
	'regulatory', 'referral_shift'
] as const; // prettier-ignore
export type SignalType = (typeof SIGNAL_TYPES)[number];

/** Types that say that two organisations work together, or are about to. */
export const TOGETHER: readonly SignalType[] = ['announcement', 'talks', 'integration', 'supply'];

export type Field = 'title' | 'text';

export interface Signal {
	type: SignalType;
	/** One organisation, or exactly the two of a pair, in order of their mention. */
	organisations: string[];
	/** That the sentence says this; it counts from .5. */
	probability: number;
	/** The slice `start` to `end` of the field, in UTF-16 units. */
	quote: string;
	start: number;
	end: number;
	field: Field;
	/** Which of the organisations did it: visited, denied, kept silent, took a stake, sued; absent where both or nobody can be told. */
	agent?: string | undefined;
	/** Name of the person who did, as the watchlist has it. */
	person?: string | undefined;
	/** The day (YYYY-MM-DD) on which the sentence says that it happened: never after the article. */
	happenedAt?: string | undefined;
}
