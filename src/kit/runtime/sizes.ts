/** Bytes of ONNX Runtime's .wasm files (onnxruntime-web 1.30), so that progress has a total and a cut transfer is seen; a test compares them with the package. */
export const runtimeBytes = { wasm: 14_239_897, jspi: 16_758_545 } as const;
