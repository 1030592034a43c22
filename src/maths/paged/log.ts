import type { Memory } from '#maths/paged/memory.ts';
import { CODE, OPS, type Op } from '#maths/paged/op.ts';

/** At most this many copies of the memory are kept; beyond, every second one goes and the gaps double. */
const MOST_SNAPSHOTS = 128;
const FIRST_GAP = 256;

/** Sequences of one request, dead or alive: first .. end - 1. */
export type Family = (sequence: number) => { readonly first: number; readonly end: number };

/** Does to a memory what an operation says; the only place that knows. */
export function apply(memory: Memory, op: Op, sequence: number, value: number, family: Family): void {
	if (op === 'append' || op === 'grow' || op === 'copy') memory.extend(sequence, 1);
	// As many hits as then: the lookup never goes beyond the block before the last token.
	else if (op === 'hit') memory.open(sequence, value + 1);
	else if (op === 'prefill') {
		if (!memory.has(sequence)) memory.open(sequence, 1);
		memory.extend(sequence, value);
	} else if (op === 'fork') memory.fork(value, sequence);
	else if (op === 'drop' || op === 'preempt' || op === 'finish') memory.close(sequence);
	else if (op === 'evict') memory.evict(value);
	else if (op === 'swapOut' || op === 'swapIn') {
		const { first, end } = family(sequence);
		const all = Array.from({ length: end - first }, (_, i) => first + i);
		if (op === 'swapIn') memory.swapIn(all);
		else memory.swapOut(all.filter((one) => memory.has(one)));
	}
}

/** A column of whole numbers that grows by doubling. */
class Column {
	#data: Int32Array | Uint8Array;
	length = 0;
	constructor(bytes: 1 | 4) {
		this.#data = bytes === 1 ? new Uint8Array(1024) : new Int32Array(1024);
	}
	push(value: number): void {
		if (this.length === this.#data.length) {
			const larger = this.#data instanceof Uint8Array ? new Uint8Array(2 * this.length) : new Int32Array(2 * this.length);
			larger.set(this.#data);
			this.#data = larger;
		}
		this.#data[this.length++] = value;
	}
	at(i: number): number {
		return this.#data[i] ?? 0;
	}
}

/**
 * Everything that happened, as operations on a memory, and now and then a copy of that memory: the state after any operation is the nearest copy
 * before it and the operations since. Four numbers an operation and at most 128 copies, so memory grows linearly with the run.
 */
export class Log {
	readonly #kind = new Column(1);
	readonly #sequence = new Column(4);
	readonly #value = new Column(4);
	readonly #iteration = new Column(4);
	readonly #family: Family;
	#snapshots: { readonly at: number; readonly memory: Memory }[];
	#gap = FIRST_GAP;
	/** The state last asked for; walking on from it is cheaper than from a copy. */
	#cursor: { at: number; memory: Memory };

	/** memory: as it is before anything happens. */
	constructor(memory: Memory, family: Family) {
		this.#family = family;
		this.#snapshots = [{ at: 0, memory: memory.clone() }];
		this.#cursor = { at: 0, memory: memory.clone() };
	}

	get length(): number {
		return this.#kind.length;
	}
	op(i: number): Op {
		return OPS[this.#kind.at(i)]!;
	}
	sequence(i: number): number {
		return this.#sequence.at(i);
	}
	value(i: number): number {
		return this.#value.at(i);
	}
	iteration(i: number): number {
		return this.#iteration.at(i);
	}

	/** Records an operation and does it to the live memory. */
	push(memory: Memory, op: Op, sequence: number, value: number, iteration: number): void {
		apply(memory, op, sequence, value, this.#family);
		this.#kind.push(CODE[op]);
		this.#sequence.push(sequence);
		this.#value.push(value);
		this.#iteration.push(iteration);
		if (this.length % this.#gap !== 0) return;
		this.#snapshots.push({ at: this.length, memory: memory.clone() });
		if (this.#snapshots.length <= MOST_SNAPSHOTS) return;
		this.#gap *= 2;
		this.#snapshots = this.#snapshots.filter(({ at }) => at % this.#gap === 0);
	}

	/** The memory after the first `count` operations. It is lent until the next call: read it, keep nothing of it. */
	stateAt(count: number): Memory {
		const target = Math.min(this.length, Math.max(0, count));
		let low = 0;
		for (let high = this.#snapshots.length - 1; low < high;) {
			const middle = Math.ceil((low + high) / 2);
			if (this.#snapshots[middle]!.at <= target) low = middle;
			else high = middle - 1;
		}
		const nearest = this.#snapshots[low]!;
		if (this.#cursor.at > target || this.#cursor.at < nearest.at) this.#cursor = { at: nearest.at, memory: nearest.memory.clone() };
		const { memory } = this.#cursor;
		for (let i = this.#cursor.at; i < target; i++) apply(memory, this.op(i), this.sequence(i), this.value(i), this.#family);
		this.#cursor.at = target;
		return memory;
	}
}
