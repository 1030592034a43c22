/** The files of a model among those that a reader picked: a whole repository, the folder above several, or single files. */
import { chooseGraph } from './config.ts';
import { RuntimeError, type PickedFile } from './protocol.ts';
import type { ModelFiles } from './source.ts';

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const depthOf = (path: string): number => path.split('/').length;

/**
 * Folders that hold a model, with a slash at the end ('' where files have no folder): those with a config.json nearest the top, and of these the ones
 * with a tokenizer beside it, if any has one. Everything of a model comes out of one of them: the config of one and the graph of another would be
 * numbers without meaning.
 */
export function modelFolders(picked: readonly PickedFile[]): readonly string[] {
	const folders = picked.filter(({ path }) => nameOf(path) === 'config.json').map(({ path }) => folderOf(path));
	const whole = folders.filter((folder) => picked.some(({ path }) => path === `${folder}tokenizer.json`));
	const some = whole.length > 0 ? whole : folders;
	const top = Math.min(...some.map(depthOf));
	return some.filter((folder) => depthOf(folder) === top);
}

/** @param onBytes hears of every file that was read: from a disk, so nothing is transferred. */
export function pickedFiles(picked: readonly PickedFile[], onBytes?: (bytes: number, cached: boolean) => void): ModelFiles {
	const folder = modelFolders(picked)[0] ?? '';
	// A flat choice of files has no `onnx/`, and neither have some exporters' folders.
	const find = (path: string) => {
		const file = picked.find((f) => f.path === folder + path) ?? picked.find((f) => f.path === folder + nameOf(path));
		return file ?? (folder === '' ? picked.find((f) => nameOf(f.path) === nameOf(path)) : undefined);
	};
	const files = { has: (path: string) => find(path) !== undefined, size: (path: string) => find(path)?.blob.size ?? 0 };
	return {
		...files,
		name: nameOf(folder.slice(0, -1)) || nameOf(chooseGraph(files)?.path ?? ''),
		hash: null,
		async read(path) {
			const file = find(path);
			if (!file) throw new RuntimeError({ code: 'not-found', file: path });
			try {
				const bytes = new Uint8Array(await file.blob.arrayBuffer());
				onBytes?.(bytes.length, true);
				return bytes;
			} catch (error) {
				// Moved or changed since it was picked, or longer than the memory.
				if (/allocation/i.test(String(error))) throw error;
				throw new RuntimeError({ code: 'unsupported', reason: 'gone', what: nameOf(file.path), detail: String(error) }, { cause: error });
			}
		}
	};
}
