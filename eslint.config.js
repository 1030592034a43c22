import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** What the pure layers may not touch: models are functions of their parameters and data alone. */
const impure = [
	{ object: 'Math', property: 'random', message: 'Chance comes from #maths/rng.ts with a seed.' },
	{ object: 'performance', property: 'now', message: 'A model has no clock.' }
];

export default ts.config(
	{ ignores: ['.svelte-kit/', 'build/', '.cache/', 'static/', 'notebooks/', 'test-results/', 'playwright-report/'] },
	js.configs.recommended,
	...ts.configs.strictTypeChecked,
	...svelte.configs.recommended,
	{
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] }
		},
		rules: {
			// Numbers stand in template strings all over a site about numbers.
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
			'@typescript-eslint/no-confusing-void-expression': 'off',
			'@typescript-eslint/no-non-null-assertion': 'off',
			// Code points are what text is counted and cut in here.
			'@typescript-eslint/no-misused-spread': 'off',
			'@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig, extraFileExtensions: ['.svelte'], projectService: true } },
		rules: {
			// Links are made by kit/url, which adds the base path and the locale.
			'svelte/no-navigation-without-resolve': 'off',
			// Prose and formulas are HTML made at build from our own files.
			'svelte/no-at-html-tags': 'off',
			// State is replaced as a whole ($state.raw); the maps and sets in it are never changed in place.
			'svelte/prefer-svelte-reactivity': 'off'
		}
	},
	{
		// Types that cross a .svelte border are svelte-check's to judge: to this parser they are unknown.
		files: ['**/*.svelte'],
		rules: {
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			'@typescript-eslint/no-unnecessary-condition': 'off'
		}
	},
	{
		files: ['src/maths/**/*.ts', 'src/explainers/*/model.ts', 'src/explainers/*/layout.ts', 'src/kit/params/{param,schema,lists}.ts'],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-globals': [
				'error',
				'window',
				'document',
				'navigator',
				'performance',
				'Date',
				'setTimeout',
				'requestAnimationFrame',
				'fetch'
			],
			'no-restricted-properties': ['error', ...impure]
		}
	},
	{ files: ['**/*.js', '**/*.mjs'], extends: [ts.configs.disableTypeChecked] }
);
