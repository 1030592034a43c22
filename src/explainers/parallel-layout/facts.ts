import type { Fact, FactRecord, Facts } from '#kit/model.ts';
import { causalWork, contiguousChunks, imbalance } from '#maths/parallel/context-parallel.ts';
import { groups, KINDS } from '#maths/parallel/layout.ts';
import { MEMORY } from '#maths/parallel/memory.ts';
import { bubbleOverIdeal, bubbleOverTotal } from '#maths/parallel/time.ts';
import { sumOf } from '#maths/parallel/traffic.ts';
import type { LayoutParams } from './params.ts';
import { crossingGroups, sceneOf, type Scene } from './scene.ts';

const SOURCE = {
	groups: 'NVIDIA/Megatron-LM:megatron/core/parallel_state.py, RankGenerator.get_ranks',
	crossing: 'definition: groups with members in more than one node; rank r is in node ⌊r / GPUs per node⌋',
	traffic:
		'Narayanan et al. 2021 (arXiv 2104.04473) sections 2.3 and 3.2; ring attention: zhuzilin/ring-flash-attention; rings: NVIDIA/nccl-tests doc/PERFORMANCE.md',
	memory: 'NVIDIA/Megatron-LM:megatron/training/theoretical_memory_usage.py; activations: Korthikanti et al. 2022 (arXiv 2205.05198)',
	total: 'Huang et al. 2019, GPipe (arXiv 1811.06965): idle time over all time',
	ideal: 'Narayanan et al. 2021 (arXiv 2104.04473) section 2.2: idle time over the time of work',
	dualpipe: 'deepseek-ai/DualPipe README, with backward = 2 forwards and weight gradient = 1',
	time: 'definition: FLOP over dense 16-bit peak, bytes over the rate of the slowest link of their group, nothing overlapped',
	zigzag: 'definition: largest causal work of a rank over the mean, when the sequence is cut into contiguous pieces'
};

/** Names of the parts of memory, as the figure about ZeRO has them. */
const PART = { parameters: 'parameterBytes', gradients: 'gradientBytes', optimizer: 'optimizerBytes', activations: 'activationBytes' };

/** What is said of every kind that has members. */
const byKind = (scene: Scene, of: (one: Scene['exchanges'][number]) => number): FactRecord =>
	Object.fromEntries(scene.exchanges.map((one) => [one.kind, of(one)]));

const known = new WeakMap<LayoutParams, Facts>();

export function factsOf(p: LayoutParams): Facts {
	let facts = known.get(p);
	if (facts === undefined) known.set(p, (facts = make(p)));
	return facts;
}

function make(p: LayoutParams): Facts {
	const scene = sceneOf(p);
	const { plan, exchanges, memoryBytes } = scene;
	const { layout, job, gpu, time, busiest } = plan;
	const { pp, cp } = layout;
	const sent = sumOf(plan.traffic[busiest]!);
	const cross = exchanges.reduce((sum, one) => sum + one.crossBytes, 0);
	const inLayers = exchanges.filter((one) => one.layerBytes !== undefined);
	const dual = job.schedule === 'dualpipe';
	const bubble = (value: number, source: string): Fact => ({
		...{ value, unit: 'share', source: dual ? SOURCE.dualpipe : source },
		note: {
			key: dual ? 'bubble.dualpipe' : job.virtualStages > 1 ? 'bubble.interleaved' : 'bubble',
			values: { p: pp, m: plan.microbatches, v: job.virtualStages }
		}
	});
	return {
		bytesPerRank: {
			...{ value: memoryBytes, unit: 'bytes', source: SOURCE.memory },
			note: {
				key: plan.fits ? 'fits' : 'over',
				values: { stage: plan.fullest, stages: pp, share: memoryBytes / gpu.memoryBytes, gpu: gpu.name }
			}
		},
		...Object.fromEntries(
			MEMORY.map((part) => [PART[part], { value: plan.memory[plan.fullest]![part], unit: 'bytes' as const, source: SOURCE.memory }])
		),
		bubbleOverTotal: bubble(bubbleOverTotal(job, layout), SOURCE.total),
		bubbleOverIdeal: bubble(bubbleOverIdeal(job, layout), SOURCE.ideal),
		crossNodeBytes: {
			...{ value: cross, unit: 'bytes', source: SOURCE.traffic },
			note: { key: 'cross', values: { share: sent === 0 ? 0 : cross / sent, bytes: sent } }
		},
		stepSeconds: {
			...{ value: time.total * 1000, unit: 'milliseconds', source: SOURCE.time },
			note: { key: 'floor', values: { compute: time.compute / time.total } }
		},
		...(cp > 1
			? {
					causalImbalance: {
						value: imbalance(causalWork(contiguousChunks(cp))),
						unit: 'ratio' as const,
						source: SOURCE.zigzag,
						note: { key: 'zigzag', values: {} }
					}
				}
			: {}),
		bytesPerStep: {
			...{ value: byKind(scene, (one) => one.bytes), unit: 'bytes', source: SOURCE.traffic },
			note: { key: 'busiest', values: { stage: busiest, stages: pp } }
		},
		bytesPerLayer: {
			...{ value: Object.fromEntries(inLayers.map((one) => [one.kind, one.layerBytes!])), unit: 'bytes', source: SOURCE.traffic },
			note: { key: 'layer', values: { moe: job.model.experts === null ? 0 : 1 } }
		},
		exchangeShares: {
			value: Object.fromEntries(exchanges.map(({ kind, seconds }) => [kind, seconds / time.total])),
			...{
				unit: 'share',
				source: SOURCE.time,
				note: { key: 'shares', values: { compute: time.compute / time.total, bubble: time.bubble / time.total } }
			}
		},
		crossNodeGroups: {
			value: crossingGroups(layout),
			unit: 'count',
			source: SOURCE.crossing,
			note: { key: 'nodes', values: { nodes: scene.nodes } }
		},
		groups: {
			value: Object.fromEntries(KINDS.map((kind) => [kind, groups(layout, kind)])),
			...{ unit: 'count', source: SOURCE.groups, note: { key: 'order', values: { order: layout.order } } }
		}
	};
}
