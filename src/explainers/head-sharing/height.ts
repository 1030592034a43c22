import { numberFrames } from './frames-numbers.ts';
import { HEIGHT } from './layout.ts';
import { mapsOf } from './live-layout.ts';
import { boardOf } from './numbers-layout.ts';
import type { HeadParams } from './params.ts';
import { recorded } from './recorded.ts';

/** Height of the stage in CSS pixels: the same for all steps of a view, so that nothing jumps. */
export function heightOf(width: number, p: HeadParams): number {
	if (p.view === 'numbers')
		return Math.max(...numberFrames(p).map(({ scene }) => (scene.kind === 'numbers' ? boardOf(scene, width).height : 0)));
	if (p.view === 'chart') return width < 520 ? 400 : 440;
	if (p.view === 'live') {
		// The model in the page has as many heads as the recorded one; another one scrolls nothing, it only leaves room.
		const { heads, kvHeads, tokens } = recorded();
		return mapsOf(heads, kvHeads, tokens.length, width).height;
	}
	return HEIGHT;
}
