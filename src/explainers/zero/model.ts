import type { Model } from '#kit/model.ts';
import { sumOf } from './bars.ts';
import { resolve } from './config.ts';
import { facts } from './facts.ts';
import { frames, type Scene, type StepScene, type ZeroFrame } from './frames.ts';
import { drawnRanks } from './ranks.ts';
import { table } from './paper.ts';
import { params } from './params.ts';
import { sum, type Held } from './plan.ts';

/** What one rank has of a unit: "all", its part as "3/64", or that part in host memory. */
const told = (held: Held, index: number, shard: number): string | null =>
	held === 'none' ? null : held === 'full' ? 'all' : `${held === 'host' ? 'host ' : ''}${index + 1}/${shard}`;

function stepJson({ config: c, moment: m }: StepScene): unknown {
	return {
		operation: m.op,
		bytes: { ...m.memory, total: sum(m.memory) },
		...{ sent: m.wire, sentElements: m.elements, overPcie: m.pcie },
		holds: drawnRanks(c).map(({ rank, index, group }) => ({
			...{ rank, shardGroup: group },
			parameters: m.parameters.map((h) => told(h, index, c.shard)),
			gradients: m.gradients.map((h) => told(h, index, c.shard)),
			optimizer: m.optimizer.map((h) => told(h, index, c.shard)),
			activations: m.activations,
			sends: m.op.wire,
			to: c.ranks === 1 ? null : group * c.shard + ((index + 1) % c.shard)
		}))
	};
}
function sceneJson(scene: Scene): Record<string, unknown> {
	if (scene.kind === 'step') return stepJson(scene) as Record<string, unknown>;
	if (scene.kind === 'table') return { table: table.map(({ bytes, ...cell }) => ({ ...cell, gigabytes: bytes / 1e9 })) };
	if (scene.kind === 'bars') return { chart: scene.chart, rows: scene.rows.map((row) => ({ ...row, total: sumOf(row) })) };
	return { ...scene };
}

export const model: Model<typeof params, ZeroFrame> = {
	params,
	frames,
	facts: (p, _, step) => facts(p, step),
	check: (p) => resolve(p).problem,
	toJSON: ({ caption, scene }) => ({ view: scene.kind, caption, ...sceneJson(scene) })
};
