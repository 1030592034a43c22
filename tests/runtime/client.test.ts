import { describe, expect, it } from 'vitest';
import { defaultSettings } from '#maths/sampling/settings.ts';
import { LanguageModel, type WorkerLike } from '#kit/runtime/client.ts';
import { explain, messages } from '#kit/runtime/messages.ts';
import { errorCodes, type GeneratedToken, type Reply, type Request } from '#kit/runtime/protocol.ts';
import { Queue } from '#kit/runtime/queue.ts';

const stats = { backend: 'wasm', threads: 1, tokensPerSecond: null, loadMs: 1, firstTokenMs: null, bytesTransferred: 0, bytes: 0 } as const;
const config = { vocabulary: 4 };

/** A worker that notes what it is told and answers what the test says. */
class FakeWorker implements WorkerLike {
	onmessage: Worker['onmessage'] = null;
	onerror: Worker['onerror'] = null;
	readonly heard: Request[] = [];
	terminated = false;
	postMessage(message: Request): void {
		this.heard.push(message);
		if (message.op === 'load') this.reply({ op: 'done', id: message.id, value: { config, tokens: [] }, stats });
	}
	terminate(): void {
		this.terminated = true;
	}
	reply(reply: Reply): void {
		queueMicrotask(() => void this.onmessage?.call(this as unknown as Worker, { data: reply } as MessageEvent));
	}
	get last() {
		return this.heard.at(-1) as Extract<Request, { op: 'run' }>;
	}
}
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

async function open() {
	const worker = new FakeWorker();
	const model = await LanguageModel.open('toy', { base: '/b', createWorker: () => worker });
	return { worker, model };
}

describe('the client', () => {
	it('asks one thing at a time', async () => {
		const { worker, model } = await open();
		expect(worker.heard).toEqual([{ op: 'load', id: 1, source: { name: 'toy', base: '/b' }, backend: 'wasm' }]);
		const first = model.encode('a');
		const second = model.encode('b');
		await turn();
		expect(worker.heard).toHaveLength(2);
		worker.reply({ op: 'done', id: worker.last.id, value: [1], stats });
		expect(await first).toEqual([1]);
		await turn();
		expect(worker.last.task).toMatchObject({ text: 'b' });
		worker.reply({ op: 'done', id: worker.last.id, value: [2], stats });
		expect(await second).toEqual([2]);
	});

	it('tells the worker to stop the running request, and drops a waiting one by itself', async () => {
		const { worker, model } = await open();
		const [now, later] = [new AbortController(), new AbortController()];
		const running = model.nextLogits([1], { signal: now.signal });
		const waiting = model.nextLogits([2], { signal: later.signal });
		await turn();
		later.abort();
		await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
		expect(worker.heard).toHaveLength(2);
		const { id } = worker.last;
		now.abort();
		expect(worker.heard.at(-1)).toEqual({ op: 'cancel', id });
		worker.reply({ op: 'failed', id, fault: { code: 'cancelled' } });
		await expect(running).rejects.toMatchObject({ code: 'cancelled' });
		await expect(model.nextLogits([1], { signal: now.signal })).rejects.toMatchObject({ code: 'cancelled' });
	});

	it('hands out tokens with their logits as they come', async () => {
		const { worker, model } = await open();
		const seen: GeneratedToken[] = [];
		const done = model.generate({ prompt: [1], settings: defaultSettings, maxTokens: 2 }, (tokens) => seen.push(...tokens));
		await turn();
		const { id } = worker.last;
		const logits = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
		worker.reply({ op: 'tokens', id, batch: { first: 3, ids: [2, 0], forced: [false, true], mu: [undefined, 9], logits } });
		worker.reply({ op: 'done', id, value: { ids: [2, 0] }, stats: { ...stats, tokensPerSecond: 5 } });
		await done;
		expect(seen).toEqual([
			{ id: 2, position: 3, forced: false, logits: Float32Array.of(1, 2, 3, 4) },
			{ id: 0, position: 4, forced: true, logits: Float32Array.of(5, 6, 7, 8), mu: 9 }
		]);
		expect(model.stats.tokensPerSecond).toBe(5);
	});

	it('ends everything when it is closed or the worker dies', async () => {
		const { worker, model } = await open();
		const running = model.nextLogits([1]);
		const waiting = model.nextLogits([2]);
		await turn();
		model.close();
		for (const work of [running, waiting, model.nextLogits([3])]) await expect(work).rejects.toMatchObject({ code: 'cancelled' });
		expect(worker.terminated).toBe(true);
		const other = await open();
		const lost = other.model.nextLogits([1]);
		await turn();
		other.worker.onerror?.call(other.worker as unknown as Worker, { message: 'Out of memory' } as ErrorEvent);
		await expect(lost).rejects.toMatchObject({ code: 'out-of-memory' });
	});

	it('stops opening at once when told so', async () => {
		const worker = new FakeWorker();
		worker.postMessage = () => undefined;
		const abort = new AbortController();
		const opening = LanguageModel.open('toy', { createWorker: () => worker, signal: abort.signal });
		abort.abort();
		await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
		expect(worker.terminated).toBe(true);
	});

	it("fails to open with the worker's fault, and can be opened again", async () => {
		const worker = new FakeWorker();
		worker.postMessage = (message) =>
			worker.reply({ op: 'failed', id: (message as { id: number }).id, fault: { code: 'not-found', file: 'x' } });
		await expect(LanguageModel.open('toy', { createWorker: () => worker })).rejects.toMatchObject({ code: 'not-found', file: 'x' });
		expect((await open()).model.config).toEqual(config);
	});
});

describe('the queue', () => {
	it('goes on after a failure and keeps the order', async () => {
		const queue = new Queue();
		const order: number[] = [];
		const work = (n: number) => queue.add(() => (order.push(n), n === 2 ? Promise.reject(new Error('two')) : Promise.resolve(n)));
		expect(await Promise.allSettled([1, 2, 3].map(work))).toMatchObject([{ value: 1 }, { status: 'rejected' }, { value: 3 }]);
		expect(order).toEqual([1, 2, 3]);
	});
});

describe('messages', () => {
	it('has a sentence for every code in both languages', () => {
		expect(Object.keys(messages).sort()).toEqual([...errorCodes].sort());
		for (const code of errorCodes) {
			const en = explain({ code, file: 'the-file' }, 'en').text;
			const zh = explain({ code, file: 'the-file' }, 'zh').text;
			expect(en).toMatch(/^[A-Z].+\.$/);
			expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
			expect(en.includes('the-file')).toBe(zh.includes('the-file'));
			expect(en + zh).not.toContain('{');
		}
	});
});
