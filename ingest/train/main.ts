/**
 * `npm run train [FOLDER]`: learns the weights of the signal models from the labelled sets in FOLDER (`../shared/data`) and writes them
 * where the product reads them. The same data give the same file.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hasData } from './data.ts';
import { trainAll } from './weights.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = resolve(process.argv[2] ?? join(root, '../shared/data'));
if (!hasData(folder)) {
	process.stderr.write(`no labelled data in ${folder}\n`);
	process.exit(1);
}
const weights = trainAll(folder);
for (const [name, statements] of Object.entries(weights.models))
	for (const [statement, { scores, weights }] of Object.entries(statements))
		process.stdout.write(
			`${name} ${statement}: ${Object.entries(scores).map(([k, v]) => `${k} ${v}`).join(', ')}; ${Object.keys(weights).length} weights\n`
		); // prettier-ignore
writeFileSync(
	join(root, 'src/lib/domain/partnerships/signals/weights.json'),
	`${JSON.stringify(weights, null, '\t')}\n`
);
