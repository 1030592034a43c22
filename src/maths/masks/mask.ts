import type { Bool } from './expr.ts';
import { predicate } from './kinds.ts';
import { shift, size, type Runs } from './runs.ts';
import type { MaskSettings } from './settings.ts';
import { solve } from './solve.ts';

/** A mask looked at: for each query row the key columns that it may read, both counted from 0. */
export interface Mask {
	readonly settings: MaskSettings;
	readonly rule: Bool;
	/** Key columns of a row, 0 <= row < q. */
	readonly row: (row: number) => Runs;
	readonly liveCells: number;
	/** Rows in which nothing at all may be read: softmax has nothing to share out there. */
	readonly emptyRows: number;
}

/** The columns that the query at absolute position `position` may read. */
export function rowAt(rule: Bool, s: Pick<MaskSettings, 'kv' | 'kvOffset'>, position: number): Runs {
	return shift(solve(rule, position, s.kvOffset, s.kvOffset + s.kv), -s.kvOffset);
}

/** Rows of more runs than this are solved again when they are asked for: 4,096 rows of every third key would fill 90 MB. */
const KEPT = 128;

/** Solves every row of `settings.q` queries. `rule` is the settings' own predicate where none is given. */
export function buildMask(settings: MaskSettings, rule: Bool = predicate(settings)): Mask {
	const kept: (Runs | undefined)[] = [];
	let liveCells = 0;
	let emptyRows = 0;
	for (let row = 0; row < settings.q; row++) {
		const runs = rowAt(rule, settings, settings.qOffset + row);
		liveCells += size(runs);
		if (runs.length === 0) emptyRows += 1;
		kept.push(runs.length <= KEPT ? runs : undefined);
	}
	return { settings, rule, row: (row) => kept[row] ?? rowAt(rule, settings, settings.qOffset + row), liveCells, emptyRows };
}

/** All rows, (q). */
export const rowsOf = (mask: Mask): readonly Runs[] => Array.from({ length: mask.settings.q }, (_, row) => mask.row(row));

/** One row as the text of 0 and 1 that exports carry, `kv` characters long. */
export function rowText(runs: Runs, kv: number): string {
	let out = '';
	for (let i = 0; i < runs.length; i += 2) out += '0'.repeat(runs[i]! - out.length) + '1'.repeat(runs[i + 1]! - runs[i]!);
	return out + '0'.repeat(kv - out.length);
}
