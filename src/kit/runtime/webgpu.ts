/** ONNX Runtime's WebGPU build: a script and a .wasm of their own, fetched only when WebGPU is asked for and an adapter answers. */
export { env, InferenceSession, Tensor } from 'onnxruntime-web/jspi';
export { default as wasmUrl } from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
