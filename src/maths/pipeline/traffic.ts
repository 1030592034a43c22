/** Messages between devices: each is the activation, or its gradient, of one microbatch at one stage boundary. */
import type { Layout } from './layout.ts';

/** Sent in a step: forwards and backwards over every boundary whose stages are on two devices. */
export function messagesOf({ next, device, microbatches }: Layout): number {
	const boundaries = next.reduce((sum, after, s) => sum + (after >= 0 && device[after] !== device[s] ? 1 : 0), 0);
	return 2 * boundaries * microbatches;
}
