/**
 * What a collective sends and how long it takes at best. `bytes` is the full buffer: of an all-gather the gathered one, of a
 * reduce-scatter the one that is scattered, of an all-to-all what one rank sends out.
 * Source: NVIDIA/nccl-tests, doc/PERFORMANCE.md.
 */

export type CollectiveKind = 'all-reduce' | 'reduce-scatter' | 'all-gather' | 'all-to-all' | 'broadcast' | 'reduce';

/** Bytes that each rank sends over the bytes of the buffer: 2 (N - 1) / N, (N - 1) / N, or 1. Nothing goes out from a lone rank. */
export function ringFactor(kind: CollectiveKind, ranks: number): number {
	if (ranks <= 1) return 0;
	if (kind === 'broadcast' || kind === 'reduce') return 1;
	return ((kind === 'all-reduce' ? 2 : 1) * (ranks - 1)) / ranks;
}

/** Steps of the ring: 2 (N - 1) for an all-reduce, N - 1 for the others. */
export function ringSteps(kind: CollectiveKind, ranks: number): number {
	return (kind === 'all-reduce' ? 2 : 1) * Math.max(0, ranks - 1);
}

/** Bytes that each rank sends. */
export function ringBytes(kind: CollectiveKind, ranks: number, bytes: number): number {
	return ringFactor(kind, ranks) * bytes;
}

/** Seconds at `bytesPerSecond` of every link and direction; `latency` is the time of one step with nothing in it. */
export function ringSeconds(kind: CollectiveKind, ranks: number, bytes: number, bytesPerSecond: number, latency = 0): number {
	return ringSteps(kind, ranks) * latency + ringBytes(kind, ranks, bytes) / bytesPerSecond;
}
