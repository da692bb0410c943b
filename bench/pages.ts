/**
 * /referrals with 24 sources × 730 days stacked: from the first byte of the page to its paint, beside a page that draws the same with
 * ECharts; scripts, Lighthouse, axe. Then pages of lists that are long.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright';
import { z } from 'zod';
import { build, isStale } from '../ingest/build.ts';
import { chromiumArgs, findChromium } from '../tests/support/chromium.ts';
import { freePort, settled, startProduct, temporaryFolder } from '../tests/support/product.ts';
import { readings } from './reading.ts';
import type { Report } from './report.ts';
import { alternate, median } from './sample.ts';
import { observations, pushes } from './traffic.ts';

const WORLD = { shops: 1, sources: 24, days: 730, first: '2024-06-01' };
const ROUNDS = 7;
const VIEW = { destination: 'shop-0', metric: 'new_users', provider: 'bench', grain: 'day' };
const SCORES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

export async function bench(report: Report): Promise<void> {
	const executablePath = findChromium();
	if (!executablePath) return console.log('pages: skipped, no Chromium');
	if (isStale()) build();
	const { folder, remove } = temporaryFolder();
	const product = await startProduct({ folder });
	const port = await freePort();
	const browser = await chromium.launch({
		executablePath,
		args: [...chromiumArgs(), `--remote-debugging-port=${port}`]
	});
	try {
		await push(product.url);
		const url = `${product.url}/referrals?${new URLSearchParams(VIEW)}`;
		await paints(report, browser, product.url, url);
		await axe(report, browser, url);
		await lighthouseScores(report, url, port);
		await readings(report, product);
	} finally {
		await browser.close();
		await product.stop();
		remove();
	}
}

async function push(url: string): Promise<void> {
	for (const part of pushes(observations(WORLD, 3), 5_000)) {
		const response = await fetch(`${url}/api/v1/traffic`, {
			method: 'POST',
			headers: { 'content-type': 'application/x-ndjson' },
			body: part.map(({ json }) => json).join('\n')
		});
		if (response.status !== 202) throw new Error(`a push was answered with ${response.status}`);
	}
	await settled(url);
}

async function paints(report: Report, browser: Browser, product: string, url: string): Promise<void> {
	const say = (what: string, value: number, unit: string, most?: number) =>
		report.add({
			bench: 'pages',
			what,
			value,
			unit,
			...(most !== undefined && { goal: { is: '<=', value: most } })
		});
	const peer = await servePeer(product);
	try {
		const drawn = 'figure svg.chart path';
		const {
			ours,
			peer: theirs,
			ratio
		} = await alternate(
			ROUNDS,
			async () => (await visit(browser, url, drawn)).paint,
			async () => (await visit(browser, peer.url, '[data-painted]')).paint
		);
		say('stacked area 24 × 730, from first byte to paint', median(ours), 'ms', 200);
		say('the same with ECharts', median(theirs), 'ms');
		say('paint beside ECharts', ratio, '×');
		say('script of the page, gzip', (await visit(browser, url, drawn)).script, 'KB', 90);
		say(
			'script of the page with ECharts, gzip',
			(await visit(browser, peer.url, '[data-painted]')).script,
			'KB'
		);
	} finally {
		peer.close();
	}
}

const timing = z.object({ paint: z.number() });

/** A first visit: milliseconds from the first byte to the frame after `selector` is there, and all scripts, KB gzip. */
async function visit(
	browser: Browser,
	url: string,
	selector: string
): Promise<{ paint: number; script: number }> {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	try {
		const page = await context.newPage();
		const scripts: Promise<number>[] = [];
		page.on('response', (response) => {
			if (response.request().resourceType() === 'script')
				scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
		});
		await page.addInitScript(markPaint, selector);
		await page.goto(url);
		const { paint } = await painted(page);
		await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined); // an open stream is never idle
		const bytes = await Promise.all(scripts);
		return { paint, script: bytes.reduce((sum, size) => sum + size, 0) / 1024 };
	} finally {
		await context.close();
	}
}

