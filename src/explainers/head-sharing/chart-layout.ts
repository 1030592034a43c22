/** The chart of all models: bytes of one sequence against its length, both by powers of two. Pure geometry. */
import { line, scaleLog } from 'd3';
import { bytesPerSequence } from '#maths/kv/bytes.ts';
import { LONGEST, SHORTEST, type ChartScene, type Line } from './frames-chart.ts';

export const MARGIN = { left: 62, right: 12, top: 26, bottom: 46 } as const;

export interface Curve {
	readonly line: Line;
	/** Up to the model's own context, and beyond it, where it is arithmetic only. */
	readonly within: string;
	readonly beyond: string;
	readonly points: readonly (readonly [number, number])[];
}
export interface Chart {
	readonly x: (tokens: number) => number;
	readonly y: (bytes: number) => number;
	readonly xTicks: readonly number[];
	readonly yTicks: readonly number[];
	readonly curves: readonly Curve[];
}

/** The lengths at which a line bends or ends: powers of two, its window and its context. */
function lengthsOf({ shape, context }: Line): readonly number[] {
	const powers = Array.from({ length: 25 }, (_, i) => SHORTEST * 2 ** (i / 2)).filter((t) => t <= LONGEST);
	return [...new Set([...powers, shape.window, context, LONGEST])].filter((t) => t >= SHORTEST && t <= LONGEST).sort((a, b) => a - b);
}

export function chartOf(scene: ChartScene, width: number, height: number): Chart {
	const bytes = (l: Line, tokens: number): number => Math.max(1, bytesPerSequence(l.shape, tokens, scene.bits));
	const all = scene.lines.flatMap((l) => [bytes(l, SHORTEST), bytes(l, LONGEST)]);
	const low = 2 ** Math.floor(Math.log2(Math.min(...all)));
	const high = 2 ** Math.ceil(Math.log2(Math.max(...all, scene.memory)));
	const x = scaleLog([SHORTEST, LONGEST], [MARGIN.left, width - MARGIN.right]).base(2);
	const y = scaleLog([low, high], [height - MARGIN.bottom, MARGIN.top]).base(2);
	const path = line<readonly [number, number]>();
	const draw = (points: readonly (readonly [number, number])[]): string => (points.length < 2 ? '' : (path.digits(2)([...points]) ?? ''));
	const curves = scene.lines.map((l): Curve => {
		const at = (tokens: number): readonly [number, number] => [x(tokens), y(bytes(l, tokens))];
		const lengths = lengthsOf(l);
		const points = lengths.map(at);
		return {
			line: l,
			points,
			within: draw(lengths.filter((t) => t <= l.context).map(at)),
			beyond: draw(lengths.filter((t) => t >= l.context).map(at))
		};
	});
	const every = width < 520 ? 4 : 2;
	return {
		...{ x: (t) => x(t), y: (b) => y(b), curves },
		xTicks: Array.from({ length: 13 }, (_, i) => SHORTEST * 2 ** i).filter((_, i) => i % every === 0),
		yTicks: Array.from({ length: 60 }, (_, i) => 2 ** i).filter(
			(b) => b >= low && b <= high && Math.log2(b) % (Math.log2(high / low) > 16 ? 4 : 2) === 0
		)
	};
}

/** The curve nearest to a point, within 24 pixels. */
export function nearestCurve(curves: readonly Curve[], px: number, py: number): Curve | undefined {
	let best: Curve | undefined;
	let least = 24;
	for (const curve of curves) {
		const i = curve.points.findIndex(([x]) => x >= px);
		const [x1, y1] = curve.points[Math.max(1, i)] ?? [px, Infinity];
		const [x0, y0] = curve.points[Math.max(0, i - 1)] ?? [px, Infinity];
		const share = x1 === x0 ? 0 : (px - x0) / (x1 - x0);
		const distance = Math.abs(y0 + (y1 - y0) * share - py);
		if (distance < least) [best, least] = [curve, distance];
	}
	return best;
}
