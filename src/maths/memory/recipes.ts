/** What training keeps of every parameter, in bytes: the weight, its gradient, and what the optimizer remembers about it. */

export interface BytesPerParameter {
	readonly parameters: number;
	readonly gradients: number;
	/** The fp32 copy that mixed precision updates; 0 where the weights themselves are fp32. */
	readonly master: number;
	/** The optimizer's own moments: Adam keeps two numbers, momentum SGD one. */
	readonly moments: readonly number[];
}

/** `fp16` and `bf16` are mixed precision with a master copy; `bf16-fp32-grads` adds up gradients in fp32, as Megatron does with bf16. */
export const PRECISIONS = ['fp16', 'bf16', 'bf16-fp32-grads', 'fp32'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** Adafactor's second moment of an (r, c) matrix is r + c numbers instead of r * c: about nothing per parameter. */
export const OPTIMIZERS = ['adam', 'adam-8bit', 'momentum', 'sgd', 'adafactor'] as const;
export type Optimizer = (typeof OPTIMIZERS)[number];

const MOMENTS: Readonly<Record<Optimizer, readonly number[]>> = {
	adam: [4, 4],
	'adam-8bit': [1, 1],
	momentum: [4],
	sgd: [],
	adafactor: []
};

/** The recipe of a precision and an optimizer. Source: ZeRO (arXiv 1910.02054) section 3.1; Megatron-LM theoretical_memory_usage.py. */
export function recipe(precision: Precision, optimizer: Optimizer): BytesPerParameter {
	const wide = precision === 'fp32';
	return {
		parameters: wide ? 4 : 2,
		gradients: wide || precision === 'bf16-fp32-grads' ? 4 : 2,
		master: wide ? 0 : 4,
		moments: MOMENTS[optimizer]
	};
}

/** K of the ZeRO paper: bytes of optimizer state per parameter, the master copy included (12 for Adam in mixed precision). */
export function optimizerState({ master, moments }: BytesPerParameter): number {
	return moments.reduce((sum, bytes) => sum + bytes, master);
}

/** All bytes of one parameter: 16 for Adam in mixed precision, 18 with fp32 gradients. */
export function trainingBytes(bytes: BytesPerParameter): number {
	return bytes.parameters + bytes.gradients + optimizerState(bytes);
}
