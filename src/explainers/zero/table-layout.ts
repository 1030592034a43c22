/** Where the cells of Table I stand: three blocks side by side, on a phone one above the other. */
import { TABLE_RANKS } from './paper.ts';

const ROW = 42;
export function tableLayout(width: number) {
	const phone = width < 560;
	const left = phone ? 0 : 52;
	const gap = phone ? 26 : 16;
	const blockH = 34 + TABLE_RANKS.length * ROW;
	const w = phone ? width : (width - left - 2 * gap) / 3;
	const labelW = phone ? 44 : 0;
	const blocks = [0, 1, 2].map((m) => ({
		...{ x: phone ? 0 : left + m * (w + gap), y: phone ? 12 + m * (blockH + gap) : 12, w },
		...{ labelW, cellW: (w - labelW) / 3 }
	}));
	const height = blocks.at(-1)!.y + blockH + 36;
	return { phone, blocks, rowH: ROW, height };
}
