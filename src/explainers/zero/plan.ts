/**
 * One training step as the operations that every rank carries out, and what a rank holds while each runs.
 * Source: ZeRO (arXiv 1910.02054) sections 5 and 7; ZeRO-Offload (arXiv 2101.06840) section 4; PyTorch FSDP (arXiv 2304.11277) section 3.
 */
import { ringFactor } from '#maths/collectives/cost.ts';
import { layerActivationBytes } from '#maths/memory/activations.ts';
import { gpuStates, type Config } from './config.ts';

export type OpKind =
	| 'start'
	| 'gather'
	| 'forward'
	| 'backward'
	/** Gradients: all-reduced with stage 0, else reduce-scattered. */
	| 'reduce'
	/** HSDP: the reduced shards of all groups become equal. */
	| 'replicate'
	| 'update'
	/** Updated parameters come back from the host. */
	| 'fetch'
	/** Stages 1 and 2: everybody's updated parameters. */
	| 'publish'
	| 'end';

export interface Op {
	readonly kind: OpKind;
	/** The group of layers, or nothing where it is all of them. */
	readonly unit?: number;
	/** Bytes that each rank sends to other ranks by a ring, and moves over PCIe. */
	readonly wire: number;
	readonly pcie: number;
	/** The paper's count of the same: elements over all parameters. A group of one among several sends nothing to itself. */
	readonly elements: number;
	/** What is sent: parameters or gradients. */
	readonly what?: 'parameters' | 'gradients';
	readonly pass?: 'forward' | 'backward';
}

/** How much of a unit a rank has on its GPU: nothing, its own shard, everything; or its shard in host memory. */
export type Held = 'none' | 'shard' | 'full' | 'host';

/** Bytes on the GPU by kind. `parameters` includes what is gathered for the moment. */
export interface Memory {
	readonly parameters: number;
	readonly gathered: number;
	readonly gradients: number;
	readonly optimizer: number;
	readonly activations: number;
}
export const sum = (m: Memory): number => m.parameters + m.gathered + m.gradients + m.optimizer + m.activations;

export interface Moment {
	readonly op: Op;
	readonly parameters: readonly Held[];
	readonly gradients: readonly Held[];
	readonly optimizer: readonly Held[];
	/** Whether the activations of each unit are kept. */
	readonly activations: readonly boolean[];
	/** True between the update and the arrival of the unit's new values. */
	readonly stale: readonly boolean[];
	readonly memory: Memory;
	/** Sent by each rank up to and with this operation. */
	readonly wire: number;
	readonly pcie: number;
	readonly elements: number;
}

const units = (c: Config): number[] => Array.from({ length: c.units }, (_, u) => u);

/** The operations of a step, in order. */
export function operations(c: Config): readonly Op[] {
	const { stage, shard, replicas, bytes, offload } = c;
	const part = c.parameters / c.units;
	const gather = ringFactor('all-gather', shard);
	const none = { wire: 0, pcie: 0, elements: 0 };
	const counted = shard === 1 && replicas > 1 ? 0 : 1;
	/** A shard is brought from the host to be gathered. */
	const load = offload === 'all' ? (part * bytes.parameters) / shard : 0;
	const gathering = (unit: number, pass: 'forward' | 'backward'): Op => ({
		...{ kind: 'gather', unit, pass, what: 'parameters', elements: counted / c.units },
		...{ wire: gather * part * bytes.parameters, pcie: load }
	});
	const reducing = (unit: number): Op => ({
		...{ kind: 'reduce', unit, what: 'gradients', elements: (stage === 0 ? 2 : counted) / c.units },
		wire: ringFactor(stage === 0 ? 'all-reduce' : 'reduce-scatter', stage === 0 ? c.ranks : shard) * part * bytes.gradients,
		pcie: offload === 'none' ? 0 : (part * bytes.gradients) / shard
	});
	const replicating = (unit: number): Op => ({
		...{ kind: 'replicate', unit, what: 'gradients', pcie: 0, elements: 2 / shard / c.units },
		wire: (ringFactor('all-reduce', replicas) * part * bytes.gradients) / shard
	});
	const forward = units(c).flatMap((unit): Op[] => [
		...(stage === 3 ? [gathering(unit, 'forward')] : []),
		{ kind: 'forward', unit, ...none }
	]);
	const backward = units(c)
		.reverse()
		.flatMap((unit): Op[] => [
			...(stage === 3 && c.reshard ? [gathering(unit, 'backward')] : []),
			{ kind: 'backward', unit, ...none },
			reducing(unit),
			...(stage > 0 && replicas > 1 ? [replicating(unit)] : [])
		]);
	const fetched = offload === 'optimizer' ? (c.parameters * bytes.parameters) / shard : 0;
	return [
		{ kind: 'start', ...none },
		...forward,
		...backward,
		{ kind: 'update', ...none },
		...(fetched > 0 ? [{ kind: 'fetch' as const, ...none, pcie: fetched }] : []),
		...(stage === 1 || stage === 2
			? [
					{
						kind: 'publish' as const,
						what: 'parameters' as const,
						wire: gather * c.parameters * bytes.parameters,
						pcie: 0,
						elements: counted
					}
				]
			: []),
		{ kind: 'end', ...none }
	];
}

