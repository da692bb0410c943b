import { describe, expect, test } from 'vitest';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { organisationSchema } from '#lib/domain/watchlist/watchlist.ts';
import { fieldsOf, organisationOf, readFields } from './form.ts';

const form = (fields: Record<string, string>) => {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return readFields(data);
};
const read = (fields: Record<string, string>) => organisationOf(form(fields));

describe('an organisation as a form', () => {
	test('comes back as it went in, whoever it is', () => {
		const rich = organisationSchema.parse({
			id: 'a', name: 'A', stance: 'rival', owner: 'b', aliases: ['甲', 'A Co'], ambiguous: ['A1'], decoys: ['A1 steak'],
			domains: ['a.example'], people: [{ name: 'Ann', aliases: ['安'], role: 'head of a | b' }, { name: 'Bo' }]
		}); // prettier-ignore
		for (const organisation of [rich, ...starter.organisations])
			expect(organisationOf(fieldsOf(organisation))).toEqual({ organisation });
	});

	test('reads an entry a line, each once, without the blank ones', () => {
		expect(read({ name: 'A', aliases: ' 甲 \r\n\r\nB\r\n甲' })).toMatchObject({
			organisation: { aliases: ['甲', 'B'] }
		});
	});

	test('has an id from its name, whatever the script', () => {
		expect(read({ name: 'Café & Co.' })).toMatchObject({ organisation: { id: 'cafe-co' } });
		expect(read({ name: '京东' })).toMatchObject({
			organisation: { id: expect.stringMatching(/^organisation-[0-9a-f]{8}$/) }
		});
	});

	test('names the field and the line at fault', () => {
		expect(read({ name: '' })).toMatchObject({ mistake: { field: 'name', line: null } });
		expect(read({ name: 'A', id: 'A b' })).toMatchObject({ mistake: { field: 'id' } });
		expect(read({ name: 'A', stance: 'foe' })).toMatchObject({ mistake: { field: 'stance' } });
		expect(read({ name: 'A', people: 'Ann\n| boss' })).toMatchObject({ mistake: { field: 'people', line: 2 } }); // prettier-ignore
		expect(read({ name: 'A', aliases: `a\n${'x'.repeat(301)}` })).toMatchObject({ mistake: { field: 'aliases', line: 2 } }); // prettier-ignore
	});
});
