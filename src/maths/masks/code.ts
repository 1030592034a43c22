/** The mask as code that the reader can take along, printed from the very expression that the picture is computed from. */
import type { Bool, Table } from './expr.ts';
import { printBool, references } from './print.ts';
import { isCross, type MaskSettings } from './settings.ts';

export const DIALECTS = ['pytorch', 'huggingface', 'flexattention', 'numpy'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** A table as an array: written out, or as values and their run lengths where that is shorter. */
function printTable(table: Table, library: 'torch' | 'np'): string {
	const plain = table.values.join(', ');
	const values: number[] = [];
	const lengths: number[] = [];
	table.values.forEach((value, i) => {
		if (i > 0 && value === table.values[i - 1]) lengths[lengths.length - 1]! += 1;
		else {
			values.push(value);
			lengths.push(1);
		}
	});
	const array = (list: readonly number[]): string =>
		library === 'torch' ? `torch.tensor([${list.join(', ')}])` : `np.array([${list.join(', ')}])`;
	if (values.length * 2 + 4 >= table.values.length) return library === 'torch' ? `torch.tensor([${plain}])` : `np.array([${plain}])`;
	return `${library === 'torch' ? 'torch.repeat_interleave' : 'np.repeat'}(${array(values)}, ${array(lengths)})`;
}

/** What the libraries mean by the same number of a window w that keeps w keys (transformers and attention-gym sources, FlashAttention README). */
function conventions(rule: Bool, s: MaskSettings): readonly string[] {
	const { numbers } = references(rule);
	const out: string[] = [];
	const causalWindow =
		/sliding-window$|attention-sinks/.test(s.kind) && s.kind !== 'global-sliding-window' && s.kind !== 'dilated-sliding-window';
	if (causalWindow && numbers.has('window')) {
		const w = s.window;
		out.push(`# ${w} keys, the query included: sliding_window=${w} (transformers), n_swa=${w} (llama.cpp),`);
		out.push(`# window_size=(${w - 1}, 0) (FlashAttention), generate_sliding_window(${w - 1}) (attention-gym)`);
	}
	if (s.kind === 'sliding-window-inclusive') {
		out.push(
			`# ${s.window + 1} keys: generate_sliding_window(${s.window}) (attention-gym) = sliding_window=${s.window + 1} (transformers)`
		);
	}
	if (s.q !== s.kv && !isCross(s.kind) && rule.op === 'rule' && rule.id === 'causal') {
		out.push('# not is_causal=True: torch aligns that triangle to the upper left when q and kv differ');
	}
	return out;
}

/** The mask in one dialect. `rule` is the predicate that `s` stands for. */
export function code(rule: Bool, s: MaskSettings, dialect: Dialect): string {
	const { numbers, tables } = references(rule);
	const library = dialect === 'numpy' ? 'np' : 'torch';
	const head = [
		dialect === 'numpy' ? 'import numpy as np' : 'import torch',
		...(dialect === 'flexattention' ? ['from torch.nn.attention.flex_attention import create_block_mask'] : []),
		'',
		...conventions(rule, s),
		...[...numbers].map(([name, value]) => `${name} = ${value}`),
		...[...tables].map(([name, table]) => `${name} = ${printTable(table, library)}`)
	];
	const plus = (offset: number): string => (offset === 0 ? '' : ` + ${offset}`);
	const abs = (inner: string): string => (dialect === 'numpy' ? `np.abs(${inner})` : `torch.abs(${inner})`);
	const bare = { q: 'q', k: 'k', abs };
	switch (dialect) {
		case 'pytorch':
			head.push(`q = torch.arange(${s.q})[:, None]${plus(s.qOffset)}`, `k = torch.arange(${s.kv})[None, :]${plus(s.kvOffset)}`);
			head.push(`mask = ${printBool(rule, bare)}`, '# True = may attend: scaled_dot_product_attention(query, key, value, attn_mask=mask)');
			break;
		case 'numpy':
			head.push(`q = np.arange(${s.q})[:, None]${plus(s.qOffset)}`, `k = np.arange(${s.kv})[None, :]${plus(s.kvOffset)}`);
			head.push(`mask = ${printBool(rule, bare)}`, 'bias = np.where(mask, 0.0, -np.inf)');
			break;
		case 'huggingface':
			head.push("# positions arrive with the cache's offsets already added", 'def mask_function(batch_idx, head_idx, q_idx, kv_idx):');
			head.push(`    return ${printBool(rule, { q: 'q_idx', k: 'kv_idx', abs })}`);
			break;
		case 'flexattention':
			head.push('def mask_mod(b, h, q_idx, kv_idx):');
			if (s.qOffset !== 0) head.push(`    q_idx = q_idx + ${s.qOffset}`);
			if (s.kvOffset !== 0) head.push(`    kv_idx = kv_idx + ${s.kvOffset}`);
			head.push(`    return ${printBool(rule, { q: 'q_idx', k: 'kv_idx', abs })}`, '');
			head.push(`block_mask = create_block_mask(mask_mod, B=None, H=None, Q_LEN=${s.q}, KV_LEN=${s.kv})`);
	}
	return head.join('\n');
}
