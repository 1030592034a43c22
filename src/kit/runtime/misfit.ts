/** Whether files that a reader picked can be a model that runs here: told before their weights are read. */
import { bytes } from '#kit/text/format.ts';
import { chooseGraph, MOST_BYTES, readConfig } from './config.ts';
import { toFault } from './detect.ts';
import { modelFolders, nameOf, pickedFiles } from './picked.ts';
import type { Fault, PickedFile } from './protocol.ts';
import type { Reason } from './reason.ts';
import type { ModelFiles } from './source.ts';

const unsupported = (reason: Reason, what: string): Fault => ({ code: 'unsupported', reason, what });

/** What keeps these files from being a model that this page runs, as far as names, sizes and config.json tell. */
export async function misfit(files: readonly PickedFile[]): Promise<Fault | undefined> {
	const folders = modelFolders(files);
	if (folders.length > 1) return unsupported('several', folders.map((folder) => folder.split('/').at(-2)).join(', '));
	const model = pickedFiles(files);
	for (const path of ['config.json', 'tokenizer.json']) if (!model.has(path)) return unsupported('missing', path);
	const graph = chooseGraph(model);
	if (graph === undefined) {
		const nameWith = (pattern: RegExp) => files.map(({ path }) => nameOf(path)).find((name) => pattern.test(name));
		const half = nameWith(/_(q4)?(fp|f|bf)16\.onnx$/);
		if (half !== undefined) return unsupported('half', half);
		const other = nameWith(/\.(safetensors|gguf|bin|pth?)$/);
		return other === undefined ? unsupported('missing', 'onnx/model.onnx') : unsupported('format', other);
	}
	for (const path of ['tokenizer.json', graph.path]) if (await isPointer(model, path)) return unsupported('pointer', path);
	if (graph.bytes > MOST_BYTES) return unsupported('too-large', bytes(graph.bytes));
	try {
		readConfig(new TextDecoder().decode(await model.read('config.json')), model.name, (path) => model.has(path));
		return undefined;
	} catch (error) {
		return toFault(error);
	}
}

/** What git leaves of a large file when it was cloned without git-lfs: some lines that say where the file is. */
async function isPointer(model: ModelFiles, path: string): Promise<boolean> {
	return model.size(path) < 1024 && new TextDecoder().decode(await model.read(path)).startsWith('version https://git-lfs');
}