/** What every rank holds while each operation runs; what an operation no longer needs is dropped when the next begins. */
export function moments(c: Config): readonly Moment[] {
	const { stage, shard, bytes, offload } = c;
	const part = c.parameters / c.units;
	const layerCount = c.layers / c.units;
	const kept = layerActivationBytes(c.shape, { tp: 1, sequenceParallel: false, recompute: c.recompute });
	const whole = layerActivationBytes(c.shape, { tp: 1, sequenceParallel: false, recompute: 'none' });
	const rest: Held = stage < 3 ? 'full' : offload === 'all' ? 'host' : 'shard';
	const reduced: Held = stage < 2 ? 'full' : offload === 'none' ? 'shard' : 'host';
	const atRest = gpuStates(c);
	const states: Held = offload !== 'none' ? 'host' : stage === 0 ? 'full' : 'shard';
	const parameters = units(c).map((): Held => rest);
	const gradients = units(c).map((): Held => 'none');
	const activations = units(c).map(() => false);
	const stale = units(c).map(() => false);
	const optimizer = units(c).map(() => states);
	let sent = { wire: 0, pcie: 0, elements: 0 };
	let done: (() => void) | undefined;
	return operations(c).map((op) => {
		done?.();
		done = undefined;
		const { unit } = op;
		if (unit !== undefined) {
			if (op.kind === 'gather') parameters[unit] = 'full';
			if (op.kind === 'forward') {
				activations[unit] = true;
				if (c.reshard) done = () => (parameters[unit] = rest);
			}
			if (op.kind === 'backward') {
				gradients[unit] = 'full';
				done = () => {
					activations[unit] = false;
					parameters[unit] = rest;
				};
			}
			if (op.kind === 'reduce') gradients[unit] = reduced;
		}
		// Everything that the rank did not update itself, or that the host did, is old until it arrives.
		if (op.kind === 'update') stale.fill(stage === 1 || stage === 2 || offload === 'optimizer');
		if (op.kind === 'publish' || (op.kind === 'fetch' && stage === 3)) stale.fill(false);
		if (op.kind === 'end') gradients.fill('none');
		sent = { wire: sent.wire + op.wire, pcie: sent.pcie + op.pcie, elements: sent.elements + op.elements };
		const share = { none: 0, host: 0, shard: 1 / shard, full: 1 } as const;
		const count = (held: readonly Held[]): number => held.reduce((all, h) => all + share[h], 0);
		const full = stage < 3 ? 0 : parameters.filter((held) => held === 'full').length;
		const gathered = full * part * bytes.parameters * (rest === 'shard' ? 1 - 1 / shard : 1);
		// One layer at a time is computed again.
		const again = op.kind === 'backward' ? whole - kept : 0;
		return {
			op,
			...{ parameters: [...parameters], gradients: [...gradients], optimizer, activations: [...activations], stale: [...stale] },
			memory: {
				...{ parameters: atRest.parameters, gathered, optimizer: atRest.optimizer },
				gradients: count(gradients) * part * bytes.gradients,
				activations: activations.filter(Boolean).length * layerCount * kept + again
			},
			...sent
		};
	});
}

/** Bytes of the fullest moment. */
export const peak = (all: readonly Moment[]): number => Math.max(...all.map((m) => sum(m.memory)));
