/** Finds the answers: every file t<number>.md in the folder. Adding one touches nothing else. */
import type { Answer } from './answer.plugin.ts';

const files = import.meta.glob<{ default: Answer }>('./answers/t*.md');
const path = (id: string): string => `./answers/${id}.md`;

/** Ids of the topics that have an answer. */
export const answered: ReadonlySet<string> = new Set(Object.keys(files).map((file) => /(t\d+)\.md$/.exec(file)?.[1] ?? file));

export async function loadAnswer(id: string): Promise<Answer | undefined> {
	return (await files[path(id)]?.())?.default;
}
