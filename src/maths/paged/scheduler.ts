import { chooseBeams } from '#maths/paged/beams.ts';
import { blocksFor } from '#maths/paged/blocks-for.ts';
import { neverFits, newJob, tokensToStart, type Job } from '#maths/paged/job.ts';
import { Log } from '#maths/paged/log.ts';
import type { Memory } from '#maths/paged/memory.ts';
import type { Op } from '#maths/paged/op.ts';
import { prepare } from '#maths/paged/plan.ts';
import type { Moment, Run, Setup, Status } from '#maths/paged/run.ts';

/**
 * Iteration-level scheduling (Orca) over a memory. One iteration: who runs gets one token each, in the order of admission; prompts under way go on; then
 * the queue, first come first served, as long as memory, batch and token budget allow. Out of blocks, the one admitted last is preempted and waits
 * at the front; in an iteration with a preemption nobody is admitted (vllm/v1/core/sched/scheduler.py). A prompt's last iteration draws its first token.
 */
export class Scheduler {
	readonly #setup: Setup;
	readonly #memory: Memory;
	readonly #log: Log;
	readonly #jobs: readonly Job[];
	#pending: Job[];
	#waiting: Job[] = [];
	#running: Job[] = [];
	#t = 0;
	#budget = Infinity;
	#stepped = 0;
	#tokens = 0;
	#preempted = false;
	#blocked = false;
	#preemptions = 0;
	readonly #moments: Moment[] = [];
	readonly #base: Pick<Run, 'sequences' | 'first'>;

	constructor(setup: Setup) {
		const { memory, family, sequences, first } = prepare(setup);
		this.#setup = setup;
		this.#memory = memory;
		this.#log = new Log(memory, family);
		this.#base = { sequences, first };
		this.#jobs = setup.requests.map((request, i) => newJob(request, i, first[i]!));
		this.#pending = this.#jobs.toSorted((a, b) => a.request.arrival - b.request.arrival || a.index - b.index);
	}

