/** The printed code is read back by a small reader of Python's expressions, with Python's own binding strengths, and must give the mask. */
import { describe, expect, it } from 'vitest';
import { stream } from '../rng.ts';
import { code, DIALECTS, type Dialect } from './code.ts';
import { buildMask, rowsOf, rowText } from './mask.ts';
import { INITIAL, KINDS, resolve, type Kind, type MaskSettings } from './settings.ts';

type Value = number | boolean | readonly number[];
type Scope = Readonly<Record<string, Value>>;

/** Evaluates one Python expression of names, whole numbers, lookups, abs, arithmetic, comparisons, & | ~ and parentheses. */
function python(source: string, scope: Scope): Value {
	const tokens = source.match(/\/\/|<=|>=|==|!=|[A-Za-z_][\w.]*|\d+|[-+*%<>&|~()[\],]/g) ?? [];
	expect(tokens.join('')).toBe(source.replaceAll(' ', ''));
	let i = 0;
	const take = (token?: string): string => {
		const next = tokens[i++];
		if (next === undefined || (token !== undefined && next !== token)) throw new Error(`expected ${token}, got ${next} in ${source}`);
		return next;
	};
	const number = (x: Value): number => {
		if (typeof x !== 'number') throw new Error(`not a number in ${source}`);
		return x;
	};
	const truth = (x: Value): boolean => {
		// & and | on numbers would be arithmetic: a missing pair of parentheses shows up here.
		if (typeof x !== 'boolean') throw new Error(`not a boolean in ${source}`);
		return x;
	};
	const atom = (): Value => {
		const token = take();
		if (token === '(') {
			const inner = comparison();
			take(')');
			return inner;
		}
		if (/^\d/.test(token)) return Number(token);
		if (token === 'torch.abs' || token === 'np.abs') {
			take('(');
			const inner = number(comparison());
			take(')');
			return Math.abs(inner);
		}
		const value = scope[token];
		if (value === undefined) throw new Error(`unknown name ${token}`);
		if (tokens[i] !== '[') return value;
		take('[');
		const index = number(comparison());
		take(']');
		const found = (value as readonly number[])[index];
		if (found === undefined) throw new Error(`${token}[${index}] is outside`);
		return found;
	};
	const unary = (): Value => {
		if (tokens[i] === '-') return (take(), -number(unary()));
		if (tokens[i] === '~') return (take(), !truth(unary()));
		return atom();
	};
	const left = (operators: readonly string[], next: () => Value, apply: (op: string, a: Value, b: Value) => Value) => (): Value => {
		let a = next();
		while (operators.includes(tokens[i] ?? '')) a = apply(take(), a, next());
		return a;
	};
	const floorDivide = (a: number, b: number) => Math.floor(a / b);
	const product = left(['*', '//', '%'], unary, (op, a, b) => {
		const [x, y] = [number(a), number(b)];
		return op === '*' ? x * y : op === '//' ? floorDivide(x, y) : x - y * floorDivide(x, y);
	});
	const sum = left(['+', '-'], product, (op, a, b) => (op === '+' ? number(a) + number(b) : number(a) - number(b)));
	const conjunction = left(['&'], sum, (_, a, b) => truth(a) && truth(b));
	const disjunction = left(['|'], conjunction, (_, a, b) => truth(a) || truth(b));
	const compared: Record<string, (x: number, y: number) => boolean> = {
		'<=': (x, y) => x <= y,
		'<': (x, y) => x < y,
		'==': (x, y) => x === y,
		'!=': (x, y) => x !== y,
		'>': (x, y) => x > y,
		'>=': (x, y) => x >= y
	};
	const comparison = (): Value => {
		const a = disjunction();
		const op = compared[tokens[i] ?? ''];
		if (op === undefined) return a;
		take();
		const result = op(number(a), number(disjunction()));
		if (compared[tokens[i] ?? ''] !== undefined) throw new Error(`a chain of comparisons does not broadcast: ${source}`);
		return result;
	};
	const value = comparison();
	expect(i).toBe(tokens.length);
	return value;
}

/** Reads the assignments of a printed program: numbers, arrays, arrays by runs. */
function assignments(lines: readonly string[]): Scope {
	const scope: Record<string, Value> = {};
	const list = (text: string): number[] => (text.trim() === '' ? [] : text.split(',').map(Number));
	for (const line of lines) {
		const whole = /^(\w+) = (-?\d+)$/.exec(line);
		const array = /^(\w+) = (?:torch\.tensor|np\.array)\(\[([^\]]*)\]\)$/.exec(line);
		const runs =
			/^(\w+) = (?:torch\.repeat_interleave|np\.repeat)\((?:torch\.tensor|np\.array)\(\[([^\]]*)\]\), (?:torch\.tensor|np\.array)\(\[([^\]]*)\]\)\)$/.exec(
				line
			);
		if (whole) scope[whole[1]!] = Number(whole[2]);
		else if (array) scope[array[1]!] = list(array[2]!);
		else if (runs) scope[runs[1]!] = list(runs[2]!).flatMap((value, i) => new Array<number>(list(runs[3]!)[i]!).fill(value));
	}
	return scope;
}

