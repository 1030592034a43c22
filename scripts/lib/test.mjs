/** Sets everything up, runs the stages, and tells what they found. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowsers } from './browsers.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './node.mjs';
import { binOf, run } from './process.mjs';
import { seconds, table, tail } from './report.mjs';
import { cache, stages } from './stages.mjs';

/** @typedef {import('./stages.mjs').Stage} Stage */
/** @typedef {import('./report.mjs').Count} Count */
/** @typedef {import('../../tests/browsers/find.mjs').BrowserName} BrowserName */
/** @typedef {{ name: string, count: Count, ms: number }} Result */

/** @param {string} line */
const say = (line) => console.log(line);

/** @param {string} name */
const logOf = (name) => join(cache, `${name}.log`);

/** @param {unknown} error */
const sentence = (error) => (error instanceof Error ? error.message : String(error));

/**
 * The stages asked for, in their usual order.
 * @param {readonly Stage[]} all
 * @param {string | undefined} only names with commas between them
 */
export function chosen(all, only) {
	if (only === undefined) return [...all];
	const names = only.split(',').map((name) => name.trim());
	const unknown = names.find((name) => !all.some((stage) => stage.name === name));
	if (unknown !== undefined) throw new Error(`There is no stage "${unknown}". Stages: ${all.map(({ name }) => name).join(', ')}.`);
	return all.filter(({ name }) => names.includes(name));
}

/**
 * Does a part of the set-up; it counts as one test, and its failure tells why.
 * @param {Result[]} results
 * @param {string} name
 * @param {() => Promise<void>} part
 * @returns {Promise<boolean>}
 */
async function setUp(results, name, part) {
	const start = Date.now();
	let [failed, why] = [0, ''];
	try {
		await part();
	} catch (error) {
		[failed, why] = [1, sentence(error)];
	}
	results.push({ name, count: { passed: 1 - failed, failed }, ms: Date.now() - start });
	say(`${failed ? 'FAILED' : 'ok    '}  ${name}: ${1 - failed} of 1, ${seconds(Date.now() - start)}`);
	if (failed) say(tail(why));
	return !failed;
}

/** @param {Result[]} results @param {Stage} stage @param {string | undefined} obstacle why it cannot run */
async function runStage(results, stage, obstacle) {
	const start = Date.now();
	const log = logOf(stage.name);
	/** @type {{ count: Count, output: string }} */
	let result;
	try {
		if (obstacle) throw new Error(obstacle);
		result = await stage.run(log);
	} catch (error) {
		const problem = sentence(error);
		result = { count: { passed: 0, failed: 1, problem }, output: problem };
		writeFileSync(log, `${problem}\n`);
	}
	const { count, output } = result;
	const ms = Date.now() - start;
	results.push({ name: stage.name, count, ms });
	say(`${count.failed > 0 ? 'FAILED' : 'ok    '}  ${stage.name}: ${count.passed} of ${count.passed + count.failed}, ${seconds(ms)}`);
	if (count.failed > 0) say(`${tail(output)}\n    all of it: ${relative(root, log)}`);
}

/** @param {Result[]} results @param {readonly Stage[]} todo */
async function runAll(results, todo) {
	const installed = await setUp(results, 'install', () => ensureInstalled(say, { log: logOf('install') }));
	if (!installed) return;
	// What the checkers read of the framework: a bare clone has none of it yet.
	await run(process.execPath, [await binOf('@sveltejs/kit', 'svelte-kit'), 'sync'], { log: logOf('sync') });
	/** @type {Set<BrowserName>} */
	const needed = new Set(todo.flatMap(({ browser }) => browser ?? []));
	const absent = await ensureBrowsers([...needed], say, { log: logOf('browsers') });
	const built = todo.some(({ site }) => site) && (await setUp(results, 'build', () => ensureBuilt(say, { log: logOf('build') })));
	for (const stage of todo) {
		const noBrowser = stage.browser && absent.get(stage.browser);
		await runStage(results, stage, noBrowser ?? (stage.site && !built ? 'the site could not be built' : undefined));
	}
}

/** @param {string[]} args what stands after `npm test --` @returns {Promise<number>} exit code */
export async function test(args) {
	const { values } = parseArgs({ args, options: { only: { type: 'string' }, list: { type: 'boolean' } } });
	const todo = chosen(stages, values.only);
	if (values.list) {
		for (const { name, what } of todo) say(`${name.padEnd(8)}  ${what}`);
		return 0;
	}
	// The tests open the site at the root of its own server.
	delete process.env.BASE_PATH;
	rmSync(cache, { recursive: true, force: true });
	mkdirSync(cache, { recursive: true });
	/** @type {Result[]} */
	const results = [];
	try {
		await runAll(results, todo);
	} catch (error) {
		results.push({ name: 'set-up', count: { passed: 0, failed: 1, problem: sentence(error) }, ms: 0 });
	}
	const passed = results.reduce((sum, { count }) => sum + count.passed, 0);
	const failed = results.reduce((sum, { count }) => sum + count.failed, 0);
	say(`\n${table(results)}\n\n${passed} passed, ${failed} failed`);
	return failed > 0 || passed === 0 ? 1 : 0;
}
