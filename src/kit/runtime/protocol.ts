/**
 * What the page and the model's worker say to each other. Types only, and the one error class, so that both sides (and Node) can import it.
 * Shapes: V = vocabulary, T = positions; arrays are row-major float32. Bytes are counted after decompression, as the files lie on disk.
 */
import type { Settings } from '#maths/sampling/settings.ts';
import type { Reason } from './reason.ts';

export type SamplingSettings = Settings;

export const errorCodes = [
	'not-found', // the file is not there (404, or a file that the reader did not pick)
	'cut-short', // fewer bytes came than the index promises
	'wrong-hash', // the bytes are not those of the index
	'offline', // the browser says that there is no network
	'network', // the request failed otherwise, or the server answered with an error
	'cancelled', // the reader (or the page) stopped it
	'out-of-memory',
	'no-wasm',
	'no-simd',
	'no-gpu', // WebGPU was asked for, and no adapter (or no JSPI) answers
	'device-lost', // the GPU went away in the middle; the run goes on with WASM
	'bad-model', // the files are there, but are no model that can be run
	'unsupported', // a model, but not of a kind that this runtime opens
	'context-full', // more tokens than the model was made for
	'storage-full', // not fatal: the model runs, but the next visit downloads it again
	'unknown'
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error as it crosses the worker's border. `detail` is for developers (English, from the engine), `file` or `what` what it was about. */
export interface Fault {
	readonly code: ErrorCode;
	readonly file?: string;
	readonly detail?: string;
	readonly reason?: Reason;
	readonly what?: string;
}

/** Every failure of the runtime, on both sides. Sentences for readers are in messages.ts. */
export class RuntimeError extends Error implements Fault {
	readonly code: ErrorCode;
	readonly file?: string;
	readonly detail?: string;
	readonly reason?: Reason;
	readonly what?: string;
	constructor(fault: Fault, options?: ErrorOptions) {
		super(
			`${fault.code}${fault.file === undefined ? '' : ` (${fault.file})`}${fault.detail === undefined ? '' : `: ${fault.detail}`}`,
			options
		);
		this.name = 'RuntimeError';
		this.code = fault.code;
		if (fault.file !== undefined) this.file = fault.file;
		if (fault.detail !== undefined) this.detail = fault.detail;
		if (fault.reason !== undefined) this.reason = fault.reason;
		if (fault.what !== undefined) this.what = fault.what;
	}
}

export type Backend = 'wasm' | 'webgpu';

/** `download` counts bytes of runtime and model together; `start` is compiling and the first run (no bytes to count). */
export interface Progress {
	readonly phase: 'download' | 'start';
	readonly loaded: number;
	readonly total: number;
	/** True when everything so far came out of the cache: nothing was transferred. */
	readonly cached: boolean;
}

/** Something that the page should say, though nothing failed for the reader. */
export interface Notice {
	readonly kind: 'fallback' | 'storage-full' | 'measured';
	readonly fault?: Fault;
	/** `measured`: tokens per second that each backend reached when "auto" chose. */
	readonly speeds?: Readonly<Partial<Record<Backend, number>>>;
}

export interface ModelFile {
	readonly path: string;
	readonly bytes: number;
	readonly sha256: string;
}
/** One entry of `models/index.json`; paths are relative to `models/<name>/`. */
export interface ModelEntry {
	readonly name: string;
	readonly files: readonly ModelFile[];
}
/** A browser's File or Blob, named by what is used of it, so that pure code can import these types. */
export interface Readable {
	readonly size: number;
	arrayBuffer(): Promise<ArrayBuffer>;
}
/** A file that the reader picked, by its path inside the model's folder, e.g. `onnx/model.onnx`. */
export interface PickedFile {
	readonly path: string;
	readonly blob: Readable;
}

export interface ModelConfig {
	readonly name: string;
	readonly vocabulary: number;
	readonly layers: number;
	readonly heads: number;
	readonly kvHeads: number;
	readonly headDim: number;
	/** Positions that the model was trained for. */
	readonly contextLength: number;
	readonly bos: number | null;
	readonly eos: readonly number[];
	/** Whether a laboratory graph (attentions, bias) belongs to the model. */
	readonly lab: boolean;
}

/** How a token is shown: its text, or the single bytes that it stands for when it is a piece of a character. */
export interface TokenText {
	readonly text: string;
	readonly bytes?: readonly number[];
	readonly special?: boolean;
}

export interface Stats {
	readonly backend: Backend;
	readonly threads: number;
	/** Of the last generation; null before the first. */
	readonly tokensPerSecond: number | null;
	/** From open() to the first logits that the worker had ready. */
	readonly loadMs: number;
	/** Of the last request that gave logits: from its start in the worker to its first logits. */
	readonly firstTokenMs: number | null;
	/** What was downloaded (0 when everything came from the cache) and what was read in all. */
	readonly bytesTransferred: number;
	readonly bytes: number;
}

export interface GenerateRequest {
	readonly prompt: readonly number[];
	/** What was generated before and is kept, e.g. up to where the reader rewound to: positions and penalties go on from it. */
	readonly output?: readonly number[];
	readonly settings: SamplingSettings;
	/** How many tokens to add at most. */
	readonly maxTokens: number;
	/** Output position (0 = first token after the prompt) -> token id that is taken instead of the drawn one. */
	readonly picks?: Readonly<Record<number, number>>;
	/** Ends the text when drawn; default: the model's own end tokens. */
	readonly stop?: readonly number[];
	/** Mirostat's mu before the first token; default as the settings say. A picked token leaves it as it was. */
	readonly mu?: number;
	/** DRY's sequence breakers (token ids). */
	readonly breakers?: readonly number[];
}
/** One token of a running text. `logits` (V) are what it was drawn from; `mu` is mirostat's before that draw. */
export interface GeneratedToken {
	readonly id: number;
	/** Output position: 0 = first token after the prompt. */
	readonly position: number;
	readonly logits: Float32Array;
	readonly forced: boolean;
	readonly mu?: number;
}
export type StopReason = 'stop' | 'length' | 'context';
export interface GenerateResult {
	/** The tokens that this request added. */
	readonly ids: readonly number[];
	readonly reason: StopReason;
	/** Whether the model's context is used up: another token needs a shorter text. */
	readonly contextFull: boolean;
	/** Logits (V) after the last token, when the context allows: what the next draw would be made from. */
	readonly next: Float32Array | null;
	readonly mu?: number;
}
export interface LabOptions {
	/** Added to the attention scores before the softmax, (T, T) = (query, key); -Infinity hides a key. The causal mask stays. */
	readonly bias?: Float32Array;
}
/** `attentions[layer]` is (heads, T, T), rows sum to 1; `logits` is (T, V). */
export interface LabResult {
	readonly attentions: readonly Float32Array[];
	readonly logits: Float32Array;
	readonly length: number;
}

export type Task =
	| { readonly kind: 'encode'; readonly text: string; readonly bos: boolean }
	| { readonly kind: 'decode'; readonly ids: readonly number[] }
	| { readonly kind: 'next'; readonly ids: readonly number[] }
	| { readonly kind: 'sequences'; readonly sequences: readonly (readonly number[])[] }
	| { readonly kind: 'generate'; readonly request: GenerateRequest }
	| { readonly kind: 'lab'; readonly ids: readonly number[]; readonly options: LabOptions };

/** Where a model comes from: a name of `models/index.json` or files picked by the reader. */
export type Source = { readonly name: string; readonly base: string } | { readonly files: readonly PickedFile[] };

export type Request =
	| {
			readonly op: 'load';
			readonly id: number;
			readonly source: Source;
			readonly backend: Backend | 'auto';
			/** The page downloads and compiles the WASM runtime meanwhile, and sends it. */
			readonly runtime?: 'follows';
	  }
	| { readonly op: 'bytes'; readonly bytes: number; readonly cached: boolean }
	/** A WebAssembly.Module, or why there is none. */
	| { readonly op: 'runtime'; readonly module?: object; readonly fault?: Fault }
	| { readonly op: 'run'; readonly id: number; readonly task: Task }
	| { readonly op: 'cancel'; readonly id: number }
	| { readonly op: 'close' };

export type Reply =
	| { readonly op: 'progress'; readonly id: number; readonly progress: Progress }
	| { readonly op: 'notice'; readonly notice: Notice; readonly stats: Stats }
	| { readonly op: 'tokens'; readonly id: number; readonly batch: TokenBatch }
	| { readonly op: 'done'; readonly id: number; readonly value: unknown; readonly stats: Stats }
	| { readonly op: 'failed'; readonly id: number; readonly fault: Fault };

/** Tokens drawn since the last post, about 16 ms of them: `logits` is (n, V) and travels as one transferred buffer. */
export interface TokenBatch {
	readonly first: number;
	readonly ids: readonly number[];
	readonly forced: readonly boolean[];
	readonly mu: readonly (number | undefined)[];
	readonly logits: Float32Array;
}

/** What `load` answers with. */
export interface Loaded {
	readonly config: ModelConfig;
	readonly tokens: readonly TokenText[];
}
