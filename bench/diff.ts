/**
 * Comparing policies, on recorded histories: beside `diffWords` of the package `diff` on the same pairs of some 10,000 words; and every
 * version through names, verdicts and clause diff, on one core, with what the heap holds on the way. Without the histories nothing is
 * measured.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { diffWords } from 'diff';
import { differ, diffPolicies } from '#lib/domain/policies/diff.ts';
import { DocumentVerdicts, namesBetween } from '#lib/domain/policies/verdicts.ts';
import { compile } from '#lib/domain/watchlist/matcher.ts';
import { starter } from '#lib/domain/watchlist/starter.ts';
import {
	hasSeries,
	readSeries,
	seriesFiles,
	type RecordedVersion,
	type Series
} from '../tests/support/policy-series.ts';
import type { Report } from './report.ts';
import { alternate, median, timed } from './sample.ts';

const ROUNDS = 2;
const PAIRS = 8;
const WORDS = { least: 8_000, most: 13_000 };

export async function bench(report: Report): Promise<void> {
	if (!hasSeries) return console.log('diff: skipped, no recorded histories');
	const files: string[] = [];
	const heaps: number[] = [];
	let [versions, cpu] = [0, 0];
	for (const file of seriesFiles()) {
		const series = readSeries(file);
		const reading = through(series);
		heaps.push(heldNow());
		cpu += reading.cpu;
		versions += series.versions.length;
		if (likelyPair(series)) files.push(file);
	}
	const say = (what: string, value: number, unit: string, goal?: { is: '<=' | '>='; value: number }) =>
		report.add({ bench: 'diff', what, value, unit, ...(goal && { goal }) });
	say('versions through names, verdicts and clauses', versions, 'versions');
	say('versions a second of one core', versions / (cpu / 1000), 'versions/s', { is: '>=', value: 150 });
	const quarter = Math.ceil(heaps.length / 4);
	const [early, late] = [heaps.slice(0, quarter), heaps.slice(-quarter)].map(median);
	say('held at the end of a document, first quarter of the run', (early ?? 0) / 2 ** 20, 'MiB');
	say('held in its last quarter beside the first', (late ?? 0) / (early || 1), '×', { is: '<=', value: 1.2 });
	const pairs = spread(files, PAIRS).map((file) => likelyPair(readSeries(file)));
	await besideWords(
		say,
		pairs.filter((pair) => pair !== null)
	);
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
/** Bytes of the heap that are in use, after a collection. */
function heldNow(): number {
	collect();
	return process.memoryUsage().heapUsed;
}

/** Every version of a document as the product reads it: CPU time of the process, ms, without the reading of files, and what it remembers. */
function through({ versions }: Series): { cpu: number; remembering: unknown } {
	const diff = differ(MATCHER);
	const namesIn = MATCHER.reader();
	const verdicts = new DocumentVerdicts({ recorded: true });
	const compared = new Set<string>();
	const before = process.cpuUsage();
	let standing: RecordedVersion | null = null;
	let names: ReadonlySet<string> = new Set();
	for (const version of versions) {
		const { at, hash, text, rules } = version;
		const named = namesIn(text);
		verdicts.observe({ at, hash, bytes: text.length, extractor: String(rules) }, namesBetween(names, named));
		// What lies between two texts is kept by their hashes: a page that flaps is compared once.
		const pair = `${standing?.hash ?? ''} ${hash}`;
		if (standing && standing.hash !== hash && !compared.has(pair)) diff(standing.text, text);
		compared.add(pair);
		[standing, names] = [version, named];
	}
	const { user, system } = process.cpuUsage(before);
	return { cpu: (user + system) / 1000, remembering: [diff, namesIn, verdicts, compared] };
}
const MATCHER = compile(starter);

type Pair = [string, string];
const words = (text: string) => text.split(/\s+/).length;

/** The last two texts of a document that differ, where both have some 10,000 words. */
function likelyPair({ versions }: Series): Pair | null {
	const last = versions.findLast(({ hash }, i) => i > 0 && versions[i - 1]?.hash !== hash);
	const previous = last && versions[versions.indexOf(last) - 1];
	const right = (text = '') => words(text) >= WORDS.least && words(text) <= WORDS.most;
	return last && previous && right(last.text) && right(previous.text) ? [previous.text, last.text] : null;
}

const spread = <T>(list: readonly T[], most: number): T[] =>
	list.filter((_, i) => Math.floor((i * most) / list.length) !== Math.floor(((i - 1) * most) / list.length));

async function besideWords(
	say: (what: string, value: number, unit: string, goal?: { is: '<='; value: number }) => void,
	pairs: readonly Pair[]
): Promise<void> {
	let [changes, hunks] = [0, 0];
	const per = async (work: (before: string, after: string) => void) =>
		(await timed(async () => pairs.forEach(([before, after]) => work(before, after)))) / pairs.length;
	const { ours, peer, ratio } = await alternate(
		ROUNDS,
		() => {
			changes = 0;
			return per((before, after) => (changes += diffPolicies(before, after, MATCHER).changes.length));
		},
		() => {
			hunks = 0;
			return per(
				(before, after) =>
					(hunks += diffWords(before, after).filter((run) => run.added || run.removed).length)
			);
		}
	);
	const size = pairs.reduce((sum, [, after]) => sum + words(after), 0) / pairs.length;
	say(`pairs of ${Math.round(size)} words on average`, pairs.length, 'pairs');
	say('one pair, clause by clause', median(ours), 'ms');
	say('the same by diffWords', median(peer), 'ms');
	say('time beside diffWords', ratio, '×', { is: '<=', value: 0.1 });
	say('changes told beside diffWords', changes / hunks, '×', { is: '<=', value: 0.2 });
}
