/** Thousandths of a pixel: finer than anybody sees. */
const round = (n: number): number => Math.round(n * 1000) / 1000;

/**
 * The same path in fewer and more regular letters, which also compress better: every line by how far it goes and not where to, along an axis
 * as h or v. A staircase of a thousand steps, as a long run draws it, becomes a third. Paths with other commands than M, L, H, V and Z stay
 * as they are.
 */
export function shortPath(d: string): string {
	// After Z the pen is back at the start, which nobody keeps here.
	if (!/^[\d.\s,MLHVZ-]+$/.test(d) || /Z\s*[LHV]/.test(d)) return d;
	// Where the pen is after what was written, so that roundings do not add up.
	let x = 0;
	let y = 0;
	let odd = 0;
	const short = d.replace(/([MLHV])([^MLHVZ]*)/g, (_, command: string, text: string) => {
		const numbers = (text.match(/-?[\d.]+/g) ?? []).map(Number);
		const [a = 0, b = 0] = numbers;
		// A letter may be left out where it repeats, which nobody does here either.
		if (numbers.length !== ('HV'.includes(command) ? 1 : 2)) odd += 1;
		if (command === 'M') [x, y] = [0, 0];
		const dx = command === 'V' ? 0 : round(a - x);
		const dy = command === 'H' ? 0 : round((command === 'V' ? a : b) - y);
		x += dx;
		y += dy;
		if (command === 'M') return `M${dx} ${dy}`;
		return dx === 0 ? `v${dy}` : dy === 0 ? `h${dx}` : `l${dx} ${dy}`;
	});
	return odd === 0 ? short : d;
}

/** All paths of some markup in fewer letters. */
export const shortPaths = (markup: string): string => markup.replace(/ d="([^"]*)"/g, (_, d: string) => ` d="${shortPath(d)}"`);
