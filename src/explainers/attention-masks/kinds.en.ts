/** The kinds of masks: name, and one sentence on what the rule is for. */
import type { KindWords } from './words.ts';

export const kinds: KindWords = {
	causal: ['Causal', 'Each query reads itself and what came before: GPT, LLaMA and every other decoder.'],
	bidirectional: ['Bidirectional', 'Every query reads every key: BERT and all encoders.'],
	'prefix-lm': [
		'Prefix LM',
		'The prefix is read in both directions, what follows is written causally: GLM, PaliGemma, T5’s prefix variant.'
	],
	chatglm1: ['ChatGLM-6B', 'A prefix LM whose prefix ends where the bos token stands: the question both ways, the answer causally.'],
	chatglm2: ['ChatGLM2', 'Plain causal: from the second generation on nothing is bidirectional any more.'],
	'prefix-tuning': ['Prefix tuning', 'Learned keys and values stand before the text; they are read by all and read nothing themselves.'],
	'sliding-window': [
		'Sliding window',
		'Causal, but only the last w keys, the query itself included: Mistral 7B, the local layers of Gemma and gpt-oss.'
	],
	'sliding-window-inclusive': [
		'Window, w + 1 keys',
		'The same with q − k ≤ w, as attention-gym writes it: one key more for the same number.'
	],
	'sliding-window-bidirectional-inclusive': ['Two-sided window, ≤', 'At most h on each side: ModernBERT’s local layers.'],
	'sliding-window-bidirectional-exclusive': ['Two-sided window, <', 'Less than w on each side: Gemma 3 when it runs bidirectionally.'],
	'sliding-window-symmetric': ['Two-sided window, w/2', 'At most ⌊w/2⌋ on each side: llama.cpp’s symmetric kind.'],
	'attention-sinks': ['Window + sinks', 'A sliding window that never drops the first tokens: StreamingLLM.'],
	chunked: ['Chunked', 'Causal inside chunks of fixed length; the first token of a chunk sees only itself: Llama 4’s local layers.'],
	'causal-padding': ['Causal + padding', 'Sequences of a batch are filled up; no real token may read what was filled in.'],
	'bidirectional-padding': ['Encoder + padding', 'All real tokens read each other, nobody reads the padding.'],
	packed: ['Packed documents', 'Several documents share one training sequence and do not see each other.'],
	'packed-sliding-window': ['Packed + window', 'Same document, not later, and within the window.'],
	'shared-prefix': ['Shared prompt', 'Several answers read one prompt that is stored once, and never each other: GRPO rollouts.'],
	'block-diffusion': [
		'Block diffusion',
		'Noised blocks see themselves and the clean text before them; the clean half is causal by blocks: BD3-LM training.'
	],
	tree: ['Draft tree', 'Each drafted token sees the text and its own ancestors: Medusa, EAGLE, SpecInfer verify a whole tree at once.'],
	'image-bidirectional': ['Text + images', 'Causal text in which the tokens of one image see each other: Gemma 3’s global layers.'],
	'image-bidirectional-sliding': ['Text + images, window', 'The same in a local layer: the window cuts the past, an image stays whole.'],
	'cross-attention': ['Cross attention', 'Queries of the decoder read all real tokens of the encoder: T5, Whisper.'],
	'vision-cross-attention': ['Text reads images', 'Each stretch of text reads the images that belong to it: Flamingo, Llama 3.2 Vision.'],
	longformer: ['Longformer', 'A two-sided window of w/2, and global tokens that see all and are seen by all.'],
	'global-sliding-window': ['Window + global', 'A two-sided window of a radius, and global tokens.'],
	bigbird: ['BigBird', 'By blocks: neighbours, the first and last block for all, and random pairs.'],
	'sparse-strided': ['Strided', 'The last l keys and every l-th before them: the Sparse Transformer.'],
	'dilated-sliding-window': ['Dilated window', 'Every d-th key back: a wider view for the same number of keys.']
};
