/** Dragging the temperature: how long the page's scripts take for each change, from the event to the new river. */
import { dragSlider, quantile } from './lib/drag.mjs';

export const name = 'The temperature slider';

const WARM = 30;
const CHANGES = 200;

/** Needs the built site. @returns {Promise<import('../bench.mjs').Result>} */
export async function run() {
	const { version, script, layout } = await dragSlider({
		path: '/en/sampling?temperature=0.8&topP=0.9&topK=40&minP=0.02',
		selector: '[data-testid=control-temperature] input[type=range]',
		values: () => Array.from({ length: WARM + CHANGES }, (_, i) => (0.2 + 1.7 * Math.abs(Math.sin(i / 20))).toFixed(2)),
		warm: WARM
	});
	const p95 = quantile(script, 0.95);
	return {
		rows: [{ name: 'temperature slider, scripting of a change, p95', value: p95, unit: 'ms', bound: '<= 8 ms', ok: p95 <= 8 }],
		notes: [
			`${CHANGES} changes of the slider on the recorded distribution (512 tokens, five stages), Chromium ${version}, thread time. Scripting: median ${quantile(script, 0.5).toFixed(2)} ms; style and layout: median ${quantile(layout, 0.5).toFixed(2)} ms, p95 ${quantile(layout, 0.95).toFixed(2)} ms.`
		]
	};
}
