/** What every schedule must keep, whatever its counts and durations. */
import { describe, expect, it } from 'vitest';
import { stream } from '#maths/rng.ts';
import { criticalPath } from './critical.ts';
import { bubbleTime, peak1f1b } from './formulas.ts';
import { busyOf, EPSILON, idleBefore, idleInsideSpan, operationAt } from './idle.ts';
import { memoryAt, memoryOf } from './memory.ts';
import { B, F, FB, I, W } from './op.ts';
import { isSplit, planOf, possible, SCHEDULES, type ScheduleName } from './plan.ts';
import { phasesOf } from './phases.ts';
import { deviceAt, simulate, type Durations, type Schedule } from './simulate.ts';
import { messagesOf } from './traffic.ts';
import { versionsHeld, versionsUsed } from './versions.ts';

const UNIT: Durations = { tF: 1, tI: 1, tW: 1, tFB: 3, tComm: 0 };
const make = (name: ScheduleName, stages: number, microbatches: number, chunks = 2, durations = UNIT): Schedule =>
	simulate(planOf(name, possible(name, { stages, microbatches, chunks }, 512)), durations);
const devices = (schedule: Schedule): number[] => Array.from({ length: schedule.layout.devices }, (_, d) => d);

/** Small counts of every kind, each with other durations. */
function* cases(name: ScheduleName): Generator<Schedule> {
	const random = stream(5);
	for (let stages = 1; stages <= 9; stages++) {
		for (const microbatches of [1, 2, 3, 5, 8, 13, 20]) {
			for (const chunks of [1, 2, 3]) {
				const durations = {
					tF: 0.1 + random(),
					tI: 0.1 + random(),
					tW: 0.1 + random(),
					tFB: 0.5 + random(),
					tComm: Math.round(random()) * random()
				};
				yield make(name, stages, microbatches, chunks, durations);
				if (!['interleaved-1f1b', 'looped-bfs', 'interleaved-zero-bubble'].includes(name)) break;
			}
		}
	}
}

