import { globSync, readFileSync } from 'node:fs';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

/** Messages by the one page that uses them; those of several pages, or of their common parts, are not in it. */
function messagesOfOnePage(): Map<string, string> {
	const pages = new Map<string, Set<string>>();
	for (const file of globSync('src/{routes,lib/ui,lib/charts}/**/*.{svelte,ts}')) {
		const page =
			/^src\/routes\/(\w+)\//.exec(file)?.[1] ?? (file.endsWith('routes/+page.svelte') ? 'overview' : '');
		for (const [, key = ''] of readFileSync(file, 'utf8').matchAll(/\bm\.(\w+)/g))
			pages.set(key, (pages.get(key) ?? new Set()).add(page));
	}
	const alone = [...pages].flatMap(([key, [page, ...more]]) =>
		page && !more.length ? [[key, page] as const] : []
	);
	return new Map(alone);
}

/**
 * Without it the bundler puts the messages of all pages, in both languages, into one chunk that every page loads: its chunks are kept
 * in the order of their effects, and only we know that a message has none.
 */
function messagesByPage(): Plugin {
	const pages = messagesOfOnePage();
	const pageOf = (id: string) => pages.get(/\/paraglide\/messages\/(\w+)\.js$/.exec(id)?.[1] ?? '');
	const name = (id: string) => (pageOf(id) ? `messages-${pageOf(id)}` : null);
	return {
		name: 'messages-by-page',
		transform: (code, id) =>
			id.includes('/paraglide/messages/') ? { code, map: null, moduleSideEffects: false } : null,
		config: (_, { isSsrBuild }) =>
			isSsrBuild ? {} : { build: { rolldownOptions: { output: { codeSplitting: { groups: [{ name }] } } } } }
	};
}

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './src/messages.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
			emitTsDeclarations: false
		}),
		sveltekit(),
		messagesByPage()
	],
	server: { host: '127.0.0.1' }
});
