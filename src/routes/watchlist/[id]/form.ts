/** An organisation as the fields of a form, and back. Lists have an entry a line. */
import { createHash } from 'node:crypto';
import { faultOf } from '#lib/domain/fault.ts';
import { organisationSchema, type Organisation } from '#lib/domain/watchlist/watchlist.ts';
import { faultText } from '#lib/ui/faults.ts';

export const LISTS = ['aliases', 'ambiguous', 'decoys', 'domains'] as const;
export interface Fields extends Record<(typeof LISTS)[number], string> {
	id: string;
	name: string;
	stance: string;
	owner: string;
	/** A person a line: names split by `;`, then `|` and the role. */
	people: string;
}

export const fieldsOf = (organisation: Organisation): Fields => ({
	id: organisation.id,
	name: organisation.name,
	stance: organisation.stance,
	owner: organisation.owner ?? '',
	aliases: organisation.aliases.join('\n'),
	ambiguous: organisation.ambiguous.join('\n'),
	decoys: organisation.decoys.join('\n'),
	domains: organisation.domains.join('\n'),
	people: organisation.people
		.map(({ name, aliases, role }) => [name, ...aliases].join('; ') + (role ? ` | ${role}` : ''))
		.join('\n')
});

export function readFields(form: FormData): Fields {
	const said = (name: string) => form.get(name)?.toString().replace(/\r\n?/g, '\n').trim() ?? '';
	return {
		id: said('id'), name: said('name'), stance: said('stance'), owner: said('owner'), aliases: said('aliases'),
		ambiguous: said('ambiguous'), decoys: said('decoys'), domains: said('domains'), people: said('people')
	}; // prettier-ignore
}

export interface FieldMistake {
	field: keyof Fields;
	/** Of a list, from 1. */
	line: number | null;
	message: string;
}

/** What the fields say, or what is wrong with the first one that is. A new organisation has its id from its name where it says none. */
export function organisationOf(fields: Fields): { organisation: Organisation } | { mistake: FieldMistake } {
	const { name, stance, owner } = fields;
	const parsed = organisationSchema.safeParse({
		id: fields.id || idOf(name),
		name,
		...(stance && { stance }),
		...(owner && { owner }),
		...Object.fromEntries(LISTS.map((list) => [list, lines(fields[list])])),
		people: lines(fields.people).map(personOf)
	});
	if (parsed.success) return { organisation: parsed.data };
	const [issue] = parsed.error.issues;
	const [field, line] = issue?.path ?? [];
	return {
		mistake: {
			field: isField(field) ? field : 'name',
			line: typeof line === 'number' ? line + 1 : null,
			message: issue ? faultText(faultOf(issue)) : ''
		}
	};
}

const isField = (name: unknown): name is keyof Fields =>
	typeof name === 'string' && ['id', 'name', 'stance', 'owner', 'people', ...LISTS].includes(name);

/** Each once, in their order. */
const lines = (text: string): string[] => [
	...new Set(text.split('\n').map((line) => line.trim()).filter(Boolean))
]; // prettier-ignore

function personOf(line: string) {
	const [names = '', ...role] = line.split('|');
	const [name = '', ...aliases] = names.split(/[;；]/).map((part) => part.trim()).filter(Boolean); // prettier-ignore
	const said = role.join('|').trim();
	return { name, aliases, ...(said && { role: said }) };
}

/** Lower-case letters and digits of the name; where it has none something that is always the same for it. */
function idOf(name: string): string {
	const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, ''); // prettier-ignore
	return slug || `organisation-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
