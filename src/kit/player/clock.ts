/** The only caller of requestAnimationFrame. Tests hand the playhead a clock of their own. */
export interface Clock {
	/** Calls `tick` with the milliseconds since the last call until the returned function is called. */
	start(tick: (elapsedMs: number) => void): () => void;
}

/** Longest step that one frame may make: a tab that slept goes on where it was instead of leaping. */
const LONGEST_MS = 100;

export const browserClock: Clock = {
	start(tick) {
		let last: number | undefined;
		let id = requestAnimationFrame(function frame(now) {
			const elapsed = last === undefined ? 0 : Math.min(LONGEST_MS, now - last);
			last = now;
			id = requestAnimationFrame(frame);
			tick(elapsed);
		});
		return () => cancelAnimationFrame(id);
	}
};

/** A clock that ticks when it is told to. */
export class ManualClock implements Clock {
	#ticks = new Set<(elapsedMs: number) => void>();
	start(tick: (elapsedMs: number) => void): () => void {
		this.#ticks.add(tick);
		return () => this.#ticks.delete(tick);
	}
	advance(ms: number): void {
		for (const tick of [...this.#ticks]) tick(ms);
	}
	get running(): boolean {
		return this.#ticks.size > 0;
	}
}
