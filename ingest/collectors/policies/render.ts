/**
 * Pages that need their scripts, in a browser that has no way to the network but ours: every request it makes is answered by the safe
 * fetcher, so that no script reaches a private address. Only where Playwright and a Chromium are installed.
 */
import { existsSync } from 'node:fs';
import type { Browser, Page, Route } from 'playwright';
import { parseNetworks } from '#lib/server/fetch/addresses.ts';
import { fetchDocument, USER_AGENT, type Fetched, type Way } from '#lib/server/fetch/document.ts';
import type { Fetcher } from '#lib/server/fetch/fetcher.ts';
import { FetchProblem, isFetchProblem } from '#lib/server/fetch/problem.ts';
import { systemResolve, type Resolve } from '#lib/server/fetch/request.ts';

export interface Renderer {
	/** The page after its scripts ran, as if it had been fetched so. Rejects with a {@link FetchProblem}. */
	render(url: string, signal: AbortSignal): Promise<Fetched>;
	close(): Promise<void>;
}
export interface RendererOptions {
	/** Asks for the page itself, politely. */
	fetcher: Fetcher;
	allow: readonly string[];
	now: () => number;
	resolve?: Resolve;
}

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const LOAD_MS = 45_000;
const QUIET_MS = 8_000;
const MOST_REQUESTS = 300;
const TAKEN: ReadonlySet<string> = new Set(['document', 'script', 'stylesheet', 'xhr', 'fetch']);
/** What is not answered through us must not go anywhere: all else is sent to a proxy that does not exist. */
const ARGS = ['--proxy-server=http://127.0.0.1:9', '--proxy-bypass-list=<-loopback>', '--force-webrtc-ip-handling-policy=disable_non_proxied_udp']; // prettier-ignore

export function createRenderer({ fetcher, allow, now, resolve = systemResolve }: RendererOptions): Renderer {
	const way: Way = { resolve, now, allow: parseNetworks(allow) };
	let browser: Promise<Browser> | undefined;
	return {
		async render(url, signal) {
			// The page itself first: what keeps it from being read is told in our words, and no browser starts for it.
			const first = await fetcher.fetch(url, { signal });
			if (!first.contentType.includes('html')) return first;
			browser ??= launch();
			browser.catch(() => (browser = undefined));
			const context = await (await browser).newContext({ userAgent: USER_AGENT, serviceWorkers: 'block' });
			const stop = () => void context.close().catch(() => undefined);
			signal.addEventListener('abort', stop, { once: true });
			try {
				const page = await context.newPage();
				await page.routeWebSocket(/.*/, (socket) => socket.close());
				let requests = 0;
				await page.route('**/*', (route) => {
					const wanted = TAKEN.has(route.request().resourceType()) && ++requests <= MOST_REQUESTS;
					return wanted ? answer(route, first, url, way, signal) : route.abort();
				});
				return { ...first, ...(await settled(page, url)), etag: null, lastModified: null };
			} catch (cause) {
				if (signal.aborted) throw signal.reason;
				if (isFetchProblem(cause)) throw cause;
				throw new FetchProblem('timeout', 'the page did not come to rest', { cause });
			} finally {
				signal.removeEventListener('abort', stop);
				await context.close();
			}
		},
		async close() {
			await (await browser?.catch(() => undefined))?.close();
		}
	};
}

async function launch(): Promise<Browser> {
	const none = (cause?: unknown) =>
		new FetchProblem('type', 'the page needs a browser, and none is installed', { cause });
	const playwright = await import('playwright').catch((cause: unknown) => Promise.reject(none(cause)));
	const args = [...ARGS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
	const own = playwright.chromium.executablePath();
	const executablePath = [own, ...SYSTEM].find((path) => existsSync(path));
	if (executablePath === undefined) throw none();
	return playwright.chromium.launch({ executablePath, args });
}

/** The page's own address is answered with what was fetched already; everything else is fetched as safely. */
async function answer(
	route: Route,
	first: Fetched,
	url: string,
	way: Way,
	signal: AbortSignal
): Promise<void> {
	const request = route.request();
	try {
		if (request.method() !== 'GET') return await route.abort();
		const isPage = request.isNavigationRequest() && request.url().split('#')[0] === url.split('#')[0];
		const fetched = isPage ? first : await fetchDocument(request.url(), { types: null, signal }, way);
		const text = fetched.text === null ? fetched.bytes : Buffer.from(fetched.text);
		const contentType = fetched.text === null ? fetched.contentType : `${fetched.contentType}; charset=utf-8`;
		await route.fulfill({
			status: 200,
			body: text,
			contentType,
			headers: { 'access-control-allow-origin': '*' }
		});
	} catch {
		// A part that cannot be had is missing, as in any browser; a page that closed meanwhile needs no answer.
		await route.abort().catch(() => undefined);
	}
}

/** Loaded, and quiet for a moment (at most some seconds: some pages never are). */
async function settled(page: Page, url: string): Promise<Pick<Fetched, 'text' | 'bytes' | 'charset'>> {
	await page.goto(url, { waitUntil: 'load', timeout: LOAD_MS });
	await page.waitForLoadState('networkidle', { timeout: QUIET_MS }).catch(() => undefined);
	const text = await page.content();
	return { text, bytes: Buffer.from(text), charset: 'utf-8' };
}
