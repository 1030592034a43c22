/** Published and executed schedules, order by order and cell by cell, and the tables of the papers (tests/golden/pipeline.json). */
import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/pipeline.json' with { type: 'json' };
import { bubbleOverIdeal, bubbleOverTotal, bubbleTime, interleavedPeak, peak1f1b } from './formulas.ts';
import { busyOf, idleInsideSpan } from './idle.ts';
import { gridOf, ordersOf } from './label.ts';
import { memoryOf } from './memory.ts';
import { planOf, type ScheduleName } from './plan.ts';
import { interleavedWarmup, scheduleTable } from './schedules/interleaved.ts';
import { warmupOf } from './schedules/one-f-one-b.ts';
import { versionsOf } from './schedules/pipedream.ts';
import { simulate, type Schedule } from './simulate.ts';

/** The names of the reference that are not ours, and what they stand for. */
const NAMES: Readonly<Record<string, ScheduleName>> = {
	gpipe_reverse_backward: 'gpipe',
	'1f1b_unit': '1f1b',
	zbv: 'zb-v',
	no_pipelining: 'naive'
};
type Case = (typeof golden.pipeline)[number];

function scheduleOf(c: Case): Schedule {
	const name = NAMES[c.schedule] ?? (c.schedule.replaceAll('_', '-') as ScheduleName);
	const reverse = c.schedule === 'gpipe_reverse_backward';
	const counts = { stages: c.p, microbatches: c.m, chunks: typeof c.v === 'number' ? c.v : 1, reverse };
	const { tF, tB, tFB } = c.durations;
	return simulate(planOf(name, counts), { tF, tI: tB / 2, tW: tB / 2, tFB, tComm: 0 });
}
const named = golden.pipeline.map((c) => ({ c, name: `${c.schedule}, p = ${c.p}, m = ${c.m}, v = ${c.v}` }));

it('the reference has 21 schedules', () => {
	expect(named).toHaveLength(21);
});

describe.each(named)('$name', ({ c }) => {
	const schedule = scheduleOf(c);
	const devices = Array.from({ length: c.p }, (_, d) => d);

	it('has the same order on every device', () => {
		expect(ordersOf(schedule).map((row) => row.join(' '))).toEqual(c.orders);
	});
	it('takes as long, and idles and holds as much', () => {
		expect(schedule.makespan).toBe(c.makespan);
		expect(devices.map((d) => busyOf(schedule, d))).toEqual(c.busy_per_rank);
		expect(devices.map((d) => schedule.makespan - busyOf(schedule, d))).toEqual(c.idle_per_rank);
		expect(devices.map((d) => idleInsideSpan(schedule, d))).toEqual(c.idle_inside_own_span);
		const memory = devices.map((d) => memoryOf(schedule, d));
		expect(memory.map(({ peak }) => peak)).toEqual(c.peak_inflight_chunks);
		expect(memory.map(({ peakUntilWeight }) => peakUntilWeight)).toEqual(c.peak_inflight_until_W);
	});
});

describe.each(named.filter(({ c }) => c.grid !== undefined))('$name', ({ c }) => {
	it('has the same cells', () => {
		expect(gridOf(scheduleOf(c))!.map((row) => row.join(' '))).toEqual(c.grid);
	});
});

describe('formulas', () => {
	it.each(golden.pipeline_formulas)('of p = $p, m = $m', (row) => {
		const { p, m } = row;
		expect(bubbleOverIdeal(p, m)).toBeCloseTo(row.megatron_fraction_over_ideal, 12);
		expect(bubbleOverTotal(p, m)).toBeCloseTo(row.fraction_over_total, 12);
		for (const [v, value] of Object.entries(row.interleaved_over_ideal)) expect(bubbleOverIdeal(p, m) / Number(v)).toBeCloseTo(value, 12);
		for (const [v, value] of Object.entries(row.interleaved_peak_chunks_rank0)) expect(interleavedPeak(p, m, Number(v))).toBe(value);
		expect(peak1f1b(p, m, 0)).toBe(row.max_inflight_1f1b_stage0);
		const durations = { tF: 1, tI: 1, tW: 1, tFB: 3, tComm: 0 };
		const counts = { stages: p, microbatches: m, chunks: 2 };
		expect(memoryOf(simulate(planOf('gpipe', counts), durations), 0).peak).toBe(row.max_inflight_gpipe);
		const schedule = simulate(planOf('1f1b', counts), durations);
		expect(1 - busyOf(schedule, 0) / schedule.makespan).toBeCloseTo(row.fraction_over_total, 12);
		if (row.inflight_1f1b) expect(row.inflight_1f1b.map((_, r) => memoryOf(schedule, r).peak)).toEqual(row.inflight_1f1b);
		const interleaved = simulate(planOf('interleaved-1f1b', counts), durations);
		expect(memoryOf(interleaved, 0).peak).toBe(row.interleaved_peak_chunks_rank0['2']);
	});
});

