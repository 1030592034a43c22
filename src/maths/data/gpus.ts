/**
 * Accelerators as their makers print them: dense peak (no sparsity), memory in GB of 1e9 bytes, bandwidth of that memory.
 * Sheets differ a little (A100 80GB is printed 2.0 and 2.039 TB/s, B200 7.7 and 8.0 TB/s, 180 and 192 GB): the choice is the row.
 */
import { slug } from './slug.ts';

export interface Gpu {
	readonly name: string;
	readonly slug: string;
	readonly memoryBytes: number;
	readonly bytesPerSecond: number;
	/** Dense floating-point operations per second; of fp16 where the chip has no bf16 (V100). */
	readonly bf16Flops: number;
	readonly fp8Flops: number | null;
	readonly source: string;
}

const SOURCE =
	'peak: pytorch/torchtitan:torchtitan/tools/utils.py get_peak_flops; bandwidth and memory: stas00/ml-engineering:compute/accelerator/README.md';

const H800 = 'DeepSeek-AI 2025 (arXiv 2505.09343), section 4.1: an H100 with NVLink at 400 GB/s and less FP64, otherwise as the H100 above';
const VOLTA =
	'NVIDIA Tesla V100 (SXM2) datasheet; the peak is that of fp16 on tensor cores; the ZeRO paper (arXiv 1910.02054) trained on V100s of DGX-2 nodes';

function gpu(name: string, gigabytes: number, gigabytesPerSecond: number, bf16: number, fp8: number | null, source = SOURCE): Gpu {
	return {
		...{ name, slug: slug(name), memoryBytes: gigabytes * 1e9, bytesPerSecond: gigabytesPerSecond * 1e9 },
		...{ bf16Flops: bf16 * 1e12, fp8Flops: fp8 === null ? null : fp8 * 1e12, source }
	};
}

export const gpus: readonly Gpu[] = [
	gpu('A100-80GB SXM', 80, 2039, 312, null),
	gpu('H100 SXM', 80, 3350, 989, 1979),
	gpu('H200 SXM', 141, 4800, 989, 1979),
	gpu('B200 SXM', 180, 8000, 2250, 4500),
	gpu('V100-32GB SXM2', 32, 900, 125, null, VOLTA),
	gpu('H800 SXM', 80, 3350, 989, 1979, H800)
];

/** The accelerator of a slug, e.g. `h100-sxm`. */
export function findGpu(id: string): Gpu | undefined {
	return gpus.find((g) => g.slug === id);
}

/** FLOP per byte above which the peak, below which the memory, limits a kernel in bf16. */
export function ridge(g: Gpu): number {
	return g.bf16Flops / g.bytesPerSecond;
}
