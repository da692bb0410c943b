/** What a person says of a story: that it is one, or should be two; on the desk as a document that keeps every version. */
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { isProblem } from '#lib/server/errors.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import type { Services } from '#lib/server/services.ts';
import { m } from '#lib/paraglide/messages.js';
import { change } from '#lib/ui/addresses.ts';
import { mistakeText, problemText } from '#lib/ui/faults.ts';

const KIND = 'story-verdict';
/** Until there are accounts, whoever sits at the page. */
const WHO = 'page';

const verdictSchema = z.strictObject({
	/** Id of the story. */
	story: z.string(),
	verdict: z.enum(['one', 'split']),
	note: z.string().trim().max(4000)
});
export type StoryVerdict = z.output<typeof verdictSchema> & { version: number; at: number };

/** The newest version of the verdict; null where nobody has given one. Rejects with `desk-unavailable`. */
export async function verdictOn(desk: Pick<Desk, 'documents'>, story: string): Promise<StoryVerdict | null> {
	const found = await desk.documents.get(KIND, story);
	return found && { ...verdictSchema.parse(found.body), version: found.version, at: found.at };
}

/** Saves the form; where somebody was faster, what they said is shown and the form's words stay. */
export async function save({ desk }: Pick<Services, 'desk'>, story: string, url: URL, form: FormData) {
	const said = (name: string) => form.get(name)?.toString() ?? '';
	const parsed = verdictSchema.safeParse({ story, verdict: said('verdict'), note: said('note') });
	const mine = { note: said('note') };
	if (!parsed.success)
		return fail(400, {
			...mine,
			reason: mistakeText(parsed.error, { note: m.note, verdict: m.verdict }),
			taken: false
		});
	try {
		await desk.documents.save({
			kind: KIND,
			id: story,
			version: Number(said('version')) || 0,
			body: parsed.data,
			who: WHO,
			at: Date.now()
		});
	} catch (problem) {
		if (!isProblem(problem)) throw problem;
		const taken = problem.code === 'conflict';
		return fail(taken ? 409 : 503, { ...mine, reason: problemText(problem), taken });
	}
	redirect(303, `${change(url, { '/verdict': null })}#verdict`);
}
