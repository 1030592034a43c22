/** The laws of the house that a machine can check; each rule is first shown to catch what it is there for. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as rules from './lib/rules.ts';
import { imports, readSources, withoutComments } from './lib/sources.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = readSources(root, 'src');

const LAWS: readonly (readonly [string, rules.Rule])[] = [
	['imports go routes -> notebook -> notes -> explainers -> kit -> maths', rules.direction],
	['no explainer imports another', rules.siblings],
	['no import cycles', rules.cycles],
	['only the runtime imports onnxruntime', rules.runtimeOnly],
	['no $lib', rules.noLib],
	['only the clock asks for animation frames', rules.oneClock],
	['no file over 250 lines', rules.shortFiles],
	['maths and models are pure', rules.pure],
	['nothing is loaded from another origin', rules.oneOrigin]
];

describe('the house', () => {
	it.each(LAWS)('%s', (_, rule) => {
		expect(rule(files)).toEqual([]);
	});

	it.each(['routes', 'notebook', 'notes', 'explainers', 'kit', 'maths'])('has files in src/%s to check', (layer) => {
		expect(files.filter(({ path }) => path.startsWith(`src/${layer}/`))).not.toEqual([]);
	});
});

/** [law broken, files as path and text, part of the sentence that tells]. */
const BAD: readonly (readonly [rules.Rule, Readonly<Record<string, string>>, string])[] = [
	[rules.direction, { 'src/maths/a.ts': `import { x } from '#kit/b.ts';` }, 'maths may not know kit'],
	[rules.direction, { 'src/kit/a.ts': `import type { X } from '#explainers/registry.ts';` }, 'kit may not know explainers'],
	[
		rules.direction,
		{ 'src/kit/a/b.svelte': `<script lang="ts">\n\timport X from '../../routes/X.svelte';\n</script>` },
		'kit may not know routes'
	],
	[
		rules.direction,
		{ 'src/kit/a.ts': `export const all = import.meta.glob(['../explainers/*/manifest.ts']);` },
		'kit may not know explainers'
	],
	[
		rules.direction,
		{ 'src/kit/a.svelte': `{#await import('#explainers/one/View.svelte') then X}<X />{/await}` },
		'kit may not know explainers'
	],
	[rules.direction, { 'src/maths/a.ts': `export * from '../kit/b.ts';` }, 'maths may not know kit'],
	[rules.direction, { 'src/maths/a.ts': `let x: import('#kit/b.ts').B;` }, 'maths may not know kit'],
	[rules.direction, { 'src/kit/a.ts': `new Worker(new URL('../routes/w.ts', import.meta.url));` }, 'kit may not know routes'],
	[rules.direction, { 'src/explainers/one/model.ts': `import { topics } from '#notes/topics.ts';` }, 'explainers may not know notes'],
	[rules.direction, { 'src/notes/a.ts': `import x from '../routes/x.ts';` }, 'notes may not know routes'],
	[rules.direction, { 'src/explainers/one/a.ts': `import '#notebook/note.ts';` }, 'explainers may not know notebook'],
	[rules.siblings, { 'src/explainers/one/View.svelte': `<script>\nimport '../two/labels.ts';\n</script>` }, 'outside its own folder'],
	[rules.siblings, { 'src/explainers/one/model.ts': `import type { T } from '#explainers/two/model.ts';` }, 'outside its own folder'],
	[rules.siblings, { 'src/explainers/one/model.ts': `const all = import('../registry.ts');` }, 'outside its own folder'],
	[
		rules.cycles,
		{
			'src/kit/a.ts': `import './b.ts';`,
			'src/kit/b.ts': `export { c } from '#kit/c.svelte.ts';`,
			'src/kit/c.svelte.ts': `await import('./a.ts');`
		},
		'src/kit/a.ts -> src/kit/b.ts -> src/kit/c.svelte.ts -> src/kit/a.ts'
	],
	[rules.cycles, { 'src/kit/A.svelte': `<script module>\nimport A from './A.svelte';\n</script>` }, 'src/kit/A.svelte -> src/kit/A.svelte'],
	[
		rules.runtimeOnly,
		{ 'src/explainers/one/View.svelte': `<script>\nconst ort = import('onnxruntime-web/wasm');\n</script>` },
		'only src/kit/runtime may'
	],
	[rules.noLib, { 'src/routes/+page.svelte': `<script>\nimport x from '$lib/x';\n</script>` }, '$lib/x'],
	[rules.oneClock, { 'src/kit/figure/A.svelte': `<script>\nrequestAnimationFrame(() => {});\n</script>` }, 'animation frames'],
	[rules.oneClock, { 'src/kit/player/Player.svelte.ts': `const tick = window.requestAnimationFrame;` }, 'animation frames'],
	[rules.shortFiles, { 'src/kit/long.ts': 'let x;\n'.repeat(251) }, '251 lines'],
	[rules.pure, { 'src/maths/a.ts': `export const x = () => Math.random();` }, 'uses Math.random'],
	[rules.pure, { 'src/explainers/one/model.ts': `const now = Date.now();` }, 'uses Date'],
	[rules.pure, { 'src/explainers/one/model.ts': `const w = { width: window.innerWidth };` }, 'uses window'],
	[rules.pure, { 'src/maths/a.ts': `export const { title } = document;` }, 'uses document'],
	[rules.oneOrigin, { 'src/kit/a.ts': `import x from 'https://cdn.example/x.js';` }, 'https://cdn.example/x.js'],
	[rules.oneOrigin, { 'src/kit/a.ts': `const CDN = 'https://cdn.example';\nawait fetch(CDN + '/x');` }, 'https://cdn.example'],
	[rules.oneOrigin, { 'src/kit/a.ts': 'await fetch(`http://cdn.example/${name}`);' }, 'http://cdn.example/'],
	[rules.oneOrigin, { 'src/kit/a.ts': `new Worker(new URL('//cdn.example/w.js', location.href));` }, '//cdn.example/w.js'],
	[rules.oneOrigin, { 'src/routes/+page.svelte': `<img src="https://cdn.example/a.png" alt="" />` }, 'a.png'],
	[rules.oneOrigin, { 'src/app.html': `<link rel="stylesheet" href="https://cdn.example/a.css" />` }, 'a.css'],
	[rules.oneOrigin, { 'src/kit/theme/a.css': `@font-face { src: url(https://cdn.example/a.woff2); }` }, 'a.woff2'],
	[rules.oneOrigin, { 'src/kit/theme/a.css': `@import 'https://cdn.example/a.css';` }, 'a.css']
];

