/** The version of Node that the project needs. Written so that very old versions can read it and say what is wrong. */
import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath } from 'url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Whether a version such as "20.19.4" is in a range such as "^20.19 || >=22.12". Knows "^", ">=" and a bare version only.
 * @param {string} version
 * @param {string} range
 */
export function satisfies(version, range) {
	const have = version.split('.').map(Number);
	return range.split('||').some((part) => {
		const match = /^\s*(\^|>=)?\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?\s*$/.exec(part);
		if (!match) throw new Error('package.json: engines.node is not understood: ' + range);
		const want = [match[2], match[3], match[4]].map((n) => Number(n || 0));
		if (match[1] !== '>=' && have[0] !== want[0]) return false;
		const at = want.findIndex((n, i) => n !== have[i]);
		return at < 0 || Number(have[at]) > Number(want[at]);
	});
}

/** Ends the process with one sentence when this Node is not one that package.json asks for. */
export function requireNode() {
	const range = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node;
	if (satisfies(process.versions.node, range)) return;
	console.error(
		`This project needs Node ${range}; this is Node ${process.versions.node}. Get a newer one (nodejs.org, or "nvm install 22").`
	);
	process.exit(1);
}
