/**
 * SHA-256 for pages that are not served securely (plain http on a local network), where browsers hide crypto.subtle. FIPS 180-4.
 * A megabyte takes some 10 ms; where crypto.subtle exists it is used instead.
 */
const primes = Array.from({ length: 312 }, (_, n) => n).filter(
	(n) => n > 1 && Array.from({ length: n - 2 }, (_, i) => n % (i + 2)).every((r) => r !== 0)
);
/** The first 32 bits behind the point of the root. */
const fraction = (root: number) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
const constants = Uint32Array.from(primes, (p) => fraction(Math.cbrt(p)));
const start = Uint32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));

const turn = (x: number, by: number) => (x >>> by) | (x << (32 - by));

/** One block of 64 bytes at `at` into the state (8 words). */
function compress(state: Uint32Array, block: DataView, at: number, w: Uint32Array): void {
	for (let i = 0; i < 16; i++) w[i] = block.getUint32(at + 4 * i);
	for (let i = 16; i < 64; i++) {
		const a = w[i - 15]!;
		const b = w[i - 2]!;
		w[i] = w[i - 16]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7]! + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
	}
	let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
	for (let i = 0; i < 64; i++) {
		const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[i]! + w[i]!) | 0;
		const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
		[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
	}
	[a, b, c, d, e, f, g, h].forEach((x, i) => (state[i] = state[i]! + x));
}

/** The digest in lower-case hexadecimal digits. */
export function sha256(data: Uint8Array): string {
	const state = start.slice();
	const w = new Uint32Array(64);
	const whole = data.length - (data.length % 64);
	const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
	for (let at = 0; at < whole; at += 64) compress(state, view, at, w);
	// The rest, a one bit, zeros, and the length in bits as 64 bits.
	const rest = data.subarray(whole);
	const tail = new DataView(new ArrayBuffer(rest.length < 56 ? 64 : 128));
	rest.forEach((byte, i) => tail.setUint8(i, byte));
	tail.setUint8(rest.length, 0x80);
	tail.setBigUint64(tail.byteLength - 8, BigInt(data.length) * 8n);
	for (let at = 0; at < tail.byteLength; at += 64) compress(state, tail, at, w);
	return Array.from(state, (x) => x.toString(16).padStart(8, '0')).join('');
}

/** The digest by the browser where it offers one. */
export async function digest(data: Uint8Array<ArrayBuffer>, subtle: SubtleCrypto | undefined): Promise<string> {
	if (!subtle) return sha256(data);
	const bytes = new Uint8Array(await subtle.digest('SHA-256', data));
	return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
