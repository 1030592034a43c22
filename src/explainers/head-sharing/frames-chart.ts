/** Every model's cache against the length of a sequence; one frame a length. */
import { models, type ModelConfig } from '#maths/data/models.ts';
import { bytesPerSequence } from '#maths/kv/bytes.ts';
import { shapeOf, sharing, type KvShape, type Sharing } from '#maths/kv/shape.ts';
import { resolve } from './config.ts';
import { groupsOf } from './frames-heads.ts';
import type { HeadFrame } from './model.ts';
import type { HeadParams } from './params.ts';

/** Models whose cache takes the same bytes at every length share a line. */
export interface Line {
	readonly id: string;
	readonly names: readonly string[];
	/** The longest context among them. */
	readonly context: number;
	readonly shape: KvShape;
	readonly sharing: Sharing;
	/** The one that the parameters describe. */
	readonly chosen: boolean;
}
export interface ChartScene {
	readonly kind: 'chart';
	readonly tokens: number;
	readonly lines: readonly Line[];
	readonly bits: number;
	readonly memory: number;
	readonly gpu: string;
}

export const SHORTEST = 256;
export const LONGEST = 2 ** 20;
const LENGTHS = [1024, 4096, 8192, 32768, 131_072, LONGEST];

/** The words by which a model is found beside its name. */
function tags({ local, experts, latent }: ModelConfig, kind: Sharing): string {
	return [kind, local === null ? '' : `window ${local.kind}`, experts === null ? 'dense' : 'moe', latent === null ? '' : 'latent'].join(
		' '
	);
}

/** Models with one of the words in name or kind; no words, all models. */
export function matching(filter: string): readonly ModelConfig[] {
	const words = filter
		.toLowerCase()
		.split(/[\s,;，、]+/)
		.filter((word) => word !== '');
	return models.filter(
		(model) => words.length === 0 || words.some((word) => `${model.slug} ${tags(model, sharing(shapeOf(model)))}`.includes(word))
	);
}

function linesOf(p: HeadParams): readonly Line[] {
	const config = resolve(p);
	const curve = (shape: KvShape) =>
		[1, 1000, 100_000, LONGEST].map((tokens) => bytesPerSequence(shape, tokens, 16)).join(' ') + sharing(shape);
	const found = new Map<string, Line>();
	for (const model of matching(p.filter)) {
		const shape = shapeOf(model);
		const key = curve(shape);
		const line = found.get(key);
		const names = [...(line?.names ?? []), model.name];
		found.set(key, {
			id: line?.id ?? model.slug,
			names,
			context: Math.max(model.context, line?.context ?? 0),
			shape,
			sharing: sharing(shape),
			chosen: false
		});
	}
	const key = curve(config.shape);
	const same = found.get(key);
	const name = config.model === undefined ? 'custom' : config.changed ? `${config.model.name} *` : config.model.name;
	const names = same === undefined ? [name] : [name, ...same.names.filter((other) => other !== name)];
	found.set(key, {
		...{ id: 'chosen', names, shape: config.shape, sharing: config.sharing, chosen: true },
		context: Math.max(config.model?.context ?? LONGEST, same?.context ?? 0)
	});
	return [...found.values()].sort((a, b) => Number(a.chosen) - Number(b.chosen));
}

export function chartFrames(p: HeadParams): readonly HeadFrame[] {
	const { shape, gpu, model } = resolve(p);
	const lines = linesOf(p);
	const lengths = [...new Set([...LENGTHS, Math.min(LONGEST, Math.max(SHORTEST, p.seq))])].sort((a, b) => a - b);
	return lengths.map((tokens) => {
		const sizes = lines.map((line) => ({ name: line.names[0]!, bytes: bytesPerSequence(line.shape, tokens, Number(p.kvBits)) }));
		const sorted = sizes.sort((a, b) => a.bytes - b.bytes);
		const least = sorted[0]!;
		const most = sorted.at(-1)!;
		const own = bytesPerSequence(shape, tokens, Number(p.kvBits));
		const values = {
			...{ tokens, models: matching(p.filter).length, name: model?.name ?? 'custom', own, gpu: gpu.name, share: own / gpu.memoryBytes },
			...{ least: least.name, leastBytes: least.bytes, most: most.name, mostBytes: most.bytes }
		};
		return {
			...{ groups: groupsOf(shape), shape, caption: { key: 'chart', values }, mark: { key: 'length', value: tokens } },
			scene: { kind: 'chart', tokens, lines, bits: Number(p.kvBits), memory: gpu.memoryBytes, gpu: gpu.name }
		};
	});
}
