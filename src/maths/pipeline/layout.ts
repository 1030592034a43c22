/** Which stage of the model lies on which device. A stage here is one chunk of layers; devices may hold several. */
export interface Layout {
	readonly devices: number;
	/** Microbatches that go through each stage. */
	readonly microbatches: number;
	/** By stage: its device, which of the device's chunks it is (from 0), its neighbours (-1: none), and its name in labels. */
	readonly device: readonly number[];
	readonly chunk: readonly number[];
	readonly next: readonly number[];
	readonly previous: readonly number[];
	readonly name: readonly string[];
	/** Chunks of a device. */
	readonly chunks: number;
}

const range = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** One chain of stages 0..count-1. */
function chain(devices: number, microbatches: number, count: number, device: (stage: number) => number): Layout {
	return {
		...{ devices, microbatches, chunks: count / devices },
		device: range(count, device),
		chunk: range(count, (s) => Math.floor(s / devices)),
		next: range(count, (s) => (s + 1 < count ? s + 1 : -1)),
		previous: range(count, (s) => s - 1),
		name: range(count, String)
	};
}

/** Chunk c of device r is stage c p + r (one chunk: stage r). */
export const looped = (p: number, m: number, v = 1): Layout => chain(p, m, p * v, (s) => s % p);

/** Down and up again: device r holds stages r and 2p - 1 - r. */
export const vShaped = (p: number, m: number): Layout => chain(p, m, 2 * p, (s) => (s < p ? s : 2 * p - 1 - s));

/**
 * Two copies of the model: direction d from device 0 to p - 1 (stages 0..p-1 here) and direction u back (stages p..2p-1 here, named u0..).
 * `each` microbatches enter at either end.
 */
export function bidirectional(p: number, each: number): Layout {
	const within = (s: number): number => s % p;
	return {
		...{ devices: p, microbatches: each, chunks: 2 },
		device: range(2 * p, (s) => (s < p ? s : 2 * p - 1 - s)),
		chunk: range(2 * p, (s) => (s < p ? 0 : 1)),
		next: range(2 * p, (s) => (within(s) + 1 < p ? s + 1 : -1)),
		previous: range(2 * p, (s) => (within(s) > 0 ? s - 1 : -1)),
		name: range(2 * p, (s) => `${s < p ? 'd' : 'u'}${within(s)}`)
	};
}
