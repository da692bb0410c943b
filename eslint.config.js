import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Packages that only compute; the domain may import these and nothing else. */
const pure = ['zod', 'chrono-node'];

/** Refuses imports by pattern, with the reason (design.md, "Who may import whom"). */
const only = (message, ...group) => ({
	'no-restricted-imports': ['error', { patterns: [{ regex: group.join('|'), message }] }]
});

export default ts.config(
	{
		ignores: ['build/', '.svelte-kit/', 'src/lib/paraglide/', 'data/', 'test-results/', 'playwright-report/']
	},
	js.configs.recommended,
	...ts.configs.strict,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		rules: {
			'no-undef': 'off',
			'no-console': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
		}
	},
	{
		files: ['src/**/*.ts', 'ingest/**/*.ts', 'tests/**/*.ts', 'bench/**/*.ts'],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/await-thenable': 'error'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig
			}
		},
		rules: { 'svelte/no-navigation-without-resolve': 'off' }
	},
	{
		files: ['src/lib/domain/**'],
		ignores: ['**/*.test.ts'],
		rules: only(
			'the domain is pure: it imports itself and the packages named in eslint.config.js',
			`^(?!\\.{1,2}/|#lib/domain/|(${pure.join('|')})$)`
		)
	},
	{
		files: ['src/lib/charts/**'],
		ignores: ['**/*.test.ts'],
		rules: only('charts import d3, svelte and their own parts', '^(?!\\./|#lib/charts/|d3|svelte)')
	},
	{
		files: ['src/lib/ui/**'],
		ignores: ['**/*.test.ts'],
		rules: only(
			'ui imports svelte, messages and its own parts',
			'^(?!\\./|#lib/ui/|#lib/paraglide/|svelte|\\$app/)'
		)
	},
	{
		files: ['src/lib/server/**'],
		rules: only(
			'lib/server takes its configuration as arguments and knows no framework',
			'^\\$app/',
			'^@sveltejs/',
			'/routes/',
			'/ingest/'
		)
	},
	{
		files: ['src/**'],
		rules: only('src never imports ingest', '/ingest/')
	},
	{
		files: ['src/lib/server/**/*.ts', 'ingest/**/*.ts'],
		ignores: ['ingest/main.ts', 'ingest/cli.ts', '**/*.test.ts'],
		rules: {}
	},
	{ files: ['ingest/**', 'bench/**', 'tests/**'], rules: { 'no-console': 'off' } }
);
