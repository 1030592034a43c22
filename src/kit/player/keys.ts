import type { Playhead } from '#kit/player/playhead.svelte.ts';

/** The keys that step a figure when its stage has the focus, as its player's buttons do. */
export function playerKeys(event: KeyboardEvent, playhead: Playhead): void {
	const target = event.target as HTMLElement;
	if (
		event.defaultPrevented ||
		event.altKey ||
		event.ctrlKey ||
		event.metaKey ||
		target.closest('input, textarea, select, [contenteditable]')
	)
		return;
	if (event.key === 'ArrowRight' || event.key === '.') playhead.next();
	else if (event.key === 'ArrowLeft' || event.key === ',') playhead.back();
	else if (event.key === 'Home') playhead.goto(0);
	else if (event.key === 'End') playhead.goto(playhead.last);
	else if (event.key === ' ' && target.closest('button, a, summary, label') === null) playhead.toggle();
	else return;
	event.preventDefault();
}
