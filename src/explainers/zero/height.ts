import { barsLayout, ROWS } from './bars-layout.ts';
import { resolve } from './config.ts';
import { stepLayout } from './layout.ts';
import type { ZeroParams } from './params.ts';
import { ringLayout } from './ring-layout.ts';
import { tableLayout } from './table-layout.ts';

export function heightOf(width: number, p: ZeroParams): number {
	if (p.view === 'step') return stepLayout(width, resolve(p)).height;
	if (p.view === 'table') return tableLayout(width).height;
	return p.view === 'ring' ? ringLayout(width, p.ringRanks).height : barsLayout(width, ROWS[p.view]).height;
}
