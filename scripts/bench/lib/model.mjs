/** The model that is measured: the site's default, and what a loop of one's own must know of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './serve.mjs';

const index = /** @type {{ name: string, default: boolean }[]} */ (
	JSON.parse(readFileSync(join(root, 'static/models/index.json'), 'utf8'))
);
export const model = index.find((entry) => entry.default)?.name ?? 'stories';
const folder = join(root, 'static/models', model);
const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));

export const file = join(folder, 'onnx/model_quantized.onnx');
/** KV heads and the size of one: an empty cache is (1, kvHeads, 0, headDim). */
export const cache = [Number(config.num_key_value_heads), Number(config.head_dim)];
export const vocabulary = Number(config.vocab_size);
const reference = JSON.parse(readFileSync(join(root, `notebooks/reference/${model}.json`), 'utf8'));
/** <s> Once upon a time */
export const prompt = /** @type {number[]} */ (reference.greedy.promptIds);
/** As many tokens as the greedy text has before its end, where the loops would part: one goes on, another may not. */
export const tokens = Math.min(200, /** @type {number[]} */ (reference.greedy.ids).filter((id) => id !== 2).length);
