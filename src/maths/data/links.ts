/** What GPUs are joined by. One direction of one GPU, in bytes per second; makers print both directions together. */
export interface Links {
	/** NVLink and NVSwitch to all other GPUs of the node. */
	readonly inNodeBytesPerSecond: number;
	readonly source: string;
}

const SOURCE = 'stas00/ml-engineering:network/README.md (NVLink 2, 3, 4 and 5: 300, 600, 900 and 1800 GB/s in both directions)';

const LINKS: Readonly<Record<string, Links>> = {
	'a100-80gb-sxm': { inNodeBytesPerSecond: 300e9, source: SOURCE },
	'h100-sxm': { inNodeBytesPerSecond: 450e9, source: SOURCE },
	'h200-sxm': { inNodeBytesPerSecond: 450e9, source: SOURCE },
	'b200-sxm': { inNodeBytesPerSecond: 900e9, source: SOURCE },
	'v100-32gb-sxm2': { inNodeBytesPerSecond: 150e9, source: SOURCE },
	'h800-sxm': {
		inNodeBytesPerSecond: 200e9,
		source:
			'DeepSeek-AI 2025 (arXiv 2505.09343), section 4.1: 400 GB/s in both directions; DeepSeek-V3 (arXiv 2412.19437), section 3.2.2, counts on 160 GB/s of the 200'
	}
};

/** The links of a GPU's slug. */
export function findLinks(gpu: string): Links {
	return LINKS[gpu] ?? LINKS['h100-sxm']!;
}
