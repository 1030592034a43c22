import { evaluate } from './evaluate.ts';
import type { Bool, RuleId } from './expr.ts';

/** Why a cell is as it is: the answer, and the named conditions that decide it. */
export interface Reason {
	readonly allowed: boolean;
	/** When allowed, conditions that hold and suffice; when not, conditions that fail and suffice. */
	readonly rules: readonly RuleId[];
}

/** The shortest honest reason: for an AND that fails its first failing part, for an OR that holds its first holding part. */
export function explain(e: Bool, q: number, k: number): Reason {
	switch (e.op) {
		case 'rule':
			return { allowed: evaluate(e.of, q, k), rules: [e.id] };
		case 'and':
		case 'or': {
			const parts = e.of.map((part) => explain(part, q, k));
			const decisive = parts.find((part) => part.allowed === (e.op === 'or'));
			if (decisive !== undefined) return decisive;
			return { allowed: e.op === 'and', rules: [...new Set(parts.flatMap((part) => part.rules))] };
		}
		case 'not': {
			const inner = explain(e.of, q, k);
			return { allowed: !inner.allowed, rules: inner.rules };
		}
		default:
			return { allowed: evaluate(e, q, k), rules: [] };
	}
}

/** The named conditions of a mask, in the order in which they stand. */
export function rulesOf(e: Bool): readonly RuleId[] {
	if (e.op === 'rule') return [e.id];
	if (e.op === 'and' || e.op === 'or') return [...new Set(e.of.flatMap(rulesOf))];
	return e.op === 'not' ? rulesOf(e.of) : [];
}
