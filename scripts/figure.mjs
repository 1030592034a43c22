/**
 * npm run --silent figure -- "<slug>?<query>" --format json|svg|png|md [--lang en|zh] [--theme light|dark] [--step N|last|all] [--out FILE]
 *
 * Prints a figure in any state, without a browser. The site's own code is bundled for Node once and again when it has changed, so that a
 * call takes a fraction of a second and scripts can make hundreds of them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle, stamp } from './figure/bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = `${root}.cache/figure/main.mjs`;
const stampFile = `${root}.cache/figure/stamp`;
const now = stamp(root);
if (!existsSync(output) || !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== now) await bundle(root, now);
const { main } = await import(pathToFileURL(output).href);
// Set rather than exit(): what is written to a pipe is written to its end.
process.exitCode = await main(process.argv.slice(2), root);
