/** What the stages of `npm test` counted, and how it is told. */
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, problem?: string }} Count */

/** @param {string} path @returns {any} undefined when there is no such file, or no JSON in it */
function json(path) {
	try {
		return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
	} catch {
		return undefined;
	}
}

/** A stage that says no number: one test. @param {number} code exit code @returns {Count} */
export const countOne = (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/**
 * A count that agrees with how the program ended: whatever it counted, a failing exit code is at least one failure, and a stage that
 * ran nothing failed.
 * @param {Count} count
 * @param {number} code
 * @returns {Count}
 */
export function settled(count, code) {
	if (code !== 0 && count.failed === 0) return { ...count, failed: 1, problem: count.problem ?? `it ended with exit code ${code}` };
	if (count.passed + count.failed === 0) return { passed: 0, failed: 1, problem: 'no test ran' };
	return count;
}

/** Vitest's JSON report. Skipped and "todo" tests count as failed, and so does a file that could not be loaded. @param {string} path @returns {Count} */
export function countVitest(path) {
	const report = json(path);
	if (!report) return { passed: 0, failed: 0, problem: 'no report was written' };
	const skipped = report.numPendingTests + report.numTodoTests;
	const broken = report.testResults.filter(
		(/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0
	).length;
	const count = { passed: report.numPassedTests, failed: report.numFailedTests + skipped + broken };
	return skipped > 0 ? { ...count, problem: `${skipped} skipped, which counts as failed` } : count;
}

/** Playwright's JSON report. Skipped and flaky tests count as failed. @param {string} path @returns {Count} */
export function countPlaywright(path) {
	const report = json(path);
	if (!report) return { passed: 0, failed: 0, problem: 'no report was written' };
	const { expected, unexpected, flaky, skipped } = report.stats;
	const count = { passed: expected, failed: unexpected + flaky + skipped };
	return skipped + flaky > 0 ? { ...count, problem: `${skipped} skipped and ${flaky} flaky, which counts as failed` } : count;
}

/** The closing line "N passed, N failed". @param {string} output @returns {Count} */
export function countLine(output) {
	const match = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
	return match ? { passed: Number(match[1]), failed: Number(match[2]) } : { passed: 0, failed: 0, problem: 'it did not come to its end' };
}

/** The last lines of an output, set apart so that none of them can be taken for ours. @param {string} output @param {number} [lines] */
export function tail(output, lines = 60) {
	// eslint-disable-next-line no-control-regex
	const plain = output.replace(/\u001b\[[0-9;]*m/g, '').trimEnd();
	return plain
		.split('\n')
		.slice(-lines)
		.map((line) => `    | ${line}`)
		.join('\n');
}

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * @param {{ name: string, count: Count, ms: number }[]} results
 * @returns {string} the closing table, without the closing line
 */
export function table(results) {
	const rows = results.map(({ name, count, ms }) => [name, String(count.passed), String(count.failed), seconds(ms), count.problem ?? '']);
	const all = [['stage', 'passed', 'failed', 'time', ''], ...rows];
	const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
	const line = (/** @type {string[]} */ row) =>
		row
			.map((cell, column) => (column === 0 || column === 4 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
			.join('  ');
	return all.map((row) => line(row).trimEnd()).join('\n');
}
