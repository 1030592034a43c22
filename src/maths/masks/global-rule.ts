import { and, not, or, TRUE, type Bool, type RuleId } from './expr.ts';

/** The conditions that make a layer local: what a global layer of the same stack leaves out. */
const LOCAL: ReadonlySet<RuleId> = new Set<RuleId>([
	'window',
	'windowInclusive',
	'windowPast',
	'around',
	'aroundExclusive',
	'aroundHalf',
	'radius',
	'chunk',
	'strideWindow',
	'strideColumn',
	'dilatedWindow',
	'dilation'
]);

/** The rule of a global layer: the same without windows and chunks, e.g. causal from sliding window, packed from packed + window. */
export function globalRule(e: Bool): Bool {
	switch (e.op) {
		case 'rule':
			return LOCAL.has(e.id) ? TRUE : e;
		case 'and':
			return and(...e.of.map(globalRule));
		case 'or':
			return or(...e.of.map(globalRule));
		case 'not':
			return not(globalRule(e.of));
		default:
			return e;
	}
}
