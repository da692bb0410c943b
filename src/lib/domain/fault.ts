/** What is wrong with a field, as a code: whoever shows it has the words, in the language of the reader. */
import type { z } from 'zod';

const KINDS = [
	'type', //      missing, or of another kind than asked for
	'empty',
	'long', //      `limit`: characters
	'many', //      `limit`: entries
	'choice', //    `name`: what can be chosen
	'unknown', //   `name`: a field that there is not
	'slug', //      no id
	'span', //      no time span
	'url', //       no http(s) address
	'language', //  no language tag
	'twice', //     `name` is there already
	'own-owner', // an organisation that owns itself
	'unwatched', // `name` is no organisation of the list
	'yaml', //      `limit`: the line that is no YAML
	'other'
] as const;

export interface Fault {
	kind: (typeof KINDS)[number];
	limit?: number;
	name?: string;
}

/** What an issue of a schema comes to. A check of our own says it itself, in `params.fault`. */
export function faultOf(issue: z.core.$ZodIssue): Fault {
	switch (issue.code) {
		case 'invalid_type':
			return { kind: 'type' };
		case 'too_small':
			return { kind: 'empty' };
		case 'too_big':
			return { kind: issue.origin === 'string' ? 'long' : 'many', limit: Number(issue.maximum) };
		case 'invalid_value':
			return { kind: 'choice', name: issue.values.map(String).join(', ') };
		case 'unrecognized_keys':
			return { kind: 'unknown', name: issue.keys.join(', ') };
		case 'invalid_format':
			return { kind: kindOf(issue.format) };
		case 'custom':
			return isFault(issue.params?.['fault']) ? issue.params['fault'] : { kind: 'other' };
		default:
			return { kind: 'other' };
	}
}

const kindOf = (format: string): Fault['kind'] => KINDS.find((kind) => kind === format) ?? 'other';
const isFault = (value: unknown): value is Fault =>
	typeof value === 'object' && value !== null && 'kind' in value && KINDS.some((kind) => kind === value.kind);
