/**
 * DeepSpeed's own estimates of the memory of model states, as its functions compute them (not as its documentation prints them:
 * docs/code-docs/source/memory.rst still shows ZeRO-2 without offload as 4 P + 16 P / N, the code says 2 P + 18 P / N).
 * Source: deepspeedai/DeepSpeed, deepspeed/runtime/zero/stage_1_and_2.py estimate_zero2_model_states_mem_needs and
 * stage3.py estimate_zero3_model_states_mem_needs (edaa7221).
 */

/** Bytes of main memory of a node, and of each GPU. DeepSpeed prints them as GB and means GiB. */
export interface Estimate {
	readonly cpuBytes: number;
	readonly gpuBytes: number;
}

export interface EstimateInput {
	readonly parameters: number;
	readonly gpusPerNode: number;
	readonly nodes: number;
	/** Room for buffers in main memory; DeepSpeed's default is 1.5. */
	readonly bufferFactor?: number;
}

const truncated = (cpu: number, gpu: number): Estimate => ({ cpuBytes: Math.trunc(cpu), gpuBytes: Math.trunc(gpu) });

export function estimateZero2(input: EstimateInput & { readonly offload: boolean }): Estimate {
	const { parameters, gpusPerNode, nodes, bufferFactor = 1.5, offload } = input;
	const gpus = nodes * gpusPerNode;
	return offload
		? truncated(parameters * Math.max(4 * gpus, 16) * bufferFactor, 2 * parameters)
		: truncated(parameters * 4 * gpusPerNode * bufferFactor, 2 * parameters + Math.trunc((18 * parameters) / gpus));
}

export interface Zero3Input extends EstimateInput {
	/** Parameters of the largest module by itself: two copies of two bytes and as much again stay on the GPU. */
	readonly largestLayer: number;
	readonly offloadOptimizer: boolean;
	/** Only together with the optimizer's states. */
	readonly offloadParameters: boolean;
	/** The model is built in shards (zero.Init): no process ever holds all of it. */
	readonly zeroInit: boolean;
}

export function estimateZero3(input: Zero3Input): Estimate {
	const { parameters, gpusPerNode, nodes, bufferFactor = 1.5, largestLayer, zeroInit } = input;
	const gpus = nodes * gpusPerNode;
	const share = 1 / nodes;
	const layer = 4 * largestLayer;
	const wholeCopies = 4 * gpusPerNode;
	if (!input.offloadOptimizer) {
		const gpu = layer + Math.trunc((18 * parameters) / gpus);
		return truncated((zeroInit ? largestLayer : parameters) * wholeCopies * bufferFactor, gpu);
	}
	const states = (input.offloadParameters ? 18 : 16) * share;
	const cpu = parameters * (zeroInit ? states : Math.max(wholeCopies, states)) * bufferFactor;
	return truncated(cpu, input.offloadParameters ? layer : layer + Math.trunc((2 * parameters) / gpus));
}
