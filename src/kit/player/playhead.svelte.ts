import { easeCubicInOut } from 'd3';
import { browserClock, type Clock } from '#kit/player/clock.ts';

/** One step takes a fast move and a rest in which the caption can be read; both in milliseconds at speed 1. */
export const MOVE_MS = 320;
export const REST_MS = 1300;
export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

/** Where the reader is in a list of frames. `t` runs from 0 to last; between two steps it is the moment of the move. */
export class Playhead {
	#t = $state(0);
	#playing = $state(false);
	speed = $state<number>(1);
	/** Readers who asked for less motion get cuts: `k` is 0 until the next step is reached. */
	reduced = $state(false);
	/** Steps between which playing goes round, both included; `to` may lie beyond the end. */
	loop = $state.raw<{ readonly from: number; readonly to: number } | undefined>(undefined);
	#count: () => number;
	#clock: Clock;
	#stop: (() => void) | undefined;
	/** The move or rest under way: from `start` to `end`, `elapsed` ms at speed 1. */
	#leg = { start: 0, end: 0, elapsed: 0 };

	constructor(count: () => number, clock: Clock = browserClock) {
		this.#count = count;
		this.#clock = clock;
	}

	get last(): number {
		return Math.max(0, this.#count() - 1);
	}
	get t(): number {
		return Math.min(this.#t, this.last);
	}
	get playing(): boolean {
		return this.#playing;
	}
	/** The step that is shown: the one that was left until the next one is reached. */
	get step(): number {
		return Math.floor(this.t + 1e-9);
	}
	get k(): number {
		return this.reduced ? 0 : Math.max(0, this.t - this.step);
	}
	/** Whether the picture is on its way between two steps. */
	get moving(): boolean {
		return this.#stop !== undefined && this.#leg.elapsed < MOVE_MS;
	}

	/** Drags to any moment, also between two steps. */
	scrub(t: number): void {
		this.#halt();
		this.#t = Math.min(this.last, Math.max(0, Number.isFinite(t) ? t : 0));
	}
	/** Moves to a step; neighbours by a move, others by a cut. */
	goto(step: number): void {
		const target = Math.min(this.last, Math.max(0, Math.round(step)));
		const near = Math.abs(target - this.t) <= 1.001 && target !== this.t;
		if (this.reduced || !near) return this.scrub(target);
		this.#halt();
		this.#run(target, false);
	}
	next(): void {
		this.goto(this.#leg.end > this.t && this.moving ? this.#leg.end + 1 : this.step + 1);
	}
	back(): void {
		// Pressed again on the way back: one further, as next() does.
		if (this.moving && this.#leg.end < this.t) this.goto(this.#leg.end - 1);
		else this.goto(this.t > this.step + 1e-6 ? this.step : this.step - 1);
	}
	toggle(): void {
		if (this.#playing) return this.pause();
		if (this.step >= Math.min(this.loop?.to ?? Infinity, this.last)) this.#t = Math.min(this.loop?.from ?? 0, this.last);
		if (this.last === 0) return;
		this.#halt();
		this.#run(this.step + 1, true);
	}
	/** Stops on a whole step, so that a caption always belongs to what is seen. */
	pause(): void {
		const target = this.moving ? this.#leg.end : this.step;
		this.#halt();
		this.#t = Math.min(target, this.last);
	}
	close(): void {
		this.#halt();
	}

	#halt(): void {
		this.#stop?.();
		this.#stop = undefined;
		this.#playing = false;
	}

	#run(end: number, playing: boolean): void {
		this.#leg = { start: this.t, end, elapsed: 0 };
		this.#playing = playing;
		this.#stop = this.#clock.start((ms) => this.#tick(ms * this.speed));
	}

	#tick(ms: number): void {
		let left = ms;
		while (left > 0) {
			const leg = this.#leg;
			const length = this.#playing ? MOVE_MS + REST_MS : MOVE_MS;
			const used = Math.min(left, length - leg.elapsed);
			leg.elapsed += used;
			left -= used;
			const share = Math.min(1, leg.elapsed / MOVE_MS);
			this.#t = share === 1 ? leg.end : leg.start + (leg.end - leg.start) * easeCubicInOut(share);
			if (leg.elapsed < length) return;
			if (!this.#playing) return this.#halt();
			if (this.loop !== undefined && leg.end >= Math.min(this.loop.to, this.last)) {
				// Back by a cut, and a rest there as on any step.
				const from = Math.min(this.loop.from, this.last);
				this.#t = from;
				this.#leg = { start: from, end: from, elapsed: MOVE_MS };
				continue;
			}
			if (leg.end >= this.last) return this.#halt();
			this.#leg = { start: leg.end, end: leg.end + 1, elapsed: 0 };
		}
	}
}