interface ZeroBubbleRow {
	readonly p: number;
	readonly tF: number;
	readonly tB_input: number;
	readonly tW: number;
	readonly b_1f1b: number;
	readonly b_zbh1: number;
	readonly b_zbh2: number;
	readonly mem_1f1b_MB: number;
	readonly mem_zbh1_MB: number;
	readonly mem_zbh2_MB: number;
}
/** The README's B is the full backward. */
interface DualPipeRow {
	readonly p: number;
	readonly F: number;
	readonly B: number;
	readonly W: number;
	readonly FB: number;
	readonly b_1f1b: number;
	readonly b_zb1p: number;
	readonly b_dualpipe: number;
	readonly act_dualpipe: number;
	readonly devices_dualpipev: number;
}
const tables: readonly object[] = golden.pipeline_bubble_tables;

describe('bubble tables', () => {
	it.each(tables.filter((row): row is ZeroBubbleRow => 'tF' in row))('Zero Bubble Table 2, p = $p, tF = $tF', (row) => {
		const { p, tF, tB_input: tI, tW } = row;
		const t = { tF, tI, tW, tFB: tF + tI + tW, tComm: 0 };
		expect(bubbleTime('1f1b', p, 4 * p, t)).toBeCloseTo(row.b_1f1b, 9);
		expect(bubbleTime('zb-h1', p, 4 * p, t)).toBeCloseTo(row.b_zbh1, 9);
		expect(bubbleTime('zb-h2', p, 4 * p, t)).toBeCloseTo(row.b_zbh2, 9);
		const peak = (name: ScheduleName) =>
			memoryOf(simulate(planOf(name, { stages: p, microbatches: 4 * p, chunks: 1 }), t), 0).peakUntilWeight;
		expect([peak('1f1b'), peak('zb-h1'), peak('zb-h2')]).toEqual([row.mem_1f1b_MB, row.mem_zbh1_MB, row.mem_zbh2_MB]);
	});
	it.each(tables.filter((row): row is DualPipeRow => 'FB' in row))('DualPipe README, p = $p', (row) => {
		const { p, F, B, W, FB } = row;
		const t = { tF: F, tI: B - W, tW: W, tFB: FB, tComm: 0 };
		expect(bubbleTime('1f1b', p, 4 * p, t)).toBeCloseTo(row.b_1f1b, 9);
		expect(bubbleTime('zb-h1', p, 4 * p, t)).toBeCloseTo(row.b_zb1p, 9);
		expect(bubbleTime('dualpipe', p, 4 * p, t)).toBeCloseTo(row.b_dualpipe, 9);
		expect(bubbleTime('dualpipev', row.devices_dualpipev, 4 * p, t)).toBeCloseTo(row.b_dualpipe, 9);
		const schedule = simulate(planOf('dualpipe', { stages: p, microbatches: 4 * p, chunks: 1 }), t);
		expect(memoryOf(schedule, 0).peak).toBe(row.act_dualpipe);
	});
	it('are all read', () => {
		expect(tables.every((row) => 'tF' in row || 'FB' in row)).toBe(true);
	});
});

describe("Megatron's schedule table", () => {
	it.each(golden.megatron_schedule_table)('pp = $pp, group = $group, m = $m, v = $v', ({ pp, group, m, v, ...row }) => {
		expect(scheduleTable(m, v, group)).toEqual({ microbatch: row.microbatch_id, chunk: row.model_chunk_id });
		expect(row.warmup_per_rank.map((_, r) => interleavedWarmup(pp, m, v, group, r))).toEqual(row.warmup_per_rank);
	});
});

describe('PipeDream', () => {
	it.each(golden.pipedream)('p = $p, stage $stage', ({ p, stage, warmup, weight_versions }) => {
		expect(warmupOf(p, 4 * p, stage)).toBe(warmup);
		expect(versionsOf(p, stage)).toBe(weight_versions);
	});
});
