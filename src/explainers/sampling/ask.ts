/** Asks a language model for what a state of the figure needs. The page's model and the commands' model answer the same questions. */
import { beamDone, beamInputs, beamStart, beamStep } from '#maths/beam/beam.ts';
import { logSoftmax } from '#maths/softmax.ts';
import type { Speaker } from '#kit/runtime/speaker.ts';
import { beamOptions } from './beams.ts';
import type { SamplingData, WrittenToken } from './data.ts';
import { settingsOf, type SamplingParams } from './params.ts';

function picksOf(p: SamplingParams, vocabulary: number, before: number): Record<number, number> {
	return Object.fromEntries(p.picks.filter(([position, id]) => position < before && id < vocabulary));
}

async function write(
	p: SamplingParams,
	speaker: Speaker,
	prompt: readonly number[],
	maxTokens: number,
	signal: AbortSignal | undefined,
	onWritten?: (written: readonly WrittenToken[]) => void
): Promise<Pick<SamplingData, 'written' | 'next' | 'ended'>> {
	const written: WrittenToken[] = [];
	const request = { prompt, settings: settingsOf(p), maxTokens, picks: picksOf(p, speaker.config.vocabulary, maxTokens) };
	const result = await speaker.generate(
		request,
		(tokens) => {
			for (const { id, logits, forced } of tokens) written.push({ id, logits, forced });
			onWritten?.([...written]);
		},
		signal === undefined ? {} : { signal }
	);
	const ended = result.reason === 'stop' ? 'eos' : result.reason === 'context' ? 'context' : undefined;
	return { written, next: ended === 'eos' ? null : result.next, ...(ended === undefined ? {} : { ended }) };
}

async function searchBeams(
	p: SamplingParams,
	speaker: Speaker,
	prompt: readonly number[],
	signal?: AbortSignal
): Promise<NonNullable<SamplingData['beams']>> {
	let state = beamStart(prompt, beamOptions(p, speaker.config.eos));
	const rows: Float32Array[][] = [];
	const options = signal === undefined ? {} : { signal };
	while (!beamDone(state)) {
		const answers = await speaker.logitsFor(beamInputs(state), options);
		rows.push(answers);
		state = beamStep(
			state,
			answers.map((row) => logSoftmax(row))
		);
	}
	const greedy = await write({ ...p, temperature: 0, order: 'hf', picks: [] }, speaker, prompt, p.maxTokens, signal);
	const sampled = await write({ ...p, picks: [] }, speaker, prompt, p.maxTokens, signal);
	const ids = (tokens: readonly WrittenToken[]) => tokens.map((token) => token.id);
	return { rows, greedy: ids(greedy.written), sampled: ids(sampled.written) };
}

/** The model's answer to a state of the figure. @throws RuntimeError, e.g. `context-full` for a prompt longer than the model reads. */
export async function ask(
	p: SamplingParams,
	speaker: Speaker,
	signal?: AbortSignal,
	onWritten?: (data: SamplingData) => void
): Promise<SamplingData> {
	const promptIds = await speaker.encode(p.prompt);
	const shared = {
		origin: 'live' as const,
		model: speaker.config.name,
		prompt: p.prompt,
		promptIds,
		tokens: speaker.tokens,
		eos: speaker.config.eos
	};
	const options = signal === undefined ? {} : { signal };
	if (p.mode === 'beams') {
		const beams = await searchBeams(p, speaker, promptIds, signal);
		return { ...shared, written: [], next: beams.rows[0]?.[0] ?? null, beams };
	}
	const length = p.mode === 'text' ? p.maxTokens : p.at;
	if (length === 0) return { ...shared, written: [], next: await speaker.nextLogits(promptIds, options) };
	const text = await write(p, speaker, promptIds, length, signal, (written) => onWritten?.({ ...shared, written, next: null }));
	return { ...shared, ...text };
}
