/** Answers that are given again while the tables they come from stay as they are. */
import { createHash } from 'node:crypto';
import type { Query } from './store.ts';

type Question = Pick<Query<unknown>, 'sql' | 'params' | 'over'>;
type Ask = (question: Question) => Promise<unknown[]>;

/** So many answers are kept; what was asked for longest ago goes first. */
const MOST = 32;

/** What the tables consist of: an insert, a merge or a mutation gives a table other parts, a rebuild puts another table in its place. */
const stateOf = (tables: NonNullable<Question['over']>) => `SELECT
	[${tables.map((table) => `(SELECT arraySort(groupUniqArray(_part)) FROM ${table})`).join(', ')}] AS parts,
	(SELECT arraySort(groupArray((name, uuid))) FROM system.tables WHERE database = currentDatabase()) AS tables`;

const keyOf = ({ sql, params }: Question) =>
	createHash('sha256')
		.update(JSON.stringify([sql, params], (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)))
		.digest('base64'); // prettier-ignore

/** Asks, unless the same was asked of the same tables before. What is stored meanwhile may be in the answer, which is then asked for anew. */
export function keeping(most = MOST): (question: Question, ask: Ask) => Promise<unknown[]> {
	const kept = new Map<string, { state: string; answer: unknown[] }>();
	return async (question, ask) => {
		if (!question.over) return ask(question);
		const state = JSON.stringify(await ask({ sql: stateOf(question.over) }));
		const key = keyOf(question);
		const known = kept.get(key);
		const answer = known?.state === state ? known.answer : await ask(question);
		kept.delete(key);
		kept.set(key, { state, answer });
		const [oldest] = kept.keys();
		if (kept.size > most && oldest !== undefined) kept.delete(oldest);
		return answer;
	};
}
