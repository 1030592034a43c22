/** What the parts of the picture share: colours, the list of sequences, and what a mark says of itself. */
import { blocksFor } from '#maths/paged/blocks-for.ts';
import type { Run } from '#maths/paged/run.ts';
import type { PagedFrame } from './frames.ts';
import type { PagedText } from './labels.ts';
import type { Item } from './layout.ts';
import { QUEUED, type Snapshot } from './snapshot.ts';

export const HUES = 8;
/** Tol's "bright" and "muted" schemes, checked for colour blindness; names and numbers always stand beside them. */
const FALLBACK = ['#4477aa', '#cc7722', '#228866', '#aa4488', '#66aacc', '#b0a030', '#cc5566', '#7766bb'];
export const hueColour = (hue: number): string => `var(--hue-${hue % HUES}, ${FALLBACK[hue % HUES]!})`;

/** Samples of a lone request have colours of their own; otherwise a request has one. */
export function hueOf(frame: PagedFrame, sequence: number): number {
	const { sequences, setup } = frame.story.run;
	const { request, sample } = sequences[sequence]!;
	return (setup.requests.length === 1 ? sample : request) % HUES;
}
export const colourOf = (frame: PagedFrame, sequence: number): string => hueColour(hueOf(frame, sequence));

/** No picture has room for more sequences than this. */
const MOST = 24;

/** Sequences in memory, in the order in which they came, then as much of the queue as has arrived; and how many more there are. */
export function itemsOf(frame: PagedFrame): { readonly items: readonly Item[]; readonly extra: number } {
	const { run } = frame.story;
	const { places, statuses } = frame.snapshot;
	const B = run.setup.blockSize;
	const inside = [...places].sort((a, b) => a.sequence - b.sequence);
	const items: Item[] = inside.slice(0, MOST).map(({ sequence, table }) => ({ sequence, blocks: table }));
	let count = inside.length;
	statuses.forEach((status, r) => {
		if (!QUEUED.has(status) || count++ >= MOST) return;
		const { prompt } = run.setup.requests[r]!;
		const blocks = Array.from({ length: Math.min(blocksFor(prompt, B), 64) }, (_, i) => [-1, Math.min(B, prompt - i * B)] as const);
		items.push({ sequence: run.first[r]!, blocks });
	});
	return { items, extra: count - items.length };
}

/** Sequences that hold each block. */
export function ownersOf(snapshot: Snapshot): ReadonlyMap<number, readonly number[]> {
	const owners = new Map<number, number[]>();
	for (const { sequence, blocks } of snapshot.places) {
		for (const block of blocks) {
			const list = owners.get(block);
			if (list === undefined) owners.set(block, [sequence]);
			else list.push(sequence);
		}
	}
	return owners;
}

export type BlockState = 'held' | 'cached' | 'free';
export function stateOf(snapshot: Snapshot, block: number): BlockState {
	return snapshot.refs[block]! > 0 ? 'held' : snapshot.cached[block] === 1 ? 'cached' : 'free';
}

/** What a block says of itself; `names` are those who hold it. */
export function sentenceOf({ setup }: Run, now: Snapshot, block: number, names: string, why: PagedText['why']): string {
	const values = {
		block,
		filled: now.filled[block] ?? 0,
		B: setup.blockSize,
		refs: now.refs[block] ?? 0,
		names,
		place: now.free.indexOf(block) + 1
	};
	return setup.policy === 'paged' ? why[stateOf(now, block)](values) : why.page(values);
}

/** How many blocks there are of each kind. */
export function totalsOf({ refs, cached, free }: Snapshot): Readonly<Record<'shared' | 'cached' | 'free' | 'blocks' | 'held', number>> {
	let [shared, kept] = [0, 0];
	for (let block = 0; block < refs.length; block++) {
		if (refs[block]! > 1) shared++;
		else if (refs[block] === 0 && cached[block] === 1) kept++;
	}
	return { shared, cached: kept, free: free.length, blocks: refs.length, held: refs.length - free.length };
}
