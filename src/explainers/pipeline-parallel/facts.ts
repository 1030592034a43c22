/** The numbers that a reader may quote. They hold for the whole step. */
import type { Facts } from '#kit/model.ts';
import { bubbleTime } from '#maths/pipeline/formulas.ts';
import { idleInsideSpan } from '#maths/pipeline/idle.ts';
import { messagesOf } from '#maths/pipeline/traffic.ts';
import { versionsOf } from '#maths/pipeline/schedules/pipedream.ts';
import type { Story } from './story.ts';

const GPIPE = 'Huang et al., GPipe, NeurIPS 2019';
const MEGATRON = 'Narayanan et al., Efficient Large-Scale Language Model Training on GPU Clusters Using Megatron-LM, SC 2021';
const ZERO_BUBBLE = 'Qi et al., Zero Bubble Pipeline Parallelism, ICLR 2024';
const PIPEDREAM = 'Narayanan et al., PipeDream, SOSP 2019';
const SIMULATED = 'simulated: each operation starts as soon as its inputs and its device are free';

const FORMULA_SOURCES: Readonly<Record<string, string>> = {
	naive: 'computed: every device waits while the others work',
	gpipe: GPIPE,
	'1f1b': MEGATRON,
	'interleaved-1f1b': `${MEGATRON}, section 2.2 (durations of one chunk)`,
	'looped-bfs': `${MEGATRON}, section 2.2; Lamy-Poirier, Breadth-First Pipeline Parallelism, 2022`,
	'zb-h1': `${ZERO_BUBBLE}, Table 2`,
	'zb-h2': `${ZERO_BUBBLE}, Table 2`,
	'interleaved-zero-bubble': `${ZERO_BUBBLE}, Table 2 (durations of one chunk)`,
	dualpipe: 'deepseek-ai/DualPipe, README.md',
	dualpipev: 'deepseek-ai/DualPipe, README.md'
};

export function factsOf(story: Story): Facts {
	const { name, schedule, busy, memories, counts } = story;
	const { makespan, layout, durations } = schedule;
	const { stages: p, microbatches: m } = counts;
	const mean = busy.reduce((a, b) => a + b, 0) / p;
	const idle = makespan - mean;
	const formula = bubbleTime(name, p, m, durations);
	const inside = idleInsideSpan(schedule, 0);
	const communicates = durations.tComm > 0;
	const stream = name === 'pipedream';
	return {
		bubbleOverTotal: {
			...{ value: idle / makespan, unit: 'share', source: `${GPIPE}: idle over all time; ${SIMULATED}` },
			note: { key: stream ? 'stream' : 'slots', values: { idle, makespan } }
		},
		bubbleOverIdeal: {
			...{ value: idle / mean, unit: 'share', source: `${MEGATRON}: idle over ideal time; ${SIMULATED}` },
			note: { key: 'ideal', values: { idle, ideal: mean } }
		},
		peakActivations: {
			...{ value: memories.map(({ peak }) => peak), unit: 'count', source: `${SIMULATED}; from forward to (input) backward` },
			note: { key: 'gpipeHolds', values: { n: layout.microbatches * layout.chunks, chunks: layout.chunks } }
		},
		makespan: { ...{ value: makespan, unit: 'time', source: SIMULATED }, note: { key: 'idealTime', values: { ideal: mean } } },
		formulaBubble: {
			value: formula ?? null,
			unit: 'time',
			source: FORMULA_SOURCES[name] ?? `${ZERO_BUBBLE} and its code: no closed form`,
			note: {
				key: formula === undefined ? (stream ? 'formulaStream' : 'formulaNone') : communicates ? 'formulaComm' : 'formula',
				values: { idle: makespan - busy[0]!, inside }
			}
		},
		idlePerDevice: { value: busy.map((b) => makespan - b), unit: 'time', source: SIMULATED },
		utilisation: {
			...{ value: mean / makespan, unit: 'share', source: `${SIMULATED}; busy over all time` },
			note: { key: 'devices', values: { devices: p } }
		},
		...(story.split
			? {
					peakUntilWeight: {
						value: memories.map(({ peakUntilWeight }) => peakUntilWeight),
						unit: 'count',
						source: `${ZERO_BUBBLE}, section 2: what W needs stays until W`
					} as const
				}
			: {}),
		weightVersions: {
			value: Array.from({ length: p }, (_, s) => (stream ? versionsOf(p, s) : 1)),
			unit: 'count',
			source: stream
				? `${PIPEDREAM}, section 3.3; msr-fiddle/pipedream: num_warmup_minibatches + 1`
				: `${PIPEDREAM}; with a flush there is one`,
			note: { key: stream ? 'stash' : 'flush', values: {} }
		},
		messages: {
			...{ value: messagesOf(layout), unit: 'count', source: `${MEGATRON}, section 2.2: point-to-point messages in a step` },
			note: { key: 'perMicrobatch', values: { n: messagesOf(layout) / m } }
		}
	};
}
