/**
 * `npm run bench`: runs every scripts/bench/*.mjs (or those named on the command line), prints one table, writes docs/benchmarks.md, and exits 1
 * when a bound is missed. A benchmark exports `name` and `run()`; it brings its own server and browser.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { format } from './bench/lib/statistics.mjs';

/**
 * @typedef {{ name: string, value: number, unit: string, bound: string, ok: boolean }} Row
 * @typedef {{ rows: readonly Row[], notes?: readonly string[] }} Result
 */

const folder = new URL('./bench/', import.meta.url);
const wanted = process.argv.slice(2);
const files = readdirSync(folder).filter(
	(file) => file.endsWith('.mjs') && (wanted.length === 0 || wanted.includes(file.replace('.mjs', '')))
);
if (files.length === 0) {
	console.error(`No benchmark is called ${wanted.join(', ')}.`);
	process.exit(2);
}

const before = loadavg()[0] ?? 0;
/** @type {{ title: string, result: Result }[]} */
const sections = [];
for (const file of files) {
	const bench = await import(new URL(file, folder).href);
	console.log(`${bench.name} ...`);
	/** @type {Result | readonly Row[]} */
	let result;
	try {
		result = await bench.run();
	} catch (error) {
		// One that cannot run has missed, and does not keep the others from running.
		const why = error instanceof Error ? error.message : String(error);
		console.error(why);
		result = [{ name: `${bench.name}: ${why.split('\n')[0]}`, value: NaN, unit: '', bound: 'runs', ok: false }];
	}
	sections.push({ title: bench.name, result: 'rows' in result ? result : { rows: result } });
}

const number = (/** @type {Row} */ { value, unit }) => `${format(value)}${unit === 'ratio' ? '' : ` ${unit}`}`;
const rows = sections.flatMap(({ result }) => result.rows);
const width = Math.max(...rows.map((row) => row.name.length));
for (const row of rows)
	console.log(`${row.ok ? 'ok    ' : 'MISSED'}  ${row.name.padEnd(width)}  ${number(row).padStart(10)}  (${row.bound})`);

const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, load ${before.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after`;
const table = (/** @type {readonly Row[]} */ list) => [
	'| measured | value | bound | |',
	'|---|---:|---|---|',
	...list.map((row) => `| ${row.name} | ${number(row)} | ${row.bound} | ${row.ok ? 'ok' : '**missed**'} |`)
];
const text = [
	'# Benchmarks',
	'',
	'Written by `npm run bench`; ratios are of one run, on one machine, in interleaved rounds. Absolute numbers are of this machine only.',
	'',
	`Machine: ${machine}. ${new Date().toISOString().slice(0, 10)}.`,
	...sections.flatMap(({ title, result }) => ['', `## ${title}`, '', ...table(result.rows), '', ...notes(result.notes ?? [])]),
	''
].join('\n');
if (wanted.length === 0) writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), text);
else console.log(`\n${text}`);
process.exit(rows.every((row) => row.ok) ? 0 : 1);

/** Paragraphs, list items kept together. @param {readonly string[]} lines */
function notes(lines) {
	return lines.flatMap((line, i) =>
		i > 0 && line.startsWith('- ') && lines[i - 1]?.startsWith('- ') ? [line] : i > 0 ? ['', line] : [line]
	);
}
