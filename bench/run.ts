/**
 * `npm run bench`: benchmarks, each beside its peer or its limit in the same run. `npm run bench -- ingest shares pages start diff news` runs some
 * only. Ends with 1 where a goal was missed.
 */
import { Report } from './report.ts';

const BENCHES: Record<string, () => Promise<{ bench(report: Report): Promise<void> }>> = {
	start: () => import('./start.ts'),
	ingest: () => import('./ingest.ts'),
	shares: () => import('./shares.ts'),
	pages: () => import('./pages.ts'),
	diff: () => import('./diff.ts'),
	news: () => import('./news.ts')
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length) {
	console.error(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);
	process.exit(2);
}
const report = new Report();
for (const [name, load] of Object.entries(BENCHES)) {
	if (wanted.length && !wanted.includes(name)) continue;
	const { bench } = await load();
	await bench(report);
}
console.log(`\nwritten to ${report.write()}.{md,json}; ${report.missed} goals missed`);
process.exitCode = report.missed ? 1 : 0;
