/** The angle of RoPE pair `pair` of `dim` numbers at a position, in radians: position x base^(-2 pair / dim). */
export function ropeAngle(position: number, pair: number, dim: number, base: number): number {
	return position * base ** ((-2 * pair) / dim);
}

/** RoPE on interleaved pairs (x0, x1), (x2, x3), ... as DeepSeek rotates them; (dim) -> (dim). */
export function rotate(x: readonly number[], position: number, base = 10_000): number[] {
	return x.map((value, i) => {
		const angle = ropeAngle(position, Math.floor(i / 2), x.length, base);
		return i % 2 === 0 ? value * Math.cos(angle) - x[i + 1]! * Math.sin(angle) : x[i - 1]! * Math.sin(angle) + value * Math.cos(angle);
	});
}
