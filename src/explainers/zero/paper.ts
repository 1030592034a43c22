/** What the ZeRO paper prints, as it prints it: Table I, gigabytes of model states a rank, stages 1 / 2 / 3. */
import { recipe } from '#maths/memory/recipes.ts';
import { total, zeroBytes, type ZeroStage } from '#maths/memory/zero.ts';

export const TABLE_RANKS = [1, 4, 16, 64, 256, 1024] as const;
export const TABLE_PARAMS = [7.5e9, 128e9, 1e12] as const;
export const TABLE_STAGES = [1, 2, 3] as const;

/** (models, ranks, stages) */
const PRINTED: readonly (readonly (readonly number[])[])[] = [
	[
		[120, 120, 120],
		[52.5, 41.3, 30],
		[35.6, 21.6, 7.5],
		[31.4, 16.6, 1.88],
		[30.4, 15.4, 0.47],
		[30.1, 15.1, 0.12]
	],
	[
		[2048, 2048, 2048],
		[896, 704, 512],
		[608, 368, 128],
		[536, 284, 32],
		[518, 263, 8],
		[513, 257, 2]
	],
	[
		[16000, 16000, 16000],
		[7000, 5500, 4000],
		[4750, 2875, 1000],
		[4187, 2218, 250],
		[4046, 2054, 62.5],
		[4011, 2013, 15.6]
	]
];

export type Rule = 'exact' | 'rounded' | 'truncated' | 'both';
export interface TableCell {
	readonly parameters: number;
	readonly ranks: number;
	readonly stage: ZeroStage;
	/** Bytes by the formula, and gigabytes as the paper prints them. */
	readonly bytes: number;
	readonly printed: number;
	/** How the printed digits come from the exact number; `both` where rounding and cutting agree. */
	readonly rule: Rule;
}

function ruleOf(exact: number, printed: number): Rule {
	if (Math.abs(exact - printed) < 1e-9) return 'exact';
	const unit = 10 ** (String(printed).split('.')[1]?.length ?? 0);
	const rounded = Math.round(exact * unit) / unit === printed;
	const truncated = Math.trunc(exact * unit) / unit === printed;
	return rounded && truncated ? 'both' : rounded ? 'rounded' : 'truncated';
}

/** All 54 cells, models first. */
export const table: readonly TableCell[] = TABLE_PARAMS.flatMap((parameters, m) =>
	TABLE_RANKS.flatMap((ranks, r) =>
		TABLE_STAGES.map((stage, s): TableCell => {
			const bytes = total(zeroBytes(parameters, recipe('fp16', 'adam'), stage, ranks));
			const printed = PRINTED[m]![r]![s]!;
			return { parameters, ranks, stage, bytes, printed, rule: ruleOf(bytes / 1e9, printed) };
		})
	)
);
