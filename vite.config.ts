import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

/** Files that `file` imports, of ours. */
function imported(file: string, source: string): string[] {
	const specifiers = [...source.matchAll(/from '(\.{1,2}\/[^']+|#lib\/[^']+)'/g)].map(([, to = '']) =>
		to.startsWith('#lib/') ? to.replace('#lib/', 'src/lib/') : join(dirname(file), to)
	);
	return specifiers.filter((to) => /\.(svelte|ts)$/.test(to) && !to.startsWith('src/lib/server/'));
}

/** Which pages say a message, by following what each page imports; the frame's are said by all (''). */
function pagesOfMessages(): Map<string, Set<string>> {
	const pages = new Map<string, Set<string>>();
	for (const entry of globSync('src/routes/**/+{page,layout,error}.svelte')) {
		const page = entry.endsWith('+page.svelte')
			? entry.slice('src/routes/'.length, -'+page.svelte'.length).replace(/\W+/g, '-') || 'overview'
			: '';
		const seen = new Set([entry]);
		for (const file of seen) {
			const source = readFileSync(file, 'utf8');
			for (const to of imported(file, source)) seen.add(to);
			for (const [, key = ''] of source.matchAll(/\bm\.(\w+)/g))
				pages.set(key, (pages.get(key) ?? new Set()).add(page));
		}
	}
	return pages;
}

/** Messages of more pages than these are loaded with the frame's: a chunk more costs more than it saves. */
const FEW = 4;

/**
 * Without it the bundler puts the messages of all pages, in both languages, into one chunk that every page loads: its chunks are kept
 * in the order of their effects, and only we know that a message has none.
 */
function messagesByPage(): Plugin {
	const pages = pagesOfMessages();
	const name = (id: string) => {
		const own = pages.get(/\/paraglide\/messages\/(\w+)\.js$/.exec(id)?.[1] ?? '');
		if (!own) return null;
		return `messages-${own.has('') || own.size > FEW ? 'frame' : [...own].sort().join('-')}`;
	};
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
