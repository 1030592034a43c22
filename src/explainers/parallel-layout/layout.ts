/** Where everything stands: the map of GPUs, then traffic, time, memory and, with context parallelism, the triangles of causal work. */
import type { LayoutParams } from './params.ts';
import { sceneOf } from './scene.ts';

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly w: number;
	readonly h: number;
}
interface Cells {
	readonly cellW: number;
	readonly cellH: number;
	/** GPUs in a row: of a node, or of the whole map. */
	readonly cols: number;
}
/** Nodes as frames around their GPUs; or, of many, all GPUs as one sheet whose rows are whole nodes where that is possible. */
export type GpuMap = Box &
	Cells &
	(
		| { readonly kind: 'nodes'; readonly nodeCols: number; readonly nodeW: number; readonly nodeH: number }
		| { readonly kind: 'sheet'; readonly rows: number }
	);

export interface Geometry {
	readonly width: number;
	readonly height: number;
	readonly narrow: boolean;
	readonly map: GpuMap;
	readonly rows: Box & { readonly each: number };
	readonly time: Box;
	readonly memory: Box & { readonly chart: Box };
	readonly zigzag: (Box & { readonly side: number }) | undefined;
}

export const NODE_GAP = 12;
const PAD = 6;
const NODE_LABEL = 18;
const HEAD = 26;

/** Frames for nodes, if GPUs are then at least this wide. */
const LEAST = 20;

/** How well a cell can be read: beyond a width that holds its words nothing is gained. */
const area = (w: number, h: number, narrow: boolean): number => Math.min(w, narrow ? 80 : 96) * h;

function nodesMap(width: number, y: number, nodes: number, perNode: number, world: number, narrow: boolean): GpuMap | undefined {
	const inNode = Math.min(perNode, world);
	let best: GpuMap | undefined;
	for (let nodeCols = 1; nodeCols <= Math.min(nodes, 16); nodeCols++) {
		const nodeW = (width - (nodeCols - 1) * NODE_GAP) / nodeCols;
		for (const cols of new Set([inNode, Math.ceil(inNode / 2), Math.ceil(inNode / 4)])) {
			const cellW = (nodeW - 2 * PAD) / cols;
			const cellH = Math.max(18, Math.min(50, cellW * 0.62));
			const nodeH = NODE_LABEL + Math.ceil(inNode / cols) * cellH + PAD;
			const h = Math.ceil(nodes / nodeCols) * (nodeH + NODE_GAP) - NODE_GAP;
			if (cellW < LEAST || h > (narrow ? 460 : 330)) continue;
			// Cells with room for their words; of about equal ones the lowest map.
			const [room, had] = [area(cellW, cellH, narrow), best === undefined ? 0 : area(best.cellW, best.cellH, narrow)];
			if (best === undefined || room > 1.15 * had || (room > 0.85 * had && h < best.h))
				best = { kind: 'nodes', x: 0, y, w: width, h, cols, cellW, cellH, nodeCols, nodeW: cols * cellW + 2 * PAD, nodeH };
		}
	}
	return best;
}

function sheetMap(width: number, y: number, world: number, perNode: number, narrow: boolean): GpuMap {
	const most = narrow ? 300 : 320;
	const even = Math.max(1, Math.sqrt((world * width) / most) / perNode);
	const cols = Math.max(1, Math.min(world, perNode * 2 ** Math.round(Math.log2(even))));
	const rows = Math.ceil(world / cols);
	const cellW = width / cols;
	const cellH = Math.min(Math.max(cellW, 2), most / rows);
	return { kind: 'sheet', x: 0, y, w: width, h: rows * cellH, cols, rows, cellW, cellH };
}

export function geometryOf(width: number, p: LayoutParams): Geometry {
	const scene = sceneOf(p);
	const { layout } = scene.plan;
	const narrow = width < 560;
	const map =
		nodesMap(width, HEAD, scene.nodes, layout.gpusPerNode, layout.world, narrow) ??
		sheetMap(width, HEAD, layout.world, layout.gpusPerNode, narrow);
	const each = narrow ? 60 : 44;
	const rows = { x: 0, y: map.y + map.h + (narrow ? 80 : 62), w: width, each, h: Math.max(1, scene.exchanges.length) * each };
	const time = { x: 0, y: rows.y + rows.h + 46, w: width, h: 20 };
	const chartW = narrow ? width : width * 0.56;
	const memoryY = time.y + time.h + (narrow ? 96 : 74);
	const chart = { x: 0, y: memoryY, w: chartW, h: 120 };
	const memory = { x: 0, y: memoryY, w: width, h: chart.h + 22 + (narrow ? 126 : 0), chart };
	const side = narrow ? 128 : 150;
	const zigzag = layout.cp > 1 ? { x: 0, y: memory.y + memory.h + 48, w: width, h: side + 26, side } : undefined;
	const height = Math.ceil(zigzag === undefined ? memory.y + memory.h + 6 : zigzag.y + zigzag.h);
	return { width, height, narrow, map, rows, time, memory, zigzag };
}

/** The box of a GPU, without its gap. */
export function cellAt(map: GpuMap, rank: number, perNode: number): Box {
	const { cellW: w, cellH: h, cols } = map;
	if (map.kind === 'sheet') return { x: map.x + (rank % cols) * w, y: map.y + Math.floor(rank / cols) * h, w, h };
	const node = nodeAt(map, Math.floor(rank / perNode));
	const place = rank % perNode;
	return { x: node.x + PAD + (place % cols) * w, y: node.y + NODE_LABEL + Math.floor(place / cols) * h, w, h };
}

/** The frame of a node; every row of nodes stands from the left. */
export function nodeAt(map: GpuMap & { readonly kind: 'nodes' }, node: number): Box {
	const { nodeCols, nodeW: w, nodeH: h } = map;
	const step = nodeCols === 1 ? 0 : (map.w - w) / (nodeCols - 1);
	return { x: map.x + (node % nodeCols) * Math.min(step, w + NODE_GAP), y: map.y + Math.floor(node / nodeCols) * (h + NODE_GAP), w, h };
}

/** Where a row of the traffic has its bar, and how wide a byte is. */
export function barOf({ narrow, width }: Geometry): Box {
	return narrow ? { x: 10, y: 42, w: width - 10, h: 10 } : { x: 440, y: 7, w: width - 440 - 92, h: 12 };
}
