/** The axes of a parallel layout, in the order in which Megatron numbers ranks by default: the first axis varies fastest. */
export const AXES = ['tp', 'cp', 'ep', 'dp', 'pp'] as const;
export type Axis = (typeof AXES)[number];
export const DEFAULT_ORDER = AXES.join('-');

/** Axes that an order does not name are appended in this order. Source: NVIDIA/Megatron-LM:megatron/core/parallel_state.py RankGenerator. */
const APPENDED: readonly Axis[] = ['tp', 'pp', 'dp', 'ep', 'cp'];

export const isAxis = (name: string): name is Axis => (AXES as readonly string[]).includes(name);

/** The axes of an order such as "tp-pp-dp", each once, with those that it does not name at its end. Unknown names are left out. */
export function axesOf(order: string): readonly Axis[] {
	const named = order.toLowerCase().split('-').filter(isAxis);
	return [...new Set([...named, ...APPENDED])];
}
