import type { Param } from '#kit/params/schema.ts';

/** A request: tokens of its prompt, tokens of its output. */
export type Lengths = readonly [number, number];

/**
 * Requests as "prompt+output" separated by commas, e.g. 7+3,12+5. In a query string "+" also stands for a space, so a space
 * between the two numbers is read as well.
 */
export function requestList(
	most: number,
	longest: { prompt: number; output: number },
	initial: readonly Lengths[]
): Param<readonly Lengths[]> {
	const clamp = (x: number, max: number): number => Math.min(max, Math.max(1, x));
	return {
		kind: 'list',
		initial,
		range: {
			en: `1–${most} pairs prompt+output, prompt 1–${longest.prompt}, output 1–${longest.output}, comma-separated`,
			zh: `1–${most} 对 prompt+output（提示长度+输出长度），提示 1–${longest.prompt}，输出 1–${longest.output}，逗号分隔`
		},
		parse(given) {
			const out: Lengths[] = [];
			let why: 'notANumber' | 'tooSmall' | 'tooLarge' | 'tooMany' | undefined;
			for (const part of given.split(',')) {
				const match = /^\s*(\d{1,9})(?:\s*\+\s*|\s+)(\d{1,9})\s*$/.exec(part);
				if (match === null) {
					why ??= 'notANumber';
					continue;
				}
				const [prompt, output] = [Number(match[1]), Number(match[2])];
				if (prompt < 1 || output < 1) why ??= 'tooSmall';
				if (prompt > longest.prompt || output > longest.output) why ??= 'tooLarge';
				if (out.length === most) {
					why = 'tooMany';
					break;
				}
				out.push([clamp(prompt, longest.prompt), clamp(output, longest.output)]);
			}
			if (out.length === 0) return { value: initial, why: why ?? 'tooFew' };
			return why === undefined ? { value: out } : { value: out, why };
		},
		print: (value) => value.map(([prompt, output]) => `${prompt}+${output}`).join(','),
		random: (random) => {
			const n = 1 + Math.floor(random() * 6);
			return Array.from({ length: n }, () => [1 + Math.floor(random() * 40), 1 + Math.floor(random() * 30)] as const);
		}
	};
}
