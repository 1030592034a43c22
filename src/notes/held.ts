/**
 * What a load function returns is sent twice: as the page's HTML, and again as data for its scripts. Answers and pictures are large and the
 * scripts need none of them, so they go from the load function to the component through here, on the server only.
 */
import type { Body, TopicContent } from './content.ts';

const bodies = new Map<string, Body>();
const key = ({ id, locale }: TopicContent): string => `${id}.${locale}`;

export function hold(content: TopicContent, body: Body): void {
	bodies.set(key(content), body);
}

/** In the browser nothing: there the server's HTML stands. */
export function held(content: TopicContent): Body | undefined {
	const body = bodies.get(key(content));
	bodies.delete(key(content));
	return body;
}
