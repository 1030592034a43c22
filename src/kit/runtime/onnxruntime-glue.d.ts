/** The Emscripten module behind onnxruntime-web: it exports the file but does not declare it. Its shape is ort-wasm.ts. */
declare module 'onnxruntime-web/ort-wasm-simd-threaded.mjs' {
	const createModule: (module: Record<string, unknown>) => Promise<unknown>;
	export default createModule;
}
