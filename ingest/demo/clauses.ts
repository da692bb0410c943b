/** Agreements as lists of clauses, edits that make a version of the one before, and the page that comes of it. */

export interface Clause {
	id: string;
	title: string;
	/** Paragraphs. */
	text: string[];
	/** Numbered below the clause before it. */
	below?: boolean;
}
export interface Section {
	title: string;
	clauses: Clause[];
}
export interface Agreement {
	title: string;
	sections: Section[];
}
export type Edit = (agreement: Agreement) => Agreement;

/**
 * Reads an agreement: the title, then `# section` lines and `id | title | text` lines; ` // ` parts paragraphs, a `>` before the id puts
 * the clause below the one before it.
 */
export function agreement(script: string): Agreement {
	const [title = '', ...lines] = script.trim().split(/\s*\n\s*/);
	const sections: Section[] = [];
	for (const line of lines) {
		if (line.startsWith('# ')) sections.push({ title: line.slice(2), clauses: [] });
		else sections.at(-1)?.clauses.push(clause(line));
	}
	return { title, sections };
}

export function clause(line: string): Clause {
	const [id = '', title = '', text = ''] = line.split(' | ');
	const below = id.startsWith('>');
	return { id: id.replace('>', ''), title, text: text.split(' // '), ...(below && { below }) };
}

const mapClauses = (agreement: Agreement, change: (clauses: Clause[]) => Clause[]): Agreement => ({
	...agreement,
	sections: agreement.sections.map((section) => ({ ...section, clauses: change(section.clauses) }))
});

/** Gives the clause `id` another text; the rest of it stays. */
export const reword =
	(id: string, text: string): Edit =>
	(agreement) =>
		mapClauses(agreement, (clauses) =>
			clauses.map((old) => (old.id === id ? { ...old, text: text.split(' // ') } : old))
		);

/** Puts a clause (a line as in {@link agreement}) behind the clause `id`. */
export const insert =
	(id: string, line: string): Edit =>
	(agreement) =>
		mapClauses(agreement, (clauses) =>
			clauses.flatMap((old) => (old.id === id ? [old, clause(line)] : [old]))
		);

export const remove =
	(id: string): Edit =>
	(agreement) =>
		mapClauses(agreement, (clauses) => clauses.filter((old) => old.id !== id));

/** Moves the clause `id` behind the clause `after`. */
export const move =
	(id: string, after: string): Edit =>
	(agreement) => {
		const moved = agreement.sections.flatMap(({ clauses }) => clauses).filter((old) => old.id === id);
		return mapClauses(remove(id)(agreement), (clauses) =>
			clauses.flatMap((old) => (old.id === after ? [old, ...moved] : [old]))
		);
	};

export const apply = (agreement: Agreement, edits: readonly Edit[]): Agreement =>
	edits.reduce((text, edit) => edit(text), agreement);

/** How the page was turned into text: rules 6 kept menu and footer, rules 7 dropped the menu, rules 8 the footer as well. */
export type Rules = 'rules-6' | 'rules-7' | 'rules-8';

/** The agreement as Markdown, clauses numbered by where they stand. */
export function markdown({ title, sections }: Agreement, rules: Rules): string {
	const parts = [`# ${title}`];
	if (rules === 'rules-6') parts.unshift('Home · Products · Help · Sign in');
	for (const [s, section] of sections.entries()) {
		parts.push(`## ${s + 1} ${section.title}`);
		let main = 0;
		let sub = 0;
		for (const { title, text, below } of section.clauses) {
			if (below) sub++;
			else [main, sub] = [main + 1, 0];
			parts.push(`### ${s + 1}.${main}${sub ? `.${sub}` : ''} ${title}`, ...text);
		}
	}
	if (rules !== 'rules-8') parts.push('All rights reserved · Contact · Careers');
	return `${parts.join('\n\n')}\n`;
}