/** Runs a printed program as its library would: offsets where the program adds them, absolute positions where the library does. */
function run(program: string, dialect: Dialect, s: MaskSettings): string[] {
	const lines = program.split('\n');
	const scope = assignments(lines);
	const find = (pattern: RegExp): RegExpExecArray | undefined =>
		lines.map((line) => pattern.exec(line)).find((hit) => hit !== null) ?? undefined;
	const offsetOf = (pattern: RegExp): number => Number(find(pattern)?.[1] ?? 0);
	let predicate: string;
	let [q0, k0] = [s.qOffset, s.kvOffset];
	const [q, k] = dialect === 'pytorch' || dialect === 'numpy' ? ['q', 'k'] : ['q_idx', 'kv_idx'];
	if (dialect === 'pytorch' || dialect === 'numpy') {
		predicate = find(/^mask = (.*)$/)![1]!;
		const sizes = [find(/^q = (?:torch|np)\.arange\((\d+)\)\[:, None\]/)![1], find(/^k = (?:torch|np)\.arange\((\d+)\)\[None, :\]/)![1]];
		expect(sizes.map(Number)).toEqual([s.q, s.kv]);
		[q0, k0] = [offsetOf(/^q = .*\] \+ (\d+)$/), offsetOf(/^k = .*\] \+ (\d+)$/)];
	} else {
		predicate = find(/^ {4}return (.*)$/)![1]!;
		if (dialect === 'flexattention') {
			expect(program).toContain(`Q_LEN=${s.q}, KV_LEN=${s.kv}`);
			[q0, k0] = [offsetOf(/^ {4}q_idx = q_idx \+ (\d+)$/), offsetOf(/^ {4}kv_idx = kv_idx \+ (\d+)$/)];
		}
	}
	return Array.from({ length: s.q }, (_, row) =>
		Array.from({ length: s.kv }, (_, c) => (python(predicate, { ...scope, [q]: q0 + row, [k]: k0 + c }) === true ? '1' : '0')).join('')
	);
}

describe('code', () => {
	const check = (s: MaskSettings) => {
		const mask = buildMask(s);
		const want = rowsOf(mask).map((runs) => rowText(runs, s.kv));
		for (const dialect of DIALECTS) expect(run(code(mask.rule, s, dialect), dialect, s)).toEqual(want);
	};
	it.each(KINDS)('%s gives the mask in every dialect', (kind) => {
		check(resolve({ ...INITIAL, kind, leftPadding: 1, randomPairs: [[1, 3]] }, { q: null, kv: null, qOffset: null, kvOffset: 0 }));
		check(resolve({ ...INITIAL, kind, radius: 3 }, { q: 5, kv: 11, qOffset: null, kvOffset: 2 }));
	});
	it('compositions give the mask in every dialect', () => {
		const random = stream(3);
		const pick = (): Kind => KINDS[Math.floor(random() * KINDS.length)]!;
		for (let i = 0; i < 60; i++) {
			const q = 1 + Math.floor(random() * 9);
			check(
				resolve(
					{ ...INITIAL, kind: pick(), or: pick(), and: i % 2 === 0 ? pick() : 'none' },
					{ q, kv: q + (i % 3), qOffset: null, kvOffset: i % 4 }
				)
			);
		}
	});
	it('tells what the libraries mean by the same window', () => {
		const s = resolve({ ...INITIAL, kind: 'sliding-window', window: 4 }, { q: 8, kv: null, qOffset: null, kvOffset: 0 });
		const text = code(buildMask(s).rule, s, 'pytorch');
		expect(text).toContain('sliding_window=4');
		expect(text).toContain('window_size=(3, 0)');
		expect(text).toContain('generate_sliding_window(3)');
	});
	it('writes long tables as runs', () => {
		const s = resolve({ ...INITIAL, kind: 'packed', docs: [100, 200] }, { q: null, kv: null, qOffset: null, kvOffset: 0 });
		expect(code(buildMask(s).rule, s, 'numpy')).toContain('doc = np.repeat(np.array([0, 1]), np.array([100, 200]))');
	});
});