/** Runs in the page: notes when the frame after the one that has `selector` begins. */
function markPaint(selector: string): void {
	const look = () => {
		if (!document.querySelector(selector)) return void requestAnimationFrame(look);
		requestAnimationFrame(() => {
			const [navigation] = performance.getEntriesByType('navigation');
			const first = navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : 0;
			performance.mark('painted', { detail: performance.now() - first });
		});
	};
	requestAnimationFrame(look);
}

async function painted(page: Page): Promise<{ paint: number }> {
	const read = () => performance.getEntriesByName('painted')[0];
	await page.waitForFunction(read);
	const paint = await page.evaluate(() => {
		const [mark] = performance.getEntriesByName('painted');
		return mark instanceof PerformanceMark ? Number(mark.detail) : Number.NaN;
	});
	return timing.parse({ paint });
}

const sharesShape = z.object({
	series: z.array(
		z.object({
			source: z.string(),
			points: z.array(z.object({ from: z.string(), share: z.number().nullable() }))
		})
	)
});

/** A page with the same series in it, drawn with ECharts as its documentation has it, without animation. */
async function servePeer(product: string): Promise<{ url: string; close(): void }> {
	const answer = await fetch(`${product}/api/v1/shares?${new URLSearchParams({ ...VIEW, by: 'source' })}`);
	const { series } = sharesShape.parse(await answer.json());
	const option = {
		animation: false,
		xAxis: { type: 'time' },
		yAxis: { type: 'value', max: 1 },
		series: series.map(({ source, points }) => ({
			name: source,
			type: 'line',
			stack: 'all',
			areaStyle: {},
			showSymbol: false,
			data: points.map(({ from, share }) => [from, share])
		}))
	};
	const page = `<!doctype html><title>peer</title><div id="chart" style="width:1100px;height:420px"></div>
<script src="/echarts.js"></script><script>
const chart = echarts.init(document.getElementById('chart'));
chart.on('finished', () => document.body.setAttribute('data-painted', ''));
chart.setOption(${JSON.stringify(option)});
</script>`;
	const script = readFileSync(createRequire(import.meta.url).resolve('echarts/dist/echarts.min.js'));
	const server = createServer((request, response) => {
		const isScript = request.url === '/echarts.js';
		response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8' });
		response.end(isScript ? script : page);
	});
	const port = await freePort();
	await new Promise<void>((done) => server.listen(port, '127.0.0.1', () => done()));
	return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

async function axe(report: Report, browser: Browser, url: string): Promise<void> {
	const context = await browser.newContext({ reducedMotion: 'reduce' });
	const page = await context.newPage();
	await page.goto(url);
	const { violations } = await new AxeBuilder({ page }).analyze();
	for (const { id, nodes } of violations)
		console.log(`  axe: ${id} at ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
	report.add({
		bench: 'pages',
		what: 'axe findings',
		value: violations.length,
		unit: '',
		goal: { is: '<=', value: 0 }
	});
	await context.close();
}

async function lighthouseScores(report: Report, url: string, port: number): Promise<void> {
	const { default: lighthouse, desktopConfig } = await import('lighthouse');
	const scores: Record<string, number[]> = Object.fromEntries(SCORES.map((name) => [name, []]));
	for (let round = 0; round < 5; round++) {
		// An open stream never lets the page be idle.
		const flags = { port, maxWaitForLoad: 12_000, onlyCategories: [...SCORES], logLevel: 'silent' as const };
		const result = await lighthouse(url, flags, desktopConfig);
		for (const name of SCORES) scores[name]?.push((result?.lhr.categories[name]?.score ?? 0) * 100);
		if (round === 0)
			for (const { id, score } of Object.values(result?.lhr.audits ?? {}))
				if (score !== null && score < 0.9) console.log(`  lighthouse: ${id} ${score}`);
	}
	for (const name of SCORES)
		report.add({
			bench: 'pages',
			what: `Lighthouse ${name}`,
			value: median(scores[name] ?? []),
			unit: '',
			goal: { is: '>=', value: 98 }
		});
}
