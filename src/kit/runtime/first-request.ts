import type { Request } from './protocol.ts';

type Load = Extract<Request, { op: 'load' }>;
const workerName = 'language-model ';

/**
 * A first request as the name of the worker that is to answer it, and back. A message waits in the page until the worker's script has run *and* the
 * page's own thread is free to hear of it; a name is there when the script starts. Files that the reader picked cannot travel so.
 */
export const nameWith = (request: Load): string => workerName + JSON.stringify(request);
export function requestIn(name: string): Load | null {
	return name.startsWith(workerName) ? (JSON.parse(name.slice(workerName.length)) as Load) : null;
}
