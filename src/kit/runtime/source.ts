/** The files of a model, wherever they come from: the site's own (by name and hash) or the reader's. */
import { failure, fetchFile, openShelf, request, type Listen, type Network } from './cache.ts';
import { pickedFiles } from './picked.ts';
import { RuntimeError, type ModelEntry, type Source } from './protocol.ts';

export interface ModelFiles {
	readonly name: string;
	/** Names the content, for what is remembered about it; null for files that the reader picked. */
	readonly hash: string | null;
	has(path: string): boolean;
	/** Bytes, 0 when there is no such file. */
	size(path: string): number;
	/** @throws RuntimeError as fetchFile; `not-found` for a path that the model has not. */
	read(path: string): Promise<Uint8Array<ArrayBuffer>>;
}

const indexFile = 'models/index.json';

/** The list of models; the last one that came through when there is no network (the files may all be kept). */
export async function readIndex(base: string, network: Network, signal?: AbortSignal): Promise<readonly ModelEntry[]> {
	const url = `${base}/${indexFile}`;
	const cache = await openShelf(network);
	let text: string;
	try {
		// The index names the hashes, so it alone must be fresh.
		text = await (await request(url, indexFile, network, signal, { cache: 'no-cache' })).text();
		void cache?.put(url, new Response(text)).catch(() => undefined);
	} catch (error) {
		const known = await cache?.match(url).catch(() => undefined);
		const fault = failure(error, indexFile, network, signal, true);
		if (!known || (fault.code !== 'offline' && fault.code !== 'network')) throw fault;
		text = await known.text();
	}
	try {
		const list = JSON.parse(text) as readonly ModelEntry[] | { readonly models: readonly ModelEntry[] };
		return 'models' in list ? list.models : list;
	} catch (error) {
		throw new RuntimeError({ code: 'cut-short', file: indexFile, detail: String(error) }, { cause: error });
	}
}

/** @throws RuntimeError `not-found` when the index does not have the name. */
export async function openFiles(source: Source, network: Network, listeners: Listen = {}): Promise<ModelFiles> {
	if ('files' in source) return pickedFiles(source.files, listeners.onBytes);
	const { name, base } = source;
	const entry = (await readIndex(base, network, listeners.signal)).find((e) => e.name === name);
	if (!entry) throw new RuntimeError({ code: 'not-found', file: `models/${name}` });
	const files = new Map(entry.files.map((f) => [f.path, f]));
	const graph = files.get('onnx/model_quantized.onnx') ?? files.get('onnx/model.onnx');
	return {
		name,
		hash: graph?.sha256 ?? null,
		has: (path) => files.has(path),
		size: (path) => files.get(path)?.bytes ?? 0,
		async read(path) {
			const file = files.get(path);
			if (!file) throw new RuntimeError({ code: 'not-found', file: `${name}/${path}` });
			const wanted = { file: `${name}/${path}`, url: `${base}/models/${name}/${path}`, bytes: file.bytes, sha256: file.sha256 };
			return (await fetchFile(wanted, network, listeners)).data;
		}
	};
}
