import type { Playhead } from '#kit/player/playhead.svelte.ts';

/** Readers who ask for less motion get cuts, from the moment they ask. Gives what stops listening. */
export function followMotion(playhead: Playhead): () => void {
	const motion = matchMedia('(prefers-reduced-motion: reduce)');
	const follow = (): void => {
		playhead.reduced = motion.matches;
	};
	follow();
	motion.addEventListener('change', follow);
	return () => motion.removeEventListener('change', follow);
}
