/**
 * `npm run train -- [FOLDER] [--verdicts FILE] [--watchlist FILE.yaml]`: learns the weights of the signal models from the labelled sets in
 * FOLDER (`../shared/data`) and from what people said of signals (`telltale export verdicts`), and writes them where the product reads
 * them. The same data give the same file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { watchlistSchema } from '#lib/domain/watchlist/watchlist.ts';
import { measured } from '#lib/domain/partnerships/signals/model.ts';
import { hasData } from './data.ts';
import { readVerdicts } from './verdicts.ts';
import { trainAll } from './weights.ts';

const root = resolve(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { verdicts: { type: 'string' }, watchlist: { type: 'string' } }
});
const folder = resolve(positionals[0] ?? join(root, '../shared/data'));
if (!hasData(folder)) {
	process.stderr.write(`no labelled data in ${folder}\n`);
	process.exit(1);
}
const watchlist =
	values.watchlist === undefined
		? starter
		: watchlistSchema.parse(parse(readFileSync(values.watchlist, 'utf8')));
const verdicts =
	values.verdicts === undefined ? undefined : readVerdicts(readFileSync(values.verdicts, 'utf8'), watchlist);
const weights = trainAll(folder, verdicts);
for (const { statement, model, sets, by, scores } of measured(weights))
	process.stdout.write(
		`${model ?? 'detector'} ${statement}, ${by} on ${sets.map(({ folder }) => folder).join(', ')}: ${Object.entries(scores).map(([k, v]) => `${k} ${v}`).join(', ')}\n`
	); // prettier-ignore
writeFileSync(
	join(root, 'src/lib/domain/partnerships/signals/weights.json'),
	`${JSON.stringify(weights, null, '\t')}\n`
);
