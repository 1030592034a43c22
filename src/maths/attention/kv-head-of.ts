/**
 * The KV head that query head h reads: h / (heads / kvHeads), rounded down, so that neighbours share (torch's repeat_interleave;
 * transformers, modeling_llama.py, repeat_kv). `kvHeads` divides `heads`.
 */
export function kvHeadOf(head: number, heads: number, kvHeads: number): number {
	return Math.floor(head / (heads / kvHeads));
}

/** What `tile` (torch's repeat) would give instead: KV heads dealt in turn. A checkpoint trained with groups of neighbours breaks. */
export function tiledKvHeadOf(head: number, kvHeads: number): number {
	return head % kvHeads;
}

/** The KV head of every query head. */
export function groups(heads: number, kvHeads: number): readonly number[] {
	return Array.from({ length: heads }, (_, head) => kvHeadOf(head, heads, kvHeads));
}
