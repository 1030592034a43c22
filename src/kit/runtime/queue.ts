/** One request at a time, in order of arrival; a waiting one leaves when its signal aborts, the running one is told to stop. */
import { RuntimeError } from './protocol.ts';

interface Waiting {
	readonly start: () => Promise<void>;
	readonly fail: (error: RuntimeError) => void;
}

export class Queue {
	readonly #waiting: Waiting[] = [];
	#busy = false;
	#closed: RuntimeError | null = null;

	/** Requests that wait, the running one not counted. */
	get length(): number {
		return this.#waiting.length;
	}

	/**
	 * Runs `work` when everything before it has settled. `work` gets the signal and itself stops when that aborts.
	 * @throws RuntimeError `cancelled` when `signal` aborts before the work starts; what close() was given after closing.
	 */
	add<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal = new AbortController().signal): Promise<T> {
		if (this.#closed) return Promise.reject(this.#closed);
		if (signal.aborted) return Promise.reject(new RuntimeError({ code: 'cancelled' }));
		return new Promise<T>((resolve, reject) => {
			const leave = () => {
				this.#waiting.splice(this.#waiting.indexOf(item), 1);
				reject(new RuntimeError({ code: 'cancelled' }));
			};
			const item: Waiting = {
				start: async () => {
					signal.removeEventListener('abort', leave);
					await work(signal).then(resolve, reject);
				},
				fail: (error) => {
					signal.removeEventListener('abort', leave);
					reject(error);
				}
			};
			signal.addEventListener('abort', leave, { once: true });
			this.#waiting.push(item);
			void this.#turn();
		});
	}

	/** Refuses everything that waits and everything that comes later. The running one is not touched. */
	close(error: RuntimeError): void {
		this.#closed = error;
		for (const item of this.#waiting.splice(0)) item.fail(error);
	}

	async #turn(): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		for (let item = this.#waiting.shift(); item; item = this.#waiting.shift()) await item.start();
		this.#busy = false;
	}
}
