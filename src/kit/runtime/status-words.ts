/** The words of the model's status row, the same in every figure that asks a model. */
import { bytes, number } from '#kit/text/format.ts';
import type { Bilingual } from '#kit/text/locale.ts';
import type { Stats } from './protocol.ts';

export const statusWords = {
	en: {
		run: 'Run the model',
		retry: 'Try again',
		cancel: 'Cancel',
		starting: 'Starting the model',
		loading: (loaded: number, total: number) => `Loading ${bytes(loaded)} of ${bytes(total)}`,
		asking: 'The model is at work …',
		ready: (backend: string, { bytes: size, tokensPerSecond: speed, firstTokenMs: first }: Stats) =>
			speed === null || first === null
				? `${backend} · ${bytes(size)}`
				: `${backend} · ${bytes(size)} · ${number(Math.round(speed))} tokens/s · first token ${number(first, 2)} ms`,
		model: 'Model',
		own: 'your own model …',
		ownNamed: (name: string) => `your own: ${name}`,
		backend: 'Run on',
		backends: { auto: 'auto', wasm: 'WASM', webgpu: 'WebGPU' },
		autoLoad: 'Load the model when the figure comes into view',
		fallback: 'WebGPU gave up; WASM took over in the middle of the text.',
		chooseFolder: 'Choose a folder',
		chooseFiles: 'Choose files',
		chooseHint:
			'A model as hubs offer it for transformers.js (e.g. SmolLM2-135M): the folder of its repository, with config.json, tokenizer.json and onnx/. Of several graphs model_quantized.onnx is run, else model.onnx, else another one of 8 or 4 bits; up to 800 MiB, none of 16 bits (fp16, q4f16). A browser may call this an upload: the files stay on this computer.',
		takes: (graph: string, size: number) => `Of the chosen files ${graph} is run (${bytes(size)}).`,
		elsewhere: (model: string) =>
			`This link was made with a model from its author’s own files, which are not here: ${model} stands in for it. Choose the same files to see the same numbers.`,
		details: 'Details'
	},
	zh: {
		run: '运行模型',
		retry: '重试',
		cancel: '取消',
		starting: '正在启动模型',
		loading: (loaded: number, total: number) => `正在加载 ${bytes(loaded)} / ${bytes(total)}`,
		asking: '模型正在计算……',
		ready: (backend: string, { bytes: size, tokensPerSecond: speed, firstTokenMs: first }: Stats) =>
			speed === null || first === null
				? `${backend} · ${bytes(size)}`
				: `${backend} · ${bytes(size)} · ${number(Math.round(speed))} 词元/秒 · 首词元 ${number(first, 2)} 毫秒`,
		model: '模型',
		own: '自己的模型……',
		ownNamed: (name: string) => `自己的：${name}`,
		backend: '运行于',
		backends: { auto: '自动', wasm: 'WASM', webgpu: 'WebGPU' },
		autoLoad: '图进入视野时自动加载模型',
		fallback: 'WebGPU 中途失效，WASM 已接着写下去。',
		chooseFolder: '选择文件夹',
		chooseFiles: '选择文件',
		chooseHint:
			'模型站上供 transformers.js 使用的模型（如 SmolLM2-135M）：选择整个仓库的文件夹，其中有 config.json、tokenizer.json 和 onnx/ 目录。有多张计算图时优先运行 model_quantized.onnx，其次 model.onnx，再次是其他 8 位或 4 位的；不超过 800 MiB，不支持 16 位的（fp16、q4f16）。浏览器可能把这一步称作“上传”，但文件不会离开这台电脑。',
		takes: (graph: string, size: number) => `所选文件中运行的是 ${graph}（${bytes(size)}）。`,
		elsewhere: (model: string) =>
			`此链接使用了作者本机文件中的模型，这里没有这些文件，暂以 ${model} 代替。选择同样的文件即可看到同样的数字。`,
		details: '详细信息'
	}
} satisfies Bilingual<object>;
