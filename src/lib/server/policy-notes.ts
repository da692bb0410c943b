/** What people say of a change of a policy: a note and a verdict of their own, on the desk as documents that keep every version. */
import { z } from 'zod';
import type { Desk, Document } from './desk/desk.ts';
import type { DocumentKey } from './policy-changes.ts';

/** Kind of the desk's documents. */
export const POLICY_NOTE = 'policy-note';
/** What a person can decide; pending is the want of a decision. */
export const OWN_VERDICTS = ['confirmed', 'flap', 'broken', 'technical'] as const;

export const policyNoteSchema = z.strictObject({
	service: z.string().min(1).max(300),
	document: z.string().min(1).max(300),
	/** Hash of the text that the change brought. */
	after: z.string().regex(/^[0-9a-f]{64}$/),
	/** Who had read it; empty for one that names itself not. */
	collector: z.string().max(300),
	verdict: z.enum(OWN_VERDICTS).nullable(),
	note: z.string().trim().max(4000)
});
export type PolicyNoteBody = z.output<typeof policyNoteSchema>;
export type PolicyNote = Document<PolicyNoteBody>;

export const policyNoteId = ({
	service,
	document,
	after,
	collector
}: Pick<PolicyNoteBody, 'service' | 'document' | 'after' | 'collector'>): string =>
	[service, document, after, collector].map(encodeURIComponent).join('/');

type Documents = { documents: Pick<Desk['documents'], 'list' | 'history' | 'save'> };

/** Newest versions of all notes on a document, the latest first. Rejects with `desk-unavailable`. */
export async function policyNotes(desk: Documents, of: DocumentKey): Promise<PolicyNote[]> {
	const prefix = [of.service, of.document, ''].map(encodeURIComponent).join('/');
	const all = await desk.documents.list(POLICY_NOTE);
	return all
		.filter(({ id }) => id.startsWith(prefix))
		.map(parsed)
		.sort((a, b) => b.at - a.at);
}

/** Every version of one note, newest first. */
export const policyNoteHistory = async (desk: Documents, id: string): Promise<PolicyNote[]> =>
	(await desk.documents.history(POLICY_NOTE, id)).map(parsed);

/** `version`: the one that was read, 0 for none. Rejects with `conflict` where another was saved meanwhile. */
export async function savePolicyNote(
	desk: Documents,
	body: PolicyNoteBody,
	{ version, who, at }: { version: number; who: string; at: number }
): Promise<PolicyNote> {
	return parsed(
		await desk.documents.save({ kind: POLICY_NOTE, id: policyNoteId(body), version, body, who, at })
	);
}

const parsed = (document: Document): PolicyNote => ({
	...document,
	body: policyNoteSchema.parse(document.body)
});
