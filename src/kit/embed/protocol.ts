/**
 * What an embedded figure and the page around it tell each other by postMessage. Public: the page /<lang>/links documents it.
 * Every message is `{ type: 'llm-unrolled', version: 1, ... }`; whatever is not exactly of this shape is ignored.
 */

export const TYPE = 'llm-unrolled';
export const VERSION = 1;

/** Figure to host. Heights are in CSS pixels; steps count from 0. */
export type Event =
	| { readonly event: 'height'; readonly height: number }
	| { readonly event: 'ready' | 'step'; readonly slug: string; readonly step: number; readonly steps: number; readonly caption: string };

/** Host to figure. */
export type Command =
	| { readonly command: 'seek'; readonly step: number | 'last' }
	| { readonly command: 'play' | 'pause' }
	| { readonly command: 'theme'; readonly theme: 'auto' | 'light' | 'dark' };

/** The command that a message carries, or undefined. */
export function readCommand(data: unknown): Command | undefined {
	if (typeof data !== 'object' || data === null) return undefined;
	const { type, version, command, step, theme } = data as Readonly<Record<string, unknown>>;
	if (type !== TYPE || version !== VERSION) return undefined;
	if (command === 'play' || command === 'pause') return { command };
	if (command === 'theme' && (theme === 'auto' || theme === 'light' || theme === 'dark')) return { command, theme };
	if (command === 'seek' && (step === 'last' || (Number.isSafeInteger(step) && (step as number) >= 0)))
		return { command, step: step as number | 'last' };
	return undefined;
}
