import { ringFactor, ringSteps } from '#maths/collectives/cost.ts';
import { megatronBytesPerParameter } from '#maths/memory/megatron.ts';
import { optimizerState } from '#maths/memory/recipes.ts';
import { bytesPerParameter, total } from '#maths/memory/zero.ts';
import type { Fact, Facts } from '#kit/model.ts';
import { activationScenes, estimates, sumOf } from './bars.ts';
import { activationBytes, gpuStates, hostStates, type Config } from './config.ts';
import type { ZeroParams } from './params.ts';
import { storyOf } from './story.ts';

const ZERO =
	'ZeRO (arXiv 1910.02054) section 5: 2 Ψ weights, 2 Ψ gradients, K Ψ optimizer states; each is divided by N where it is sharded';
const SOURCE = {
	states: ZERO,
	activations: 'Korthikanti et al. 2022 (arXiv 2205.05198), table 2, with the width of the MLP free as in Megatron-LM',
	peak: 'definition: the fullest moment of the step drawn here: states at rest, gathered weights, gradients so far, activations so far',
	wire: 'ZeRO (arXiv 1910.02054) section 7: all-reduce 2 Ψ; reduce-scatter and all-gather Ψ each; stage 3 gathers twice',
	ring: 'NVIDIA/nccl-tests: doc/PERFORMANCE.md: a ring sends (N − 1) / N of the buffer for each reduce-scatter and all-gather',
	max: 'ZeRO (arXiv 1910.02054) table II, left: memory over the bytes of a parameter, nothing else counted; GB of 10⁹ bytes',
	host: 'ZeRO-Offload (arXiv 2101.06840) section 4: gradients, optimizer states and their update move to the CPU; ZeRO-Infinity (arXiv 2104.07857): the weights too',
	pcie: 'ZeRO-Offload (arXiv 2101.06840) section 4: gradients to the host, updated weights back, each rank its shard',
	deepspeed: 'deepspeedai/DeepSpeed: runtime/zero/stage_1_and_2.py and stage3.py, estimate_zero2/3_model_states_mem_needs (edaa7221)',
	megatron: 'NVIDIA/Megatron-LM: megatron/training/theoretical_memory_usage.py (d98e8a64): 18, or 6 + 12 / dp bytes per parameter'
};
const bytes = (value: number, source: string, note?: Fact['note']): Fact => ({
	...{ value, unit: 'bytes', source, decimal: true },
	...(note === undefined ? {} : { note })
});

/** How large a model's states may be: on the GPU alone, for what the host holds has no part in it. */
function maxParams(c: Config): number | null {
	const one = total(gpuStates({ ...c, parameters: 1 }));
	return one === 0 ? null : c.gpu.memoryBytes / one;
}

/** What only some views are about, first among the facts there. */
function ofView(p: ZeroParams, c: Config, step: number): Facts {
	if (p.view === 'ring') {
		const { collective, ringRanks } = p;
		return {
			ringBuffers: {
				...{ value: ringFactor(collective, ringRanks), unit: 'ratio', source: SOURCE.ring },
				note: { key: 'ringSoFar', values: { sent: Math.min(step, ringSteps(collective, ringRanks)) / ringRanks, ranks: ringRanks } }
			},
			ringSteps: { value: ringSteps(collective, ringRanks), unit: 'count', source: SOURCE.ring }
		};
	}
	if (p.view !== 'activations') return {};
	const rows = activationScenes(c, p.tp)[0]!.rows;
	const row = rows[Math.min(step, rows.length - 1)]!;
	return {
		layerBytes: bytes(sumOf(row), SOURCE.activations, { key: 'layerShare', values: { share: sumOf(row) / sumOf(rows[0]!) } })
	};
}