/** Files that break no law, though they look it. */
const GOOD: Readonly<Record<string, string>> = {
	'src/routes/+page.svelte': `<script>\nimport { all } from '#explainers/registry.ts';\n</script>\n<a href="https://arxiv.org/abs/1706.03762">paper</a>\n<link rel="canonical" href="https://example.org/" />`,
	'src/explainers/registry.ts': `export const all = import.meta.glob('./*/manifest.ts');`,
	'src/explainers/one/manifest.ts': `export const load = () => import('./index.ts');`,
	'src/explainers/one/index.ts': `export { model } from './model.ts';`,
	'src/explainers/one/model.ts': `// not window, nor Math.random\nimport { f } from '#maths/f.ts';\nexport const g = ({ window }: { window: number }) => f(window) + p.window;\nexport const h = (q: P) => ({ window: q.window, source: 'https://arxiv.org/abs/1706.03762' });`,
	'src/maths/f.ts': `import type { G } from './g.ts';\nexport const f = (x: G) => x;`,
	'src/maths/g.ts': `import { f } from './f.ts';\nexport type G = number;`,
	'src/kit/runtime/worker.ts': `import * as ort from 'onnxruntime-web/wasm';`,
	'src/kit/runtime/client.ts': `new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });\nawait fetch(base + '/models/x');`,
	'src/kit/player/clock.ts': `requestAnimationFrame(tick);`,
	'src/kit/player/Player.svelte': `<script>\n// requestAnimationFrame is the clock's\nimport { clock } from './clock.ts';\n</script>\n<!-- requestAnimationFrame -->`,
	'src/maths/long.test.ts': `Math.random();\n`.repeat(300)
};

const sources = (record: Readonly<Record<string, string>>) => Object.entries(record).map(([path, text]) => ({ path, text }));

describe('the rules', () => {
	it.each(BAD.map(([rule, bad, telling]) => ({ name: rule.name, rule, bad, telling })))(
		'$name catches: $telling',
		({ rule, bad, telling }) => {
			const breaches = rule(sources(bad));
			expect(breaches).toHaveLength(1);
			expect(breaches[0]).toContain(telling);
		}
	);

	it.each(LAWS)('let good files be: %s', (_, rule) => {
		expect(rule(sources(GOOD))).toEqual([]);
	});

	it('every rule is shown to catch something', () => {
		expect(new Set(BAD.map(([rule]) => rule))).toEqual(new Set(LAWS.map(([, rule]) => rule)));
	});

	it('imports are found in every form, with types told apart', () => {
		const text = `import type { A } from './a.ts';\nimport b, { type B } from '#maths/b.ts';\nexport type { C } from 'c';\nimport d from './d.ts?worker';`;
		expect(imports({ path: 'src/kit/x/y.ts', text })).toEqual([
			{ specifier: './a.ts', target: 'src/kit/x/a.ts', typeOnly: true },
			{ specifier: '#maths/b.ts', target: 'src/maths/b.ts', typeOnly: false },
			{ specifier: 'c', target: 'c', typeOnly: true },
			{ specifier: './d.ts?worker', target: 'src/kit/x/d.ts', typeOnly: false }
		]);
	});

	it('comments are taken out of code, and strings that look like them are not', () => {
		expect(withoutComments(`a('// x'); // y\n/* z */ b(); // end`).replace(/\s+/g, ' ')).toBe(`a('// x'); b(); `);
	});
});
