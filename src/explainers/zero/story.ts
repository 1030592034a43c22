/** A training step with all that follows from the parameters, computed once for frames and facts. */
import { activationBytes, gpuStates, resolve, type Config } from './config.ts';
import type { ZeroParams } from './params.ts';
import { moments, peak, type Moment } from './plan.ts';

export interface Story {
	readonly config: Config;
	readonly all: readonly Moment[];
	/** Bytes of the fullest moment. */
	readonly peak: number;
	/** What every caption of the step may mention. */
	readonly values: Readonly<Record<string, string | number>>;
}
const known = new WeakMap<ZeroParams, Story>();

function tell(c: Config): Story {
	const all = moments(c);
	const most = peak(all);
	const last = all.at(-1)!;
	const part = c.parameters / c.units;
	const values = {
		...{ units: c.units, stage: c.stage, ranks: c.ranks, shard: c.shard, replicas: c.replicas, offload: c.offload },
		...{ unitBytes: part * c.bytes.parameters, gradientBytes: part * c.bytes.gradients, elements: last.elements },
		...{ parameters: c.parameters, gpu: c.gpu.name, capacity: c.gpu.memoryBytes, recompute: c.recompute, allPcie: last.pcie },
		...{ activations: activationBytes(c) / c.units, reshard: c.reshard ? 1 : 0, optimizerBytes: gpuStates(c).optimizer },
		...{ peak: most, factor: c.shard === 1 ? 0 : (c.shard - 1) / c.shard, layers: c.layers / c.units }
	};
	return { config: c, all, peak: most, values };
}

export function storyOf(p: ZeroParams): Story {
	let story = known.get(p);
	if (story === undefined) known.set(p, (story = tell(resolve(p))));
	return story;
}
