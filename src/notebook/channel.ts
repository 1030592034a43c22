/** What tabs of one browser tell each other: the id of a note that was stored or deleted. */
export interface Channel {
	tell(id: string): void;
	close(): void;
}

export function openChannel(heard: (id: string) => void, name = 'llm-unrolled-notebook'): Channel {
	// Without it nothing is lost: storing compares versions.
	if (typeof BroadcastChannel === 'undefined') return { tell: () => undefined, close: () => undefined };
	const channel = new BroadcastChannel(name);
	channel.onmessage = ({ data }: MessageEvent<unknown>) => {
		if (typeof data === 'string') heard(data);
	};
	return { tell: (id) => channel.postMessage(id), close: () => channel.close() };
}
