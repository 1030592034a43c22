/** The data of a frame as a table: for readers who cannot see the picture, and for the CSV export. */
import type { Table } from '#kit/explainer.ts';
import { findModel } from '#maths/data/models.ts';
import { slug } from '#maths/data/slug.ts';
import { bytesPerSequence } from '#maths/kv/bytes.ts';
import type { HeadText } from './labels.ts';
import type { HeadFrame } from './model.ts';

export function tableOf({ scene, groups, shape }: HeadFrame, text: HeadText): Table {
	const t = text.table;
	if (scene.kind === 'heads') {
		const cells = scene.figures.stored;
		const columns = [t.head, t.kv, ...(scene.step === 'tile' ? ['tile'] : []), 'GPU'];
		return {
			columns,
			rows: groups.map((kv, head) => [
				...[head, kv],
				...(scene.step === 'tile' ? [Math.floor(scene.slots.indexOf(head) / (shape.heads / cells))] : []),
				Math.floor((head * scene.tp) / shape.heads)
			])
		};
	}
	if (scene.kind === 'chart') {
		const all = scene.lines.flatMap((line) => line.names.map((name) => ({ name, line })));
		return {
			columns: [t.model, t.bytes, t.kind, t.layers, t.kvHeads, t.dim, t.context, t.source],
			rows: all
				.map(({ name, line }) => {
					const s = line.shape;
					const model = findModel(slug(name));
					const bytes = bytesPerSequence(s, scene.tokens, scene.bits);
					return [
						name,
						bytes,
						line.sharing.toUpperCase(),
						s.layers,
						s.latent === null ? s.kvHeads : '–',
						s.headDim,
						model?.context ?? '–',
						model?.source ?? '–'
					];
				})
				.sort((a, b) => Number(a[1]) - Number(b[1]))
		};
	}
	if (scene.kind === 'live') {
		return {
			columns: [t.head, t.kv, t.query, t.key, t.share],
			rows: scene.maps.flatMap((map, head) =>
				map.flatMap((row, i) =>
					row.slice(0, i + 1).map((share, j) => {
						const kv = Math.floor(head / (scene.heads / scene.kvHeads));
						return [head, kv, scene.tokens[i] ?? '', scene.tokens[j] ?? '', share];
					})
				)
			)
		};
	}
	return {
		columns: [t.matrix, t.row, t.column, t.value, t.how],
		rows: scene.matrices.flatMap(({ matrix }) =>
			matrix.values.flatMap((row, i) => row.map((value, j) => [text.symbols(matrix.id), i, j, value, matrix.how(i, j)]))
		)
	};
}