export function facts(p: ZeroParams, step?: number): Facts {
	const { config: c, all, peak: most } = storyOf(p);
	const states = gpuStates(c);
	const sum = total(states);
	const last = all.at(-1)!;
	const room = c.gpu.memoryBytes;
	const each = bytesPerParameter(c.bytes, c.stage, c.shard);
	const plain = total(gpuStates({ ...c, stage: 0, offload: 'none' }));
	const now = p.view === 'step' ? all[Math.min(all.length - 1, Math.max(0, step ?? all.length - 1))]! : last;
	const host = total(hostStates(c));
	const estimate = estimates(c, p).find((e) => e.current);
	const K = optimizerState(c.bytes);
	const where = (kind: 'parameters' | 'gradients' | 'optimizer', offloaded: boolean): Fact['note'] => ({
		key: offloaded ? 'onHost' : 'perParameter',
		values: { whole: kind === 'optimizer' ? K : c.bytes[kind], shard: c.shard, each: each[kind] }
	});
	return {
		...ofView(p, c, step ?? 0),
		bytesPerRank: bytes(sum, SOURCE.states, {
			key: sum === 0 ? 'allOnHost' : sum === plain ? 'plain' : 'against',
			values: { plain, times: sum === 0 ? 0 : plain / sum, parameters: c.parameters }
		}),
		parameterBytes: bytes(states.parameters, SOURCE.states, where('parameters', c.offload === 'all')),
		gradientBytes: bytes(states.gradients, SOURCE.states, where('gradients', c.offload !== 'none' && c.stage >= 2)),
		optimizerBytes: bytes(states.optimizer, SOURCE.states, where('optimizer', c.offload !== 'none')),
		activationBytes: bytes(activationBytes(c), SOURCE.activations, {
			key: `activations.${c.recompute}`,
			values: { layers: c.layers, seq: p.seq, batch: p.batch, hidden: c.shape.hidden, heads: c.shape.heads }
		}),
		peakBytes: bytes(most, SOURCE.peak, {
			key: most <= room ? 'fits' : 'doesNotFit',
			values: { gpu: c.gpu.name, capacity: room, over: most / room }
		}),
		communicationElements: {
			...{ value: Number(last.elements.toFixed(12)), unit: 'ratio', source: SOURCE.wire },
			note: {
				key: last.elements > 2.0001 ? 'elements' : 'elements.same',
				values: { times: last.elements / 2, factor: ringFactor('all-gather', c.shard), shard: c.shard }
			}
		},
		ringFactor: {
			...{ value: ringFactor('all-gather', c.stage === 0 ? c.ranks : c.shard), unit: 'ratio', source: SOURCE.ring },
			note: { key: 'ring', values: { ranks: c.stage === 0 ? c.ranks : c.shard } }
		},
		communicationBytes: bytes(last.wire, `${SOURCE.wire}; ${SOURCE.ring}`, { key: 'soFar', values: { sent: now.wire } }),
		maxParams: {
			...{ value: maxParams(c), unit: 'count', source: SOURCE.max, decimal: true },
			note: { key: maxParams(c) === null ? 'hostDecides' : 'largest', values: { gpu: c.gpu.name, capacity: room } }
		},
		...(host > 0
			? {
					hostBytes: bytes(host, SOURCE.host, { key: 'perRank', values: { ranks: c.ranks, all: host * c.ranks } }),
					pcieBytes: bytes(last.pcie, SOURCE.pcie, { key: 'pcie', values: { sent: now.pcie } })
				}
			: {}),
		...(estimate === undefined
			? {}
			: {
					deepspeedGpuBytes: {
						...{ value: estimate.gpuBytes, unit: 'bytes' as const, source: SOURCE.deepspeed },
						note: { key: 'deepspeed', values: { largest: c.largestLayer, stage: c.stage } }
					},
					deepspeedHostBytes: {
						...{ value: estimate.cpuBytes, unit: 'bytes' as const, source: SOURCE.deepspeed },
						note: { key: 'deepspeedHost', values: { zeroInit: p.zeroInit ? 1 : 0, stage: c.stage, gpus: Math.min(p.gpusPerNode, c.ranks) } }
					}
				}),
		megatronBytes: bytes(c.parameters * megatronBytesPerParameter(c.ranks, true), SOURCE.megatron, {
			key: 'megatron',
			values: { per: megatronBytesPerParameter(c.ranks, true), whole: c.parameters * megatronBytesPerParameter(c.ranks, false) }
		})
	};
}
