import { buildMask } from '#maths/masks/mask.ts';
import { INITIAL, KINDS, resolve, type Kind } from '#maths/masks/settings.ts';

export interface Icon {
	readonly width: number;
	readonly height: number;
	/** SVG path of the live cells, one unit a cell. */
	readonly d: string;
}

/** Sizes at which a kind shows what it is. */
const SIZE: Partial<Record<Kind, number>> = { longformer: 9, 'dilated-sliding-window': 9, 'sparse-strided': 9, 'attention-sinks': 9 };

/** Each kind as a small picture of its own mask, at the starting numbers. */
export const ICONS: Readonly<Record<Kind, Icon>> = Object.fromEntries(
	KINDS.map((kind) => {
		const mask = buildMask(
			resolve(
				{ ...INITIAL, kind, window: 3, blockSize: kind === 'bigbird' ? 1 : 2 },
				{ q: SIZE[kind] ?? null, kv: null, qOffset: null, kvOffset: 0 }
			)
		);
		const { q, kv } = mask.settings;
		let d = '';
		for (let row = 0; row < q; row++) {
			const runs = mask.row(row);
			for (let i = 0; i < runs.length; i += 2) d += `M${runs[i]!} ${row}h${runs[i + 1]! - runs[i]!}v1h${runs[i]! - runs[i + 1]!}z`;
		}
		return [kind, { width: kv, height: q, d }];
	})
) as unknown as Record<Kind, Icon>;
