/** A parent that stands before its child; anything else makes the node a root beside the others. */
export const soundParents = (parents: readonly number[]): readonly number[] => parents.map((p, i) => (p >= 0 && p < i ? p : -1));

export interface Walk {
	/** When a walk through the tree first meets each node, (n). */
	readonly enter: readonly number[];
	/** When it has met the last of the node's descendants, plus one, (n). */
	readonly leave: readonly number[];
	/** Steps from the root, (n). */
	readonly depth: readonly number[];
}

/**
 * Ancestors by two numbers a node: u is v or an ancestor of v exactly when enter[u] <= enter[v] < leave[u] (Euler tour), so that a tree
 * mask needs no (n, n) table. `parents`: (n), each before its children, -1 = root.
 */
export function walk(parents: readonly number[]): Walk {
	const n = parents.length;
	const children: number[][] = Array.from({ length: n }, () => []);
	const roots: number[] = [];
	const depth = new Array<number>(n).fill(0);
	soundParents(parents).forEach((p, i) => {
		if (p >= 0) depth[i] = depth[p]! + 1;
		(p < 0 ? roots : children[p]!).push(i);
	});
	const enter = new Array<number>(n).fill(0);
	const leave = new Array<number>(n).fill(0);
	const stack = roots.reverse();
	const order: number[] = [];
	while (stack.length > 0) {
		const node = stack.pop()!;
		enter[node] = order.length;
		order.push(node);
		for (let i = children[node]!.length - 1; i >= 0; i--) stack.push(children[node]![i]!);
	}
	// Backwards every child is finished before its parent.
	for (let i = n - 1; i >= 0; i--) {
		const node = order[i]!;
		leave[node] = Math.max(enter[node]! + 1, ...children[node]!.map((c) => leave[c]!));
	}
	return { enter, leave, depth };
}

/**
 * The same two numbers with a committed text of `before` tokens in front, (before + n): its tokens carry -1 and n, so that together with
 * k <= q they see each other causally, every node sees all of them, and they see no node.
 */
export function onText(parents: readonly number[], before: number): Pick<Walk, 'enter' | 'leave'> {
	const { enter, leave } = walk(parents);
	const text = new Array<number>(before);
	return { enter: [...text.fill(-1), ...enter], leave: [...text.fill(parents.length), ...leave] };
}
