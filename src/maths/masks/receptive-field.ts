import { globalRule } from './global-rule.ts';
import type { LayerKind } from './layer-patterns.ts';
import { rowAt, type Mask } from './mask.ts';
import { collect, EMPTY, size, span, type Runs } from './runs.ts';
import { isCross } from './settings.ts';

/**
 * What reaches one query through a stack of layers, as key columns: entry 0 is the query itself, entry l what reaches it through the l
 * layers from the top down. Keys of the cache are the outputs of the layer below, so each position that is reached asks by the same rule.
 *
 * A residual stream keeps every position's own value: what is reached once stays reached. With two sequences (cross attention) the keys
 * are no layer's outputs, and more layers reach no further.
 */
export function receptiveField(mask: Mask, row: number, kinds: readonly LayerKind[]): readonly Runs[] {
	const { settings: s, rule } = mask;
	const own = s.qOffset + row - s.kvOffset;
	if (isCross(s.kind)) return [EMPTY, ...kinds.map(() => mask.row(row))];
	const whole = globalRule(rule);
	const marks = new Uint8Array(s.kv);
	/** Positions that have asked by this rule: what they read is marked, they need not ask again. */
	const asked = { local: new Uint8Array(s.kv), global: new Uint8Array(s.kv) };
	let reached: Runs = own >= 0 && own < s.kv ? span(own, own + 1) : EMPTY;
	const steps = [reached];
	for (let layer = kinds.length - 1; layer >= 0; layer--) {
		const isGlobal = kinds[layer] === 'G';
		const before = isGlobal ? asked.global : asked.local;
		const ask = (position: number): void => {
			const runs = rowAt(isGlobal ? whole : rule, s, position);
			for (let i = 0; i < runs.length; i += 2) marks.fill(1, runs[i], runs[i + 1]);
		};
		if (size(reached) < s.kv) {
			for (let i = 0; i < reached.length; i += 2) {
				marks.fill(1, reached[i], reached[i + 1]);
				for (let column = reached[i]!; column < reached[i + 1]!; column++) {
					if (before[column] === 1) continue;
					before[column] = 1;
					ask(s.kvOffset + column);
				}
			}
			// A query outside the keys is not in the set itself, and asks in the first layer alone.
			if (reached.length === 0) ask(s.qOffset + row);
			reached = collect(0, s.kv, (column) => marks[column] === 1);
		}
		steps.push(reached);
	}
	return steps;
}

/** Positions that reach a query through `layers` causal windows of `window` keys in a text without end: layers (window - 1) + 1. */
export const windowReach = (layers: number, window: number): number => layers * (window - 1) + 1;
