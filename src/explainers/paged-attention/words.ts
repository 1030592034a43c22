/** What stands in the slots of a sequence, where the scene has words. */
import type { Run } from '#maths/paged/run.ts';
import type { PagedData } from './data.ts';
import type { Scene } from './params.ts';

const PROMPT = ['Four', 'score', 'and', 'seven', 'years', 'ago', 'our'];
/** The words of Figs. 6 and 8 of the PagedAttention paper. */
const PAPER: Partial<Record<Scene, readonly (readonly string[])[]>> = {
	'paper-fig6': [['fathers', 'brought']],
	'paper-fig8': [['fathers'], ['mothers']]
};

/** What each beam has written after `end` operations: forks copy a path, tokens lengthen it. */
function beamPath(data: PagedData, run: Run, sequence: number, end: number): readonly string[] {
	const paths = new Map<number, string[]>();
	for (let i = 0; i < end; i++) {
		const [op, at] = [run.log.op(i), run.log.sequence(i)];
		if (op === 'fork') paths.set(at, [...(paths.get(run.log.value(i)) ?? [])]);
		else if (op === 'append' || op === 'grow' || op === 'copy') {
			const path = paths.get(at) ?? [];
			path.push(data.beams?.[path.length]?.tokens[run.sequences[at]!.sample] ?? '');
			paths.set(at, path);
		}
	}
	return paths.get(sequence) ?? [];
}

/** The words of a sequence that has `tokens` tokens after `end` operations; empty where it has none to show. */
export function wordsOf(scene: Scene, data: PagedData, run: Run, sequence: number, tokens: number, end: number): readonly string[] {
	const { request, sample } = run.sequences[sequence]!;
	const paper = PAPER[scene]?.[sample];
	if (paper !== undefined) return [...PROMPT, ...paper].slice(0, tokens);
	const text = data.texts[request];
	if (text === undefined) return [];
	const more = data.beams === undefined ? (text.outputs[sample] ?? []) : beamPath(data, run, sequence, end);
	return [...text.prompt, ...more].slice(0, tokens);
}
