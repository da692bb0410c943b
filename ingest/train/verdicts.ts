/** What people said of signals (`telltale export verdicts`), as texts to learn from. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SIGNAL_TYPES, TOGETHER, type SignalType } from '#lib/domain/partnerships/signals/signal.ts';
import { compile } from '#lib/domain/watchlist/matcher.ts';
import type { Watchlist } from '#lib/domain/watchlist/watchlist.ts';
import type { Labels, LabelledText, Source } from './data.ts';

const verdictLine = z.object({
	verdict: z.enum(['right', 'wrong']),
	type: z.enum([...SIGNAL_TYPES, 'none']).optional(),
	others: z.boolean().optional(),
	signal: z.object({
		type: z.enum(SIGNAL_TYPES),
		organisations: z.array(z.string()),
		quote: z.string(),
		field: z.enum(['title', 'text', '']),
		language: z.string()
	})
});

const STATEMENTS: readonly (readonly [keyof Labels, readonly SignalType[]])[] = [
	['together', TOGETHER], ['equity', ['equity']], ['dispute', ['dispute']], ['regulatory', ['regulatory']]
]; // prettier-ignore

/**
 * Reads NDJSON. Verdicts on policies and on one organisation alone teach nothing: rules find those. Throws an error that names the line
 * that cannot be read. `watchlist`: by which the names in the words are known.
 */
export function readVerdicts(
	ndjson: string,
	watchlist: Pick<Watchlist, 'organisations'>
): { texts: LabelledText[]; source: Source } {
	const matcher = compile(watchlist);
	const lines = ndjson.split('\n').map((line, i) => ({ line, number: i + 1 })).filter(({ line }) => line.trim() !== ''); // prettier-ignore
	const texts = lines.flatMap(({ line, number }): LabelledText[] => {
		const { signal, ...said } = parse(line, number);
		const names = namesIn(signal.quote, signal.organisations);
		const labels = labelsOf(signal.type, said);
		if (signal.field === '' || names.length < 2 || !Object.keys(labels).length) return [];
		const { quote: text, field, language } = signal;
		return [{ source: 'verdicts', field, text, names, group: text, labels, language }];
	});
	const sha256 = createHash('sha256').update(ndjson).digest('hex');
	const source = { folder: 'verdicts', licence: 'own', origin: 'telltale export verdicts', sha256, rows: lines.length };
	return { texts, source };

	/** How the words name each organisation, first. */
	function namesIn(quote: string, organisations: readonly string[]): string[] {
		const mentions = matcher.mentions(quote);
		return organisations.flatMap((id) => mentions.find(({ organisation }) => organisation === id)?.text ?? []);
	}
} // prettier-ignore

function parse(line: string, number: number): z.output<typeof verdictLine> {
	try {
		return verdictLine.parse(JSON.parse(line));
	} catch (cause) {
		throw new Error(`line ${number} is no verdict on a signal`, { cause });
	}
}

/** What a verdict says of the statements: of a wrong signal that what it told is not so, and what is so instead. */
function labelsOf(told: SignalType, { verdict, type, others }: Omit<z.output<typeof verdictLine>, 'signal'>): Labels {
	const is = verdict === 'right' ? told : others ? 'none' : type;
	const labels: Labels = {};
	for (const [statement, types] of STATEMENTS)
		if (is !== undefined && (types as readonly string[]).includes(is)) labels[statement] = true;
		else if (types.includes(told)) labels[statement] = false;
	return labels;
} // prettier-ignore
