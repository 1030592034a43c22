/**
 * `npm run new <slug>` in a copy of the project that has no other figure: the folder that it makes passes every check, and so it is also shown
 * that a figure needs no other and that deleting one breaks nothing.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
/** As long as a slug may be, so that every line of the template is tried at its longest. */
const SLUG = 'a-figure-whose-slug-is-as-long-as-allowd';
const CONFIGS = [
	'package.json',
	'svelte.config.js',
	'tsconfig.json',
	'tsconfig.pure.json',
	'vite.config.ts',
	'eslint.config.js',
	'.prettierrc.json',
	'.prettierignore'
];
/** The checks that look at every figure. */
const TESTS = ['frames', 'url', 'text', 'facts'];

let copy = '';

interface Answer {
	readonly code: number;
	readonly output: string;
}
function run(args: readonly string[]): Promise<Answer> {
	return new Promise((resolve) => {
		// What this test run tells its own children must not reach the one inside.
		const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|VITE_|NODE_ENV|TEST$|CI$)/.test(name)));
		execFile(process.execPath, [...args], { cwd: copy, env, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
			resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` });
		});
	});
}
const tool = (file: string): string => path.join('node_modules', file);
const make = (...args: string[]): Promise<Answer> => run(['scripts/new.mjs', ...args]);

beforeAll(() => {
	copy = mkdtempSync(path.join(tmpdir(), 'llm-unrolled-new-'));
	for (const file of CONFIGS) cpSync(path.join(root, file), path.join(copy, file));
	for (const folder of ['src', 'scripts', 'tests/lib']) cpSync(path.join(root, folder), path.join(copy, folder), { recursive: true });
	for (const name of TESTS) cpSync(path.join(root, `tests/${name}.test.ts`), path.join(copy, `tests/${name}.test.ts`));
	for (const entry of readdirSync(path.join(copy, 'src/explainers'), { withFileTypes: true })) {
		if (entry.isDirectory()) rmSync(path.join(copy, 'src/explainers', entry.name), { recursive: true });
	}
	mkdirSync(path.join(copy, 'static'));
	symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run new', () => {
	it.each([
		[[], /^Give one slug/],
		[['one', 'two'], /^Give one slug/],
		[['FlashAttention'], /is no slug/],
		[['flash_attention'], /is no slug/],
		[['flash--attention'], /is no slug/],
		[['-flash'], /is no slug/],
		[['3d'], /is no slug/],
		[['../escape'], /is no slug/],
		[[''], /is no slug/],
		[['x'.repeat(41)], /is no slug/],
		[['注意力'], /is no slug/],
		[['gallery'], /is the address of another page/]
	])('refuses %j with one sentence', async (args, sentence) => {
		const { code, output } = await make(...args);
		expect(code).toBe(2);
		expect(output.trim()).toMatch(sentence);
		expect(output.trim().split('\n')).toHaveLength(1);
		expect(readdirSync(path.join(copy, 'src/explainers')).filter((name) => !/\.\w+$/.test(name))).toEqual([]);
	});

	it('makes a folder, says what comes next, and does not overwrite it', async () => {
		const { code, output } = await make(SLUG);
		expect(code, output).toBe(0);
		expect(output).toContain('npm run golden');
		const folder = path.join(copy, 'src/explainers', SLUG);
		expect(readdirSync(folder).sort()).toEqual(readdirSync(path.join(root, 'scripts/new/template')).sort());
		for (const file of readdirSync(folder)) {
			expect(readFileSync(path.join(folder, file), 'utf8'), file).not.toMatch(/new-figure|NewFigure|New figure|\b999\b/);
		}
		const again = await make(SLUG);
		expect(again.code).toBe(2);
		expect(again.output.trim()).toBe(`src/explainers/${SLUG} exists already.`);
	});

	// Side by side: each waits for programs of its own.
	it.concurrent('its code is formatted, linted and typed', { timeout: 180_000 }, async () => {
		const folder = `src/explainers/${SLUG}`;
		const sync = await run([tool('@sveltejs/kit/svelte-kit.js'), 'sync']);
		expect(sync.code, sync.output).toBe(0);
		const tsconfig = { extends: './tsconfig.json', include: [`${folder}/**/*`, 'src/app.d.ts', '.svelte-kit/ambient.d.ts'] };
		writeFileSync(path.join(copy, 'tsconfig.new.json'), JSON.stringify(tsconfig));
		for (const args of [
			[tool('prettier/bin/prettier.cjs'), '--check', folder],
			[tool('eslint/bin/eslint.js'), '--max-warnings', '0', folder],
			[tool('typescript/bin/tsc'), '-p', 'tsconfig.pure.json'],
			[tool('svelte-check/bin/svelte-check'), '--tsconfig', './tsconfig.new.json', '--fail-on-warnings']
		]) {
			const { code, output } = await run(args);
			expect(code, output).toBe(0);
		}
	});

	it.concurrent('passes the checks of every figure once its pictures are written, and not before', { timeout: 180_000 }, async () => {
		const vitest = (...args: string[]): Promise<Answer> => run([tool('vitest/vitest.mjs'), 'run', '--no-color', ...args]);
		const before = await vitest('tests/frames.test.ts');
		expect(before.code).not.toBe(0);
		expect(before.output).toContain('npm run golden writes it');
		const all = await vitest(`src/explainers/${SLUG}`, ...TESTS.map((name) => `tests/${name}.test.ts`), '-u');
		expect(all.code, all.output).toBe(0);
		expect(all.output).toMatch(/Test Files\s+5 passed/);
		expect(readdirSync(path.join(copy, 'src/explainers', SLUG, 'golden')).length).toBeGreaterThan(5);
	});

	it('leaves the project itself alone', () => {
		expect(existsSync(path.join(root, 'src/explainers', SLUG))).toBe(false);
	});
});
