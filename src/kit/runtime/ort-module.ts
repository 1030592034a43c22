/** The C functions and memory of ONNX Runtime's WebAssembly module, as far as ort-wasm.ts calls them (onnxruntime-web 1.30). */

/** The part of the Emscripten module that is used. Pointers are byte addresses; the heaps are replaced when memory grows. */
export interface OrtModule {
	readonly HEAPU8: Uint8Array;
	readonly HEAP32: Int32Array;
	readonly HEAPU32: Uint32Array;
	_malloc(bytes: number): number;
	_free(pointer: number): void;
	stackSave(): number;
	stackAlloc(bytes: number): number;
	stackRestore(stack: number): void;
	UTF8ToString(pointer: number): string;
	stringToUTF8(text: string, pointer: number, bytes: number): void;
	lengthBytesUTF8(text: string): number;
	mountExternalData?(path: string, data: Uint8Array): void;
	unmountExternalData?(): void;
	_OrtInit(threads: number, logLevel: number): number;
	_OrtGetLastError(code: number, message: number): number;
	_OrtCreateSessionOptions(
		optimization: number,
		arena: boolean,
		pattern: boolean,
		mode: number,
		profiling: boolean,
		profile: number,
		logId: number,
		severity: number,
		verbosity: number,
		path: number
	): number;
	_OrtAddSessionConfigEntry(options: number, key: number, value: number): number;
	_OrtReleaseSessionOptions(options: number): number;
	_OrtCreateSession(model: number, bytes: number, options: number): number;
	_OrtReleaseSession(session: number): number;
	_OrtGetInputOutputCount(session: number, inputs: number, outputs: number): number;
	_OrtGetInputOutputMetadata(session: number, index: number, name: number, metadata: number): number;
	_OrtFree(pointer: number): number;
	_OrtCreateTensor(type: number, data: number, bytes: number, dims: number, rank: number, location: number): number;
	_OrtGetTensorData(tensor: number, type: number, data: number, dims: number, rank: number): number;
	_OrtReleaseTensor(tensor: number): number;
	_OrtRun(
		session: number,
		inNames: number,
		inputs: number,
		inCount: number,
		outNames: number,
		outCount: number,
		outputs: number,
		options: number
	): number;
}
export type OrtFactory = (module: Record<string, unknown>) => Promise<OrtModule>;

/** ONNX element types by number; the ones that are not listed are not opened. */
export const elementTypes: Readonly<Record<number, string>> = { 1: 'float32', 6: 'int32', 7: 'int64', 9: 'bool', 10: 'float16' };
export const FLOAT = 1;
export const INT64 = 7;
/** Where a tensor's data lies. */
export const CPU = 1;
