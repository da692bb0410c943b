/** One choice among several, as a field of a view's form. */
export interface Choice {
	name: string;
	label: string;
	/** The chosen value; '' is the default, which the address does not say. */
	value: string;
	options: { value: string; label: string }[];
}
