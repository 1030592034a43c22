/**
 * Random numbers by counter: the coin of a place is a function of that place, so that a link shows the same draw and a rewound text
 * draws the same tokens again, without any state to carry.
 *
 * Philox2x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, SC 2011), the family behind torch's and
 * cuRAND's generators; integer arithmetic only, hence the same on every engine.
 */
const MULTIPLIER = 0xd256d193;
const WEYL = 0x9e3779b9;

/** The high 32 bits of a * b, for whole a and b below 2^32. */
function multiplyHigh(a: number, b: number): number {
	const aLow = a & 0xffff;
	const aHigh = a >>> 16;
	const bLow = b & 0xffff;
	const bHigh = b >>> 16;
	const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
	const cross = aLow * bHigh + (middle & 0xffff);
	return (aHigh * bHigh + (middle >>> 16) + (cross >>> 16)) >>> 0;
}

/** Ten rounds of Philox: counter (2 words of 32 bits) and key (1 word) -> 2 words of 32 bits. */
export function philox(counter0: number, counter1: number, key: number): readonly [number, number] {
	let left = counter0 >>> 0;
	let right = counter1 >>> 0;
	for (let round = 0; round < 10; round++) {
		const high = multiplyHigh(MULTIPLIER, left);
		const low = Math.imul(MULTIPLIER, left) >>> 0;
		left = (high ^ (key + Math.imul(round, WEYL)) ^ right) >>> 0;
		right = low;
	}
	return [left, right];
}

/**
 * A uniform number in the open interval (0, 1): (n + 1/2) / 2^52 with n of 52 random bits, so that neither it nor 1 minus it is ever 0.
 * seed, position, index: whole numbers, each taken modulo 2^32.
 */
export function uniform(seed: number, position: number, index = 0): number {
	const [high, low] = philox(position, index, seed >>> 0);
	return (high * 0x100000 + (low >>> 12) + 0.5) / 0x10000000000000;
}

/** A stream of uniform numbers in [0, 1), 53 bits each, for tests that want many. */
export function stream(seed: number): () => number {
	let position = 0;
	return () => {
		const [high, low] = philox(position++, 0xffffffff, seed >>> 0);
		return (high * 0x200000 + (low >>> 11)) / 0x20000000000000;
	};
}
