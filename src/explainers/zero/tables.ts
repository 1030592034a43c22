/** The frame as rows of data, for readers who cannot see it and for the CSV export. */
import type { Table } from '#kit/explainer.ts';
import { decimalBytes, number } from '#kit/text/format.ts';
import { sumOf } from './bars.ts';
import type { ZeroFrame } from './frames.ts';
import type { ZeroText } from './labels.ts';
import { KINDS } from './layout.ts';
import { table } from './paper.ts';
import { sum } from './plan.ts';

export function tableOf({ scene }: ZeroFrame, text: ZeroText): Table {
	const t = text.table;
	if (scene.kind === 'table') {
		return {
			columns: [t.model, t.ranks, t.stage, t.exact, t.printed, t.rule],
			rows: table.map((c) => [number(c.parameters), c.ranks, c.stage, c.bytes / 1e9, c.printed, text.rules[c.rule]])
		};
	}
	if (scene.kind === 'ring') {
		return {
			columns: [t.rank, ...Array.from({ length: scene.ranks }, (_, c) => t.chunk(c))],
			rows: scene.values.map((row, r) => [r, ...row.map((v, c) => (scene.held[r]![c]!.length === 0 ? '–' : v))])
		};
	}
	if (scene.kind === 'bars') {
		return {
			columns: [t.recipe, t.parts, t.total],
			rows: scene.rows.map((row) => [
				text.rows[row.key]?.(row.values) ?? row.key,
				row.segments.map((s) => `${text.parts[s.part] ?? s.part} ${number(s.value)}`).join(' + '),
				sumOf(row)
			])
		};
	}
	const { moment: m, config: c } = scene;
	const held = (kind: (typeof KINDS)[number], u: number): string =>
		text.held[kind === 'activations' ? (m.activations[u] ? 'full' : 'none') : m[kind][u]!];
	const bytesOf = { ...m.memory, parameters: m.memory.parameters + m.memory.gathered };
	return {
		columns: [t.kind, ...Array.from({ length: c.units }, (_, u) => t.unit(u)), t.onGpu],
		rows: KINDS.map((kind) => [text.kinds[kind], ...Array.from({ length: c.units }, (_, u) => held(kind, u)), decimalBytes(bytesOf[kind])]),
		foot: t.foot(decimalBytes(sum(m.memory)), decimalBytes(m.wire))
	};
}