describe.each(SCHEDULES)('%s', (name) => {
	it('does each microbatch once per stage and direction, on the device of the stage', () => {
		for (const { layout, offsets, kind, stage, microbatch, stage2, microbatch2 } of cases(name)) {
			const seen = new Map<string, number>();
			let strays = 0;
			const see = (what: string, s: number, i: number, device: number): void => {
				if (layout.device[s] !== device || i >= layout.microbatches) strays++;
				const key = `${what} ${s} ${i}`;
				seen.set(key, (seen.get(key) ?? 0) + 1);
			};
			for (let d = 0; d < layout.devices; d++) {
				for (let op = offsets[d]!; op < offsets[d + 1]!; op++) {
					const [s, i] = [stage[op]!, microbatch[op]!];
					if (kind[op] === F || kind[op] === FB) see('F', s, i, d);
					if (kind[op] === B || kind[op] === I) see('B', s, i, d);
					if (kind[op] === B || kind[op] === W) see('W', s, i, d);
					if (kind[op] !== FB) continue;
					see('B', stage2[op]!, microbatch2[op]!, d);
					see('W', stage2[op]!, microbatch2[op]!, d);
				}
			}
			expect(seen.size).toBe(3 * layout.device.length * layout.microbatches);
			expect(new Set(seen.values())).toEqual(new Set([1]));
			expect(strays).toBe(0);
		}
	});

	it('does nothing before its inputs are there, and nothing twice at a time', () => {
		for (const schedule of cases(name)) {
			const { layout, kind, stage, microbatch, stage2, microbatch2, start, end, forwardOf, backwardOf, durations, offsets } = schedule;
			const m = layout.microbatches;
			/** Operations that begin before something they need. */
			const early: number[] = [];
			const after = (op: number, producer: number): void => {
				const remote = deviceAt(schedule, op) !== deviceAt(schedule, producer);
				if (start[op]! < end[producer]! + (remote ? durations.tComm : 0) - EPSILON) early.push(op);
			};
			const backward = (op: number, s: number, i: number): void => {
				after(op, forwardOf[s * m + i]!);
				if (layout.next[s]! >= 0) after(op, backwardOf[layout.next[s]! * m + i]!);
			};
			for (let op = 0; op < kind.length; op++) {
				const [s, i] = [stage[op]!, microbatch[op]!];
				if ((kind[op] === F || kind[op] === FB) && layout.previous[s]! >= 0) after(op, forwardOf[layout.previous[s]! * m + i]!);
				if (kind[op] === B || kind[op] === I) backward(op, s, i);
				if (kind[op] === FB) backward(op, stage2[op]!, microbatch2[op]!);
				if (kind[op] === W) after(op, backwardOf[s * m + i]!);
				if (op > offsets[deviceAt(schedule, op)]! && start[op]! < end[op - 1]! - EPSILON) early.push(op);
			}
			expect(early).toEqual([]);
		}
	});

	it('is busy or idle and nothing else, and every idle stretch but the last waits for something that ends with it', () => {
		for (const schedule of cases(name)) {
			for (const d of devices(schedule)) {
				let idle = 0;
				const baseless: unknown[] = [];
				for (let op = schedule.offsets[d]!; op <= schedule.offsets[d + 1]!; op++) {
					const stretch = idleBefore(schedule, d, op);
					if (stretch === undefined) continue;
					idle += stretch.to - stretch.from;
					if (stretch.next < 0) continue;
					const late = Math.abs(stretch.sent + schedule.durations.tComm - stretch.to);
					if (stretch.awaited < 0 || stretch.awaitedDevice === d || late > EPSILON) baseless.push(stretch);
				}
				expect(baseless).toEqual([]);
				expect(busyOf(schedule, d) + idle).toBeCloseTo(schedule.makespan, 6);
				expect(idleInsideSpan(schedule, d)).toBeLessThanOrEqual(idle + EPSILON);
			}
		}
	});

	it('has a critical path without a gap but messages, from the beginning to the end', () => {
		for (const schedule of cases(name)) {
			const path = criticalPath(schedule);
			expect(schedule.start[path[0]!]).toBe(0);
			expect(schedule.end[path.at(-1)!]).toBeCloseTo(schedule.makespan, 9);
			const gaps = path.slice(1).filter((b, i) => {
				const a = path[i]!;
				const remote = deviceAt(schedule, a) !== deviceAt(schedule, b);
				return Math.abs(schedule.start[b]! - schedule.end[a]! - (remote ? schedule.durations.tComm : 0)) > EPSILON;
			});
			expect(gaps).toEqual([]);
		}
	});

	it('holds nothing before and after, and never less than nothing', () => {
		for (const schedule of cases(name)) {
			for (const d of devices(schedule)) {
				const memory = memoryOf(schedule, d);
				expect([memory.held[0], memory.kept[0], memory.held.at(-1), memory.kept.at(-1)]).toEqual([0, 0, 0, 0]);
				expect(Math.min(...memory.held, ...memory.kept)).toBe(0);
				expect(memory.peakUntilWeight).toBeGreaterThanOrEqual(memory.peak);
				if (!isSplit(name)) expect(memory.peakUntilWeight).toBe(memory.peak);
				expect(memory.held[memoryAt(memory, 1e9)]).toBe(0);
				const { steady, cooldown } = phasesOf(schedule, d);
				expect(steady).toBeLessThanOrEqual(cooldown);
				expect(cooldown).toBeLessThanOrEqual(schedule.makespan);
			}
		}
	});

	it('is what its formula says, where it has one and nothing is sent', () => {
		for (let stages = 1; stages <= 8; stages++) {
			for (const microbatches of [8, 16, 24, 40]) {
				const counts = possible(name, { stages, microbatches, chunks: 3 }, 512);
				// Zero Bubble's and DualPipe's lines hold once the pipeline is full, and for operations that last alike.
				if (isSplit(name) && counts.microbatches < 2 * counts.stages) continue;
				const formula = bubbleTime(name, counts.stages, counts.microbatches, UNIT);
				if (formula === undefined) continue;
				const schedule = simulate(planOf(name, counts), UNIT);
				const inside = name === 'zb-h2' || name === 'zb-v';
				const idle = inside ? idleInsideSpan(schedule, 0) : schedule.makespan - busyOf(schedule, 0);
				expect([counts.stages, counts.microbatches, idle]).toEqual([counts.stages, counts.microbatches, formula]);
			}
		}
	});

	it('finds the operation at a time', () => {
		const schedule = make(name, 4, 8);
		for (const d of devices(schedule)) {
			for (let op = schedule.offsets[d]!; op < schedule.offsets[d + 1]!; op++) {
				expect(operationAt(schedule, d, (schedule.start[op]! + schedule.end[op]!) / 2)).toBe(op);
			}
			expect(operationAt(schedule, d, schedule.makespan)).toBe(schedule.offsets[d + 1]);
		}
	});

	it('has no operation more than it needs with 64 devices and 512 microbatches', { timeout: 30_000 }, () => {
		const schedule = make(name, 64, 512);
		expect(schedule.kind.length).toBeLessThanOrEqual(3 * schedule.layout.device.length * schedule.layout.microbatches);
		expect(schedule.makespan).toBeGreaterThan(0);
	});
});

