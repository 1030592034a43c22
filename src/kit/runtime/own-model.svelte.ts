/** A model of the reader's own, from files on their machine. It is remembered while the page is open, and nothing of it is sent anywhere. */
import { bytes } from '#kit/text/format.ts';
import { graphFiles, readConfig } from './config.ts';
import { toFault } from './detect.ts';
import type { Fault, PickedFile } from './protocol.ts';
import { pickedFiles } from './source.ts';

/** Weights that WebAssembly's memory has room for: they stand in it twice while a session starts. */
export const MOST_BYTES = 800 * 2 ** 20;

export interface OwnModel {
	readonly name: string;
	readonly files: readonly PickedFile[];
	/** Tells one choice from the next. */
	readonly id: number;
}

class OwnState {
	model = $state.raw<OwnModel | undefined>(undefined);
	/** Why the last choice was not taken. */
	fault = $state.raw<Fault | undefined>(undefined);

	/** Looks whether files can be a model that runs here, and takes it when they can. The weights are not read yet. */
	async open(files: readonly PickedFile[]): Promise<boolean> {
		this.fault = await misfit(files);
		if (this.fault !== undefined) return false;
		this.model = { name: pickedFiles(files).name, files, id: (this.model?.id ?? 0) + 1 };
		return true;
	}
}

/** One for the whole page: a reader who goes on to the next figure has it there too. */
export const own = new OwnState();

/** The files of an input, with the paths that they have in a chosen folder. */
export const picked = (list: Iterable<File>): PickedFile[] =>
	[...list].map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }));

/** What keeps these files from being a model that this page runs, as far as names, sizes and config.json tell. */
export async function misfit(files: readonly PickedFile[]): Promise<Fault | undefined> {
	const model = pickedFiles(files);
	const missing = (what: string): Fault => ({ code: 'unsupported', reason: 'missing', what });
	for (const path of ['config.json', 'tokenizer.json']) if (!model.has(path)) return missing(path);
	const graph = graphFiles.find((path) => model.has(path));
	if (graph === undefined) {
		const half = files.find(({ path }) => /_(q4)?(fp|f|bf)16\.onnx$/.test(path));
		return half ? { code: 'unsupported', reason: 'half', what: half.path.split('/').at(-1)! } : missing('onnx/model.onnx');
	}
	const size = [graph, `${graph}_data`, `${graph}.data`].reduce((sum, path) => sum + model.size(path), 0);
	if (size > MOST_BYTES) return { code: 'unsupported', reason: 'too-large', what: bytes(size) };
	try {
		readConfig(new TextDecoder().decode(await model.read('config.json')), model.name, (path) => model.has(path));
		return undefined;
	} catch (error) {
		return toFault(error);
	}
}
