/** Where the nodes of the beam tree stand: depth to the right, leaves one under another, the same in every frame of a search. */
import { hierarchy, tree as d3tree } from 'd3';
import type { Tree, TreeNode } from './beams.ts';

export interface Place {
	readonly node: TreeNode;
	/** Step, 0 for the prompt. */
	readonly depth: number;
	/** 0..1 from top to bottom. */
	readonly y: number;
	readonly parentKey: string | undefined;
	readonly parentY: number;
}

interface Item {
	readonly key: string;
	readonly node: TreeNode | undefined;
	readonly children: Item[];
}

/** How many rows the tree needs. */
export function leafCount(tree: Tree): number {
	const parents = new Set(tree.nodes.map((node) => node.parent));
	return Math.max(1, tree.nodes.filter((node) => !parents.has(node.key)).length);
}

/** Places of all nodes of the whole tree (that of the last frame), likelier branches higher. */
export function treePlaces(tree: Tree): Place[] {
	const items = new Map<string, Item>(tree.nodes.map((node) => [node.key, { key: node.key, node, children: [] }]));
	const root: Item = { key: '', node: undefined, children: [] };
	for (const item of items.values()) (items.get(item.node?.parent ?? '') ?? root).children.push(item);
	for (const item of [root, ...items.values()]) {
		item.children.sort((a, b) => (b.node?.probability || 0) - (a.node?.probability || 0) || a.key.localeCompare(b.key));
	}
	const laid = d3tree<Item>()
		.size([1, 1])
		.separation(() => 1)(hierarchy(root, (item) => item.children));
	return laid
		.descendants()
		.filter((point) => point.data.node !== undefined)
		.map((point) => ({
			node: point.data.node!,
			depth: point.depth,
			y: point.x,
			parentKey: point.data.node!.parent,
			parentY: point.parent?.x ?? 0.5
		}));
}
