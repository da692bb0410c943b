/**
 * Pages that need their scripts, in a browser that has no way to the network but ours: every request it makes is answered by the safe
 * fetcher and as robots.txt allows, so that no script reaches a private address. Only where Playwright and a Chromium are installed.
 */
import { existsSync } from 'node:fs';
import type { Browser, BrowserContext, Page, Route } from 'playwright';
import { parseNetworks } from '#lib/server/fetch/addresses.ts';
import { fetchDocument, USER_AGENT, type Fetched, type Way } from '#lib/server/fetch/document.ts';
import type { Fetcher } from '#lib/server/fetch/fetcher.ts';
import { FetchProblem, isFetchProblem } from '#lib/server/fetch/problem.ts';
import { LIMITS, systemResolve, type Resolve } from '#lib/server/fetch/request.ts';
import { Robots } from '#lib/server/fetch/robots.ts';

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
	/** How long a page may take from its first request to its rest, ms. */
	longest?: number;
}

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const LONGEST_MS = 60_000;
const QUIET_MS = 8_000;
const CLOSE_MS = 5_000;
const MOST_REQUESTS = 300;
const TAKEN: ReadonlySet<string> = new Set(['document', 'script', 'stylesheet', 'xhr', 'fetch']);
/** What is not answered through us must not go anywhere: all else is sent to a proxy that does not exist. */
const ARGS = ['--proxy-server=http://127.0.0.1:9', '--proxy-bypass-list=<-loopback>', '--force-webrtc-ip-handling-policy=disable_non_proxied_udp']; // prettier-ignore

export function createRenderer(options: RendererOptions): Renderer {
	const { fetcher, allow, now, resolve = systemResolve, longest = LONGEST_MS } = options;
	const bare: Way = { resolve, now, allow: parseNetworks(allow) };
	const robots = new Robots((url, fetching) => fetchDocument(url, fetching, bare), now);
	const way: Way = {
		...bare,
		around: async (url, signal, work) => {
			const { allowed } = await robots.ask(url, signal);
			if (!allowed) throw new FetchProblem('blocked', `robots.txt of ${url.host} does not allow it`);
			return work();
		}
	};
	let browser: Promise<Browser> | undefined;
	const ended = async () => {
		const ending = browser;
		browser = undefined;
		await (await ending?.catch(() => undefined))?.close();
	};
	return {
		async render(url, signal) {
			// The page itself first: what keeps it from being read is told in our words, and no browser starts for it.
			const first = await fetcher.fetch(url, { signal });
			if (!first.contentType.includes('html')) return first;
			browser ??= launch();
			browser.catch(() => (browser = undefined));
			const context = await (
				await browser
			).newContext({
				userAgent: USER_AGENT,
				serviceWorkers: 'block',
				acceptDownloads: false
			});
			try {
				const text = await within(longest, signal, rendered(context, first, way, signal));
				return { ...first, text, bytes: Buffer.from(text), charset: 'utf-8', etag: null, lastModified: null };
			} catch (cause) {
				if (signal.aborted) throw signal.reason;
				if (isFetchProblem(cause)) throw cause;
				throw new FetchProblem('timeout', 'the page did not come to rest', { cause });
			} finally {
				// A script that never ends may keep its page from closing: then the browser goes with it.
				await within(CLOSE_MS, signal, context.close()).catch(ended);
			}
		},
		close: ended
	};
}

/** What `work` gives, unless it takes longer than `ms` or is stopped. */
async function within<T>(ms: number, signal: AbortSignal, work: Promise<T>): Promise<T> {
	const { promise, reject } = Promise.withResolvers<never>();
	const late = () => reject(new FetchProblem('timeout', 'the page did not come to rest'));
	const timer = setTimeout(late, ms);
	signal.addEventListener('abort', late, { once: true });
	try {
		return await Promise.race([work, promise]);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', late);
	}
}

/** The page's HTML after its scripts ran. */
async function rendered(
	context: BrowserContext,
	first: Fetched,
	way: Way,
	signal: AbortSignal
): Promise<string> {
	const { href: url } = new URL(first.url);
	let requests = 0;
	let elsewhere: string | null = null;
	await context.routeWebSocket(/.*/, (socket) => socket.close());
	await context.route('**/*', (route) => route.abort()); // of windows that a script opens; the page has a way of its own
	const page = await context.newPage();
	context.on('page', (other) => void other.close().catch(() => undefined));
	await page.route('**/*', (route) => {
		const request = route.request();
		const leads = request.isNavigationRequest() && request.frame() === page.mainFrame();
		if (leads && !isSame(request.url(), url)) {
			elsewhere = request.url();
			return route.abort();
		}
		const wanted = TAKEN.has(request.resourceType()) && ++requests <= MOST_REQUESTS;
		return wanted ? answer(route, first, url, way, signal) : route.abort();
	});
	const text = await settled(page, url);
	if (elsewhere !== null) throw new FetchProblem('moved', `its scripts lead to ${new URL(elsewhere).host}`);
	if (text.length > LIMITS.unpacked)
		throw new FetchProblem('too-large', `it is larger than ${LIMITS.unpacked} bytes once its scripts ran`);
	return text;
}

const isSame = (one: string, other: string): boolean => one.split('#')[0] === other.split('#')[0];

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
		const isPage = request.isNavigationRequest() && isSame(request.url(), url);
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
async function settled(page: Page, url: string): Promise<string> {
	await page.goto(url, { waitUntil: 'load', timeout: 0 });
	await page.waitForLoadState('networkidle', { timeout: QUIET_MS }).catch(() => undefined);
	return page.content();
}
