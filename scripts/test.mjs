/**
 * `npm test`: from a bare clone to the verdict; installs, finds browsers and builds by itself. `-- --only unit,e2e` runs some stages,
 * `-- --list` names them. The last line is "N passed, N failed"; nothing is skipped.
 */
import { requireNode } from './lib/node.mjs';

requireNode();
// Only now the parts that an older Node could not read.
const { test } = await import('./lib/test.mjs');
try {
	process.exitCode = await test(process.argv.slice(2));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 2;
}
