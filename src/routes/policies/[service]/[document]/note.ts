/** What people said of changes, and the form that they say it with. */
import { fail, redirect } from '@sveltejs/kit';
import { isProblem } from '#lib/server/errors.ts';
import {
	policyNoteHistory,
	policyNoteId,
	policyNoteSchema,
	savePolicyNote,
	type PolicyNote
} from '#lib/server/policy-notes.ts';
import type { Services } from '#lib/server/services.ts';
import { m } from '#lib/paraglide/messages.js';
import { change } from '#lib/ui/addresses.ts';
import { mistakeText, problemText } from '#lib/ui/faults.ts';

/** Until there are accounts, whoever sits at the page. */
export const WHO = 'page';

export const shown = ({ id, version, who, at, body: { verdict, note, after, collector } }: PolicyNote) => ({
	id,
	version,
	who,
	at,
	verdict,
	note,
	after,
	collector
});
export type ShownNote = ReturnType<typeof shown>;

/** The note on a change: of those who read it the one that said most lately. `notes`: the latest first. */
export const noteOn = (
	notes: readonly ShownNote[],
	{ after, collectors }: { after: string; collectors: readonly string[] }
): ShownNote | null =>
	notes.find((note) => note.after === after && collectors.includes(note.collector)) ?? null;

export const earlier = async (desk: Services['desk'], note: ShownNote | null): Promise<ShownNote[]> =>
	note && note.version > 1 ? (await policyNoteHistory(desk, note.id)).slice(1).map(shown) : [];

/** Saves the form; where somebody was faster both are shown. */
export async function save(
	{ desk }: Pick<Services, 'desk'>,
	of: { service: string; document: string },
	url: URL,
	form: FormData
) {
	const said = (name: string) => form.get(name)?.toString() ?? '';
	const verdict = said('verdict') || null;
	const parsed = policyNoteSchema.safeParse({
		...of,
		after: said('after'),
		collector: said('collector'),
		verdict,
		note: said('note')
	});
	const mine = { verdict, note: said('note') };
	if (!parsed.success)
		return fail(400, {
			...mine,
			reason: mistakeText(parsed.error, { note: m.note, verdict: m.verdict }),
			taken: null
		});
	try {
		await savePolicyNote(desk, parsed.data, {
			version: Number(said('version')) || 0,
			who: WHO,
			at: Date.now()
		});
	} catch (problem) {
		if (!isProblem(problem)) throw problem;
		if (problem.code !== 'conflict') return fail(503, { ...mine, reason: problemText(problem), taken: null });
		const [newest] = await policyNoteHistory(desk, policyNoteId(parsed.data));
		return fail(409, { ...mine, reason: problemText(problem), taken: newest ? shown(newest) : null });
	}
	redirect(303, `${change(url, { '/note': null })}#verdict`);
}
