/** Recorded histories of policies, where they lie beside the project: read in place. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

export const RECORDED = resolve(import.meta.dirname, '../../../shared/data');
const SERIES = join(RECORDED, 'policies/series');
export const hasSeries = existsSync(SERIES);

const recorded = z.object({
	service: z.string(),
	document: z.string(),
	collection: z.string(),
	versions: z.array(
		z.object({ date: z.string(), kind: z.string(), sha256: z.string(), l: z.array(z.int()) })
	),
	lines: z.array(z.string())
});

export interface RecordedVersion {
	/** When it was recorded, ms. */
	at: number;
	/** Hash of the text. */
	hash: string;
	text: string;
	/** Grows with every change of the extraction rules. */
	rules: number;
}
export interface Series {
	service: string;
	document: string;
	collection: string;
	versions: RecordedVersion[];
}

export const seriesFiles = (): string[] => readdirSync(SERIES).sort();

/** One document as one collection recorded it. */
export function readSeries(file: string): Series {
	const { versions, lines, ...key } = recorded.parse(
		JSON.parse(gunzipSync(readFileSync(join(SERIES, file))).toString())
	);
	let rules = 1;
	return {
		...key,
		versions: versions.map(({ date, kind, sha256: hash, l }) => ({
			at: Date.parse(date),
			hash,
			text: l.map((i) => lines[i]).join('\n'),
			rules: kind === 'technical' ? ++rules : rules
		}))
	};
}
