/** A change as pages are sent it: whom it names by the name of the reader's language. */
import type { RecordedChange } from '#lib/server/policy-record.ts';
import type { Names } from '../names.ts';

export const named = ({ organisations, ...change }: RecordedChange, names: Pick<Names, 'organisation'>) => ({
	...change,
	organisations: organisations.map(({ organisation, direction }) => ({
		organisation,
		direction,
		name: names.organisation(organisation)
	}))
});
export type NamedChange = ReturnType<typeof named>;
