/** Dragging the temperature: how long the page's scripts take for each change, from the event to the new river. */
import { dragSlider, quantile } from './lib/drag.mjs';

export const name = 'The temperature slider';

const WARM = 30;
const CHANGES = 200;

const selector = '[data-testid=control-temperature] input[type=range]';
const values = () => Array.from({ length: WARM + CHANGES }, (_, i) => (0.2 + 1.7 * Math.abs(Math.sin(i / 20))).toFixed(2));

/** Needs the built site. @returns {Promise<import('../bench.mjs').Result>} */
export async function run() {
	// The state that the page opens with, and one with twice the processors, which is told without a bound.
	const opening = await dragSlider({ path: '/en/sampling?temperature=0.8&topP=0.9', selector, values, warm: WARM });
	const longer = await dragSlider({ path: '/en/sampling?temperature=0.8&topP=0.9&topK=40&minP=0.02', selector, values, warm: WARM });
	const p95 = quantile(opening.script, 0.95);
	const told = (/** @type {typeof opening} */ { script, layout }) =>
		`scripting median ${quantile(script, 0.5).toFixed(2)} ms, p95 ${quantile(script, 0.95).toFixed(2)} ms; style and layout median ${quantile(layout, 0.5).toFixed(2)} ms, p95 ${quantile(layout, 0.95).toFixed(2)} ms`;
	return {
		rows: [{ name: 'temperature slider, scripting of a change, p95', value: p95, unit: 'ms', bound: '<= 8 ms', ok: p95 <= 8 }],
		notes: [
			`${CHANGES} changes of the slider on the recorded distribution (512 tokens), Chromium ${opening.version}, thread time.`,
			`- as the page opens (temperature, top-p): ${told(opening)}`,
			`- with top-k and min-p besides: ${told(longer)}`
		]
	};
}
