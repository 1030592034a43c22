/** What the words of both languages are made of. */
import { int, many, n, s, type Values } from '#kit/text/values.ts';
import type { ZeroStage, StateBytes } from '#maths/memory/zero.ts';
import { bytes, decimalBytes, fixed, number, percent, shortCount as size } from '#kit/text/format.ts';
import type { Config } from './config.ts';
import type { Kind } from './layout.ts';
import type { TableCell } from './paper.ts';
import type { Held, Memory, Moment, Op } from './plan.ts';
import type { DrawnRank } from './ranks.ts';
import type { RingScene } from './ring.ts';

export const gb = (v: Values, key: string): string => decimalBytes(n(v, key), 3);
export const gib = (v: Values, key: string): string => bytes(n(v, key));
export const some = (x: number): string => number(Number(x.toPrecision(3)));
export const times = (v: Values, key: string): string => some(n(v, key));
export { decimalBytes, fixed, int, many, n, number, percent, s, size, type Values };

export interface CellInWords {
	readonly kind: Kind;
	readonly unit: number;
	readonly held: Held;
	readonly rank: DrawnRank;
	readonly config: Config;
	readonly moment: Moment;
	/** Activations are drawn lower than their bytes. */
	readonly cut: boolean;
}

/** Sentences of marks, the same in both languages by type. */
export interface Why {
	readonly slot: (op: Op, rank: DrawnRank, c: Config) => string;
	readonly cell: (cell: CellInWords) => string;
	readonly memory: (kind: keyof Memory, bytes: number, c: Config) => string;
	readonly peak: (bytes: number, gpu: string, capacity: number) => string;
	readonly stage: (stage: ZeroStage, states: StateBytes, fits: boolean, c: Config) => string;
	readonly sent: (op: Op, c: Config) => string;
	readonly paperCount: (elements: number, c: Config) => string;
	readonly pcie: (bytes: number, c: Config) => string;
	readonly tableCell: (cell: TableCell, gpu: Config['gpu']) => string;
	readonly chunk: (rank: number, chunk: number, inside: readonly number[], scene: RingScene) => string;
	readonly ringBar: (scene: RingScene) => string;
	readonly segment: (part: string, amount: string, row: string) => string;
}

/** The exact Adam bytes of a rank: what a shard of a unit takes. */
export function shardBytes(c: Config, kind: Exclude<Kind, 'activations'>): { readonly whole: number; readonly shard: number } {
	const per = kind === 'optimizer' ? c.bytes.moments.reduce((a, b) => a + b, c.bytes.master) : c.bytes[kind];
	const whole = (c.parameters / c.units) * per;
	return { whole, shard: whole / c.shard };
}
