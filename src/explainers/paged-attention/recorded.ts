/** What the page shows before (or without) a running model: texts recorded with the shipped model, labelled so. */
import { NO_DATA, type BeamStep, type PagedData, type Text } from './data.ts';
import { isWritten, type PagedParams } from './params.ts';
import { questionKey } from './question.ts';
import json from './recorded.json';

interface Answer {
	readonly texts: readonly Text[];
	readonly beams?: readonly BeamStep[];
}
const answers = json.answers as Readonly<Record<string, Answer>>;
const known = new Map(
	Object.entries(answers).map(([key, answer]) => [key, { origin: 'recorded', model: json.model, ...answer } satisfies PagedData])
);

/** The recorded answer to this very question, or none: lengths alone are shown then. */
export function recorded(p: PagedParams): PagedData {
	return isWritten(p) ? (known.get(questionKey(p)) ?? NO_DATA) : NO_DATA;
}
