/** Everything in the store that can be made again from the inputs. */
import type { Store } from './store.ts';

export const DERIVED = ['mentions', 'stories', 'policy_changes'] as const;
export type Derived = (typeof DERIVED)[number];

/** Empties a derived table. Fill it again without insert tokens: what was inserted before would be taken for a repetition. */
export const truncateDerived = (store: Store, name: Derived): Promise<void> =>
	store.command('TRUNCATE TABLE {name:Identifier}', { name });
