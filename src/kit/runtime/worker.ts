/** The model's worker: listens to protocol.ts, does one thing at a time, and posts what comes of it. The work itself is host.ts and tasks.ts. */
import { fetchRuntime, openWebGpu, startWasm } from './assets.ts';
import { browserNetwork } from './cache.ts';
import { toFault, type Gpu } from './detect.ts';
import { requestIn } from './first-request.ts';
import { Host, type Surroundings } from './host.ts';
import { Meter } from './meter.ts';
import { RuntimeError, type Notice, type Reply, type Request, type Stats } from './protocol.ts';
import { runtimeBytes } from './sizes.ts';
import { openFiles } from './source.ts';
import { runTask } from './tasks.ts';

/** The part of DedicatedWorkerGlobalScope that is used; its types and those of the page cannot be loaded together. */
interface Scope {
	readonly name: string;
	readonly crossOriginIsolated: boolean;
	readonly navigator: Navigator & { readonly gpu?: Gpu };
	onmessage: ((event: MessageEvent<Request>) => void) | null;
	postMessage(message: Reply, transfer: Transferable[]): void;
	close(): void;
}
const scope = globalThis as unknown as Scope;
const now = () => performance.now();
const post = (reply: Reply, transfer: Transferable[] = []) => scope.postMessage(reply, transfer);

let host: Host | undefined;
let meter: Meter | undefined;
let loadMs = 0;
const times = { tokensPerSecond: null as number | null, firstTokenMs: null as number | null };
const aborts = new Map<number, AbortController>();

/** A turn of the event loop. A timer would wait 4 ms after a few turns; a message does not. */
const channel = new MessageChannel();
const turn = () =>
	new Promise<void>((resolve) => {
		channel.port1.onmessage = () => resolve();
		channel.port2.postMessage(null);
	});

function stats(): Stats {
	const { backend = 'wasm', threads = 1 } = host?.engine.graph ?? {};
	return { backend, threads, ...times, loadMs, bytesTransferred: meter?.transferred ?? 0, bytes: meter?.bytes ?? 0 };
}

/** The runtime that the page sends. */
let takeRuntime: (module: WebAssembly.Module | Promise<never>) => void = () => undefined;
const sent = new Promise<WebAssembly.Module>((resolve) => (takeRuntime = resolve));
sent.catch(() => undefined); // heard by whoever asks for it

/** Settles when the model is open. */
let tellOpened: () => void = () => undefined;
const opened = new Promise<void>((resolve) => (tellOpened = resolve));

async function load({ id, source, backend, runtime }: Extract<Request, { op: 'load' }>, signal: AbortSignal): Promise<unknown> {
	const began = now();
	const bytes = (meter = new Meter(
		backend === 'webgpu' ? runtimeBytes.jspi : runtimeBytes.wasm,
		(progress) => post({ op: 'progress', id, progress }),
		now
	));
	// After this turn of the loop: a notice may tell of the backend that is being put in place.
	const onNotice = (notice: Notice) => void turn().then(() => post({ op: 'notice', notice, stats: stats() }));
	const storageFull = (file: string) => onNotice({ kind: 'storage-full', fault: { code: 'storage-full', file } });
	const network = browserNetwork(storageFull, (work) => void opened.then(() => setTimeout(work, 300)));
	const listeners = { signal, onBytes: bytes.add };
	const around: Surroundings = {
		network,
		now,
		onNotice,
		startWasm: (threads) => startWasm(runtime === 'follows' ? sent : fetchRuntime(network, listeners), threads),
		openWebGpu: (graph, config) => openWebGpu(graph, config, network, listeners),
		gpu: scope.navigator.gpu,
		isolatedThreads: scope.crossOriginIsolated ? Math.min(4, scope.navigator.hardwareConcurrency) : 1,
		onSize: bytes.complete
	};
	host = await Host.open(backend, () => openFiles(source, network, listeners), around);
	loadMs = now() - began;
	tellOpened();
	return { config: host.config, tokens: host.tokenizer.tokens };
}

async function answer(request: Extract<Request, { op: 'load' | 'run' }>): Promise<void> {
	const { id } = request;
	const abort = new AbortController();
	aborts.set(id, abort);
	try {
		if (request.op === 'load') post({ op: 'done', id, value: await load(request, abort.signal), stats: stats() });
		else {
			if (!host) throw new RuntimeError({ code: 'unknown', detail: 'no model is open' });
			const desk = { now, turn, times, signal: abort.signal, postBatch };
			const { value, transfer } = await runTask(host, request.task, desk);
			post({ op: 'done', id, value, stats: stats() }, transfer);
		}
	} catch (error) {
		post({ op: 'failed', id, fault: toFault(error) });
	} finally {
		aborts.delete(id);
	}

	function postBatch(batch: Extract<Reply, { op: 'tokens' }>['batch']): void {
		post({ op: 'tokens', id, batch }, [batch.logits.buffer]);
	}
}

// With several threads, ONNX Runtime starts this very script again for each of them and speaks to it alone.
if (!scope.name.startsWith('em-pthread')) {
	scope.onmessage = ({ data }) => {
		if (data.op === 'cancel') aborts.get(data.id)?.abort();
		else if (data.op === 'bytes') meter?.add(data.bytes, data.cached);
		else if (data.op === 'runtime') {
			takeRuntime(data.module ?? Promise.reject(new RuntimeError(data.fault ?? { code: 'unknown' })));
		} else if (data.op === 'close') scope.close();
		else void answer(data);
	};
	const first = requestIn(scope.name);
	if (first) void answer(first);
}
