/** The topic `articles`, for whoever hands articles on to be placed in stories. */
import type { Entry } from './log.ts';

/** Of all articles: the topic has one partition. */
const KEY = 'articles';

/** What is appended for an article and what it says there, by their ids. */
export const articleEntry = ({ id, content }: { id: string; content: string }): Entry => ({
	key: KEY,
	json: JSON.stringify({ id, content })
});
