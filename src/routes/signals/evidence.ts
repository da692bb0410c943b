/** What a signal rests on, and where it is read. */
import { policyPath, storyPath } from '#lib/ui/addresses.ts';
import type { PageData } from './$types';

type Row = Pick<PageData['rows'][number], 'evidence' | 'source' | 'happened' | 'at'>;

/** `label`: the document of a policy; null for articles, which are counted. */
export function evidenceOf(
	{ evidence, source, happened, at }: Row,
	asOf: string | null
): { href: string; label: string | null } {
	const { kind, id } = evidence;
	if (kind === 'news') return { href: `${storyPath(id, { asOf })}#a${id}`, label: null };
	// `service/document/hash`, and the source is the service.
	const document = id.slice(source.length + 1, id.lastIndexOf('/'));
	return { href: policyPath(source, document, { asOf, after: happened ?? at }), label: document };
}