describe('1F1B', () => {
	it('holds min(p - r, m) microbatches on stage r', () => {
		for (let p = 1; p <= 12; p++) {
			for (const m of [1, 2, 5, 11, 30]) {
				const schedule = make('1f1b', p, m);
				for (const r of devices(schedule)) expect(memoryOf(schedule, r).peak).toBe(peak1f1b(p, m, r));
			}
		}
	});
});

describe('V-Half and V-Min', () => {
	it.each([
		['v-half', 4, 6],
		['v-half', 8, 10],
		['v-min', 4, 4],
		['v-min', 8, 8]
	] as const)('%s on %i devices holds %i chunks', (name, p, peak) => {
		const schedule = make(name, p, 4 * p);
		expect(Math.max(...devices(schedule).map((d) => memoryOf(schedule, d).peakUntilWeight))).toBe(peak);
	});
});

describe('PipeDream', () => {
	it('goes back with the version that it went forward with, and holds p - s of them', () => {
		for (const p of [1, 2, 4, 8]) {
			const schedule = make('pipedream', p, 4 * p);
			const used = versionsUsed(schedule);
			for (const s of devices(schedule)) {
				expect(Math.max(...versionsHeld(schedule, used, s))).toBe(p - s);
				for (let i = 0; i < 4 * p; i++) {
					const at = s * schedule.layout.microbatches + i;
					expect(used[schedule.backwardOf[at]!]).toBe(used[schedule.forwardOf[at]!]);
					expect(used[schedule.forwardOf[at]!]).toBe(Math.max(0, i - (p - 1 - s)));
				}
			}
		}
	});
});

describe('messages', () => {
	it('cross every boundary once forward and once back, and the turn of a V costs none', () => {
		expect(messagesOf(make('1f1b', 4, 8).layout)).toBe(2 * 3 * 8);
		expect(messagesOf(make('interleaved-1f1b', 4, 8, 2).layout)).toBe(2 * 7 * 8);
		expect(messagesOf(make('zb-v', 4, 8).layout)).toBe(2 * 6 * 8);
		expect(messagesOf(make('dualpipe', 4, 8).layout)).toBe(2 * 6 * 4);
		expect(messagesOf(make('1f1b', 1, 8).layout)).toBe(0);
	});
});

describe('orders that wait for each other', () => {
	it('are refused', () => {
		const plan = planOf('1f1b', { stages: 2, microbatches: 1, chunks: 1 });
		const [first, second] = plan.orders as [(typeof plan.orders)[number], (typeof plan.orders)[number]];
		first.kind.reverse();
		expect(() => simulate({ ...plan, orders: [first, second] }, UNIT)).toThrow(/can never be finished/);
	});
});
