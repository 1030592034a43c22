/** Asks a language model for the texts of a scene. The page's model and the commands' model answer the same questions. */
import { beamInputs, beamRunning, beamStart, beamStep } from '#maths/beam/beam.ts';
import { placeBeams } from '#maths/paged/beams.ts';
import { defaultSettings } from '#maths/sampling/settings.ts';
import { logSoftmax } from '#maths/softmax.ts';
import type { Speaker } from '#kit/runtime/speaker.ts';
import { NO_DATA, type BeamStep, type PagedData, type Text } from './data.ts';
import { isWritten, type PagedParams } from './params.ts';

interface Options {
	readonly signal?: AbortSignal;
}

/** A token as a reader sees it: its leading space left off, line ends as an arrow, single bytes in hexadecimal. */
function wordOf(speaker: Speaker, id: number): string {
	const token = speaker.tokens[id];
	if (token === undefined) return `#${id}`;
	if (token.bytes !== undefined && token.bytes.length > 0)
		return token.bytes.map((b) => b.toString(16).toUpperCase().padStart(2, '0')).join(' ');
	return token.text.replaceAll('\n', '↵').trim() || token.text.replaceAll(' ', '·') || `#${id}`;
}

async function write(p: PagedParams, speaker: Speaker, prompt: string, samples: number, options: Options): Promise<Text> {
	const ids = await speaker.encode(prompt, options);
	const outputs: string[][] = [];
	for (let i = 0; i < samples; i++) {
		const settings = { ...defaultSettings, temperature: 1.2, topP: 0.98, seed: p.seed + i };
		const result = await speaker.generate({ prompt: ids, settings, maxTokens: p.write, stop: [] }, undefined, options);
		outputs.push(result.ids.map((id) => wordOf(speaker, id)));
	}
	return { prompt: ids.map((id) => wordOf(speaker, id)), outputs };
}

/** Beam search of `samples` beams; nobody ends before `write` tokens, so that the tables stay as many. */
async function searchBeams(p: PagedParams, speaker: Speaker, options: Options): Promise<PagedData> {
	const ids = await speaker.encode(p.promptA, options);
	let state = beamStart(ids, { beams: p.samples, maxNewTokens: p.write + 1, eos: [] });
	const beams: BeamStep[] = [];
	/** Node -> the place of its table. */
	let places = new Map<number, number>([[-1, 0]]);
	for (let i = 0; i < p.write; i++) {
		const rows = await speaker.logitsFor(beamInputs(state), options);
		state = beamStep(
			state,
			rows.map((row) => logSoftmax(row))
		);
		const running = beamRunning(state).map((id) => state.nodes[id]!);
		const parents = running.map((node) => places.get(node.parent) ?? 0);
		const at = i === 0 ? running.map((_, j) => j) : placeBeams(parents, p.samples);
		const step = { parents: Array<number>(p.samples).fill(0), tokens: Array<string>(p.samples).fill('') };
		running.forEach((node, j) => {
			step.parents[at[j]!] = parents[j]!;
			step.tokens[at[j]!] = wordOf(speaker, node.token);
		});
		beams.push(step);
		places = new Map(running.map((node, j) => [node.id, at[j]!]));
	}
	return { origin: 'live', model: speaker.config.name, texts: [{ prompt: ids.map((id) => wordOf(speaker, id)), outputs: [] }], beams };
}

/** @throws RuntimeError, e.g. `context-full` for a prompt longer than the model reads. */
export async function ask(p: PagedParams, speaker: Speaker, signal?: AbortSignal): Promise<PagedData> {
	if (!isWritten(p)) return NO_DATA;
	const options = signal === undefined ? {} : { signal };
	if (p.scene === 'beam') return searchBeams(p, speaker, options);
	const prompts = p.scene === 'several' ? [p.promptA, p.promptB] : [p.promptA];
	const texts: Text[] = [];
	for (const prompt of prompts) texts.push(await write(p, speaker, prompt, p.scene === 'parallel' ? p.samples : 1, options));
	return { origin: 'live', model: speaker.config.name, texts };
}
