/** Dragging the temperature: how long the page's scripts take for each change, from the event to the new river. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/node.mjs';
import { dragSlider, quantile } from './lib/drag.mjs';

export const name = 'The temperature slider';

const WARM = 30;
const CHANGES = 200;
/** Rounds of all cases in turn: what else the machine does meanwhile meets all of them. */
const ROUNDS = 3;
const LIMIT = 8;

const selector = '[data-testid=control-temperature] input[type=range]';
const values = () => Array.from({ length: WARM + CHANGES }, (_, i) => (0.2 + 1.7 * Math.abs(Math.sin(i / 20))).toFixed(2));

/** Logits of a made-up vocabulary, 9 - 1.15 ln rank in a scattered order: a heavy head and a long tail, as language has. @param {number} size a power of two */
function zipf(size) {
	const ranks = Array.from({ length: size }, (_, i) => ((i * 1103) % size) + 1);
	return ranks.map((rank) => (9 - 1.15 * Math.log(rank)).toFixed(2)).join(',');
}

/** Needs the built site. @returns {Promise<import('../bench.mjs').Result>} */
export async function run() {
	/** @type {{ model: string, logits: string }} */
	const recorded = JSON.parse(readFileSync(path.join(root, 'src/explainers/sampling/recorded.json'), 'utf8'));
	const vocabulary = Buffer.from(recorded.logits, 'base64').length / 4;
	const cases = [
		{ what: `the recorded distribution of ${recorded.model} (${vocabulary} tokens), temperature and top-p`, query: '' },
		{ what: 'the same with top-k and min-p besides', query: '&topK=40&minP=0.02' },
		{
			what: 'a made-up Zipf distribution of 2,048 tokens (source=custom), temperature and top-p',
			query: `&source=custom&logits=${zipf(2048)}`
		}
	].map((one) => ({ ...one, script: /** @type {number[]} */ ([]), layout: /** @type {number[]} */ ([]) }));
	let chromium = '';
	for (let round = 0; round < ROUNDS; round++) {
		for (const one of cases) {
			const { version, script, layout } = await dragSlider({
				path: `/en/sampling?temperature=0.8&topP=0.9${one.query}`,
				selector,
				values,
				warm: WARM
			});
			chromium = version;
			one.script.push(...script);
			one.layout.push(...layout);
		}
	}
	const [short = cases[0], , long = cases[0]] = cases;
	/** @param {string} what @param {typeof short} one */
	const row = (what, one) => {
		const p95 = quantile(one?.script ?? [], 0.95);
		return {
			name: `temperature slider, ${what}, scripting of a change, p95`,
			value: p95,
			unit: 'ms',
			bound: `<= ${LIMIT} ms`,
			ok: p95 <= LIMIT
		};
	};
	return {
		rows: [row(`${vocabulary} tokens`, short), row('2,048 custom logits', long)],
		notes: [
			`${ROUNDS} rounds of ${CHANGES} changes in each case, Chromium ${chromium}, thread time of the page's main thread.`,
			...cases.map(
				({ what, script, layout }) =>
					`- ${what}: scripting median ${quantile(script, 0.5).toFixed(2)} ms, p95 ${quantile(script, 0.95).toFixed(2)} ms; style and layout median ${quantile(layout, 0.5).toFixed(2)} ms, p95 ${quantile(layout, 0.95).toFixed(2)} ms`
			)
		]
	};
}
