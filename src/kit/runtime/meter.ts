/** Bytes of a start, of all files together: told at most every 50 ms, and none for longer than that untold. */
import type { Progress } from './protocol.ts';

/** Milliseconds between two reports. */
const pause = 50;

export class Meter {
	/** Read in all, and what of it came over the network. */
	bytes = 0;
	transferred = 0;
	#expected: number;
	#complete = false;
	#told = -Infinity;
	#waiting: ReturnType<typeof setTimeout> | undefined;
	readonly #tell: (progress: Progress) => void;
	readonly #now: () => number;

	/** @param expected bytes known from the beginning; the rest comes with complete(). */
	constructor(expected: number, tell: (progress: Progress) => void, now: () => number) {
		this.#expected = expected;
		this.#tell = tell;
		this.#now = now;
	}

	/** The rest of what will be read: from now on a whole is a whole. */
	readonly complete = (bytes: number): void => {
		this.#expected += bytes;
		this.#complete = true;
	};

	readonly add = (bytes: number, cached: boolean): void => {
		this.bytes += bytes;
		if (!cached) this.transferred += bytes;
		if (this.#whole() || this.#now() - this.#told >= pause) this.#say();
		else this.#waiting ??= setTimeout(() => this.#say(), pause);
	};

	#whole(): boolean {
		return this.#complete && this.bytes >= this.#expected;
	}

	#say(): void {
		clearTimeout(this.#waiting);
		this.#waiting = undefined;
		this.#told = this.#now();
		const total = Math.max(this.#expected, this.bytes);
		this.#tell({ phase: this.#whole() ? 'start' : 'download', loaded: this.bytes, total, cached: this.transferred === 0 });
	}
}