	run(): Run {
		while (this.#pending.length + this.#waiting.length + this.#running.length > 0) this.#iterate();
		const jobs = { changes: this.#jobs.map(({ changes }) => changes), finish: this.#jobs.map(({ finish }) => finish) };
		const counts = { iterations: this.#moments.at(-1)?.iteration ?? 0, preemptions: this.#preemptions, prologue: 0 };
		return { setup: this.#setup, log: this.#log, ...this.#base, moments: this.#moments, ...jobs, ...counts };
	}

	#iterate(): void {
		const { limits } = this.#setup;
		this.#t++;
		this.#budget = limits.tokenBudget > 0 ? limits.tokenBudget : Infinity;
		this.#stepped = this.#tokens = 0;
		this.#preempted = this.#blocked = false;
		this.#arrive();
		const open = limits.batching === 'continuous' || this.#running.length === 0;
		const before = this.#running.slice();
		for (const job of before) if (job.state === 'running' && job.computed === job.target) this.#decode(job, true);
		for (const job of before) if (job.state === 'running' && job.computed < job.target) this.#prefill(job);
		if (open) this.#admit();
		this.#record();
		this.#finish();
	}

	#arrive(): void {
		if ((this.#pending[0]?.request.arrival ?? Infinity) > this.#t) return; // sorted, and nobody comes before their arrival
		this.#pending = this.#pending.filter((job) => {
			const { after, arrival, prompt } = job.request;
			const earlier = after === undefined ? undefined : this.#jobs[after];
			if (earlier !== undefined && earlier.state !== 'ended') return true;
			if ((earlier?.finish ?? 0) + arrival > this.#t) return true;
			this.#push('arrive', job.first, prompt);
			if (neverFits(this.#setup, job.request)) this.#reject(job);
			else {
				this.#waiting.push(job);
				this.#mark(job, 'waiting', 'waiting');
			}
			return false;
		});
	}

	/** One token for each sequence of a request; who runs last makes room when there is none. */
	#decode(job: Job, mark = false): void {
		if (job.generated >= job.request.output) return; // padding of a static batch
		this.#choose(job);
		while (job.live.length === 1 ? this.#memory.next(job.first) === 'full' : this.#memory.wants(job.live) > this.#memory.freeBlocks) {
			if (this.#makeRoom(job)) return;
		}
		if (mark && job.changes.at(-1)?.status !== 'decode') this.#mark(job, 'running', 'decode');
		for (const sequence of job.live) {
			const next = this.#memory.next(sequence);
			if (next !== 'append') this.#evictFor(1, sequence);
			this.#push(next, sequence, 1);
		}
		job.generated++;
		this.#stepped += job.live.length;
		this.#budget -= job.live.length;
	}

	/** Beam search: candidates that no one continues die, others are forked. */
	#choose(job: Job): void {
		const { parents, samples } = job.request;
		const row = parents?.[job.generated - 1];
		if (row === undefined || job.chosen > job.generated) return;
		job.chosen = job.generated + 1;
		const { dead, forks } = chooseBeams(row, samples);
		for (const beam of dead) this.#push('drop', job.first + beam, 0);
		for (const [parent, child] of forks) this.#push('fork', job.first + child, job.first + parent);
	}

	/** The next part of a prompt, as much as the token budget allows; its end forks the samples and draws the first token. */
	#prefill(job: Job): void {
		const chunk = Math.min(job.target - job.computed, this.#budget);
		if (chunk <= 0) return;
		while (!this.#memory.fits(job.first, chunk)) if (this.#makeRoom(job)) return;
		this.#compute(job, chunk);
	}
	#compute(job: Job, chunk: number): void {
		const B = this.#setup.blockSize;
		this.#evictFor(blocksFor(job.computed + chunk, B) - blocksFor(job.computed, B), job.first);
		this.#push('prefill', job.first, chunk);
		job.computed += chunk;
		this.#tokens += chunk;
		this.#budget -= chunk;
		if (job.computed < job.target) return;
		if (job.generated === 0) {
			for (let i = 1; i < job.request.samples; i++) {
				this.#push('fork', job.first + i, job.first);
				job.live.push(job.first + i);
			}
		}
		// The first token is drawn from the prompt's own pass and costs nothing.
		const [stepped, budget] = [this.#stepped, this.#budget];
		this.#decode(job);
		this.#tokens -= this.#stepped - stepped;
		this.#budget = budget;
	}

	#admit(): void {
		let batch = this.#running.reduce((count, job) => count + job.request.samples, 0);
		while (this.#waiting.length > 0 && !this.#preempted && this.#budget > 0) {
			const job = this.#waiting[0]!;
			if (batch > 0 && batch + job.request.samples > this.#setup.limits.maxBatch) break;
			const chunk = this.#start(job);
			if (chunk === undefined) {
				if (this.#running.length > 0) break;
				this.#waiting.shift();
				this.#reject(job); // alone, and still too large
				this.#blocked = false;
				continue;
			}
			this.#waiting.shift();
			this.#running.push(job);
			batch += job.request.samples;
			const swapped = job.state === 'swapped';
			this.#mark(job, 'running', swapped ? 'decode' : 'prefill');
			if (swapped) {
				this.#push('swapIn', job.first, this.#memory.swapped(job.live));
				this.#decode(job);
			} else {
				job.computed = this.#memory.peek(job.first, job.target);
				if (job.computed > 0) this.#push('hit', job.first, job.computed);
				this.#compute(job, chunk);
			}
		}
	}
	/** How many tokens of a waiting request to compute now, 0 for a swapped one; undefined when it does not fit. */
	#start(job: Job): number | undefined {
		const memory = this.#memory;
		const chunk = tokensToStart(job, memory, this.#budget, this.#running.length === 0);
		if (chunk === undefined) {
			this.#blocked = true;
			if (!job.told) this.#push('wait', job.first, memory.freeBlocks);
		}
		job.told = chunk === undefined;
		return chunk;
	}

	/** Preempts the request admitted last. Whether that was the one that asked (or it had to be given up). */
	#makeRoom(job: Job): boolean {
		this.#push('full', job.first, this.#memory.freeBlocks);
		const victim = this.#running.pop()!;
		const alone = this.#running.length === 0;
		this.#preempted = true;
		if (victim.generated >= victim.request.output) this.#leave(victim);
		else if (alone) this.#reject(victim);
		else this.#preempt(victim);
		return victim === job;
	}
	/** Several sequences are swapped whatever the setting: computing them again would compute what they share several times. */
	#preempt(job: Job): void {
		this.#preemptions++;
		this.#waiting.unshift(job);
		if ((this.#setup.limits.preemption === 'swap' && job.computed === job.target && job.generated > 0) || job.live.length > 1) {
			this.#push('swapOut', job.first, job.live.length);
			return this.#mark(job, 'swapped', 'swapped');
		}
		this.#push('preempt', job.first, job.request.prompt + job.generated);
		job.computed = 0;
		job.target = job.request.prompt + job.generated;
		this.#mark(job, 'waiting', 'preempted');
	}
	#reject(job: Job): void {
		for (const sequence of job.live) if (this.#memory.has(sequence)) this.#push('drop', sequence, 0);
		this.#push('reject', job.first, job.request.prompt + job.request.output);
		this.#mark(job, 'ended', 'rejected');
	}

	#finish(): void {
		const { batching } = this.#setup.limits;
		const done = this.#running.filter((job) => job.generated >= job.request.output);
		if (batching === 'static' && done.length < this.#running.length) {
			for (const job of done) if (job.changes.at(-1)?.status !== 'padding') this.#mark(job, 'running', 'padding', 1);
			return;
		}
		for (const job of done) this.#leave(job);
		if (done.length > 0) this.#running = this.#running.filter((job) => job.state === 'running');
	}

	#leave(job: Job): void {
		for (const sequence of job.live) this.#push('finish', sequence, job.generated);
		job.finish = this.#t;
		this.#mark(job, 'ended', 'finished', 1);
	}

	#evictFor(blocks: number, sequence: number): void {
		if (blocks > 0 && this.#memory.evictable(blocks).length > 0) this.#push('evict', sequence, blocks);
	}
	#push(op: Op, sequence: number, value: number): void {
		this.#log.push(this.#memory, op, sequence, value, this.#t);
	}
	/** later: 1 where the status holds from the next iteration on. */
	#mark(job: Job, state: Job['state'], status: Status, later = 0): void {
		job.state = state;
		job.changes.push({ ops: this.#log.length, iteration: this.#t + later, status });
	}
	#record(): void {
		const { used, reserved, internal, external } = this.#memory.waste(this.#blocked);
		const { length: ops } = this.#log;
		const counts = { iteration: this.#t, ops, stepped: this.#stepped, tokens: this.#tokens + this.#stepped };
		const sizes = { running: this.#running.length, waiting: this.#waiting.length };
		this.#moments.push({ ...counts, ...sizes, used, reserved, internal, external, blocked: this.#blocked });
	}
}

/** Runs a whole workload. */
export function simulate(setup: Setup): Run {
	return new Scheduler(setup).run();
}
