/** `npm start`: from a bare clone to the site in a browser. Needs nothing but Node and npm. Options: --port N (or PORT=N). */
import { requireNode } from './lib/node.mjs';

requireNode();
// Only now the parts that an older Node could not read.
const { start } = await import('./lib/start.mjs');
await start(process.argv.slice(2));
