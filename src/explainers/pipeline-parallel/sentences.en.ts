/** The sentences of the figure in English: what a moment makes possible, and why a mark is there. */
import { int as num, n, s, type Values } from '#kit/text/values.ts';
import { number, percent } from '#kit/text/format.ts';

const slots = (x: number): string => `${number(x)} ${x === 1 ? 'slot' : 'slots'}`;
const time = (v: Values): string => `Time ${num(v, 'time')}.`;

const PASSES: Readonly<Record<string, string>> = {
	F: 'forward pass',
	B: 'backward pass',
	I: 'backward pass (inputs)',
	W: 'weight gradient',
	FB: 'forward pass'
};
/** " in chunk 1", " going up": which of a device's two parts. */
function part(chunk: string): string {
	if (chunk === '') return '';
	return chunk === 'd' ? ' on its way down' : chunk === 'u' ? ' on its way up' : ` in chunk ${chunk}`;
}
/** "the backward pass of microbatch 3 in chunk 1". */
const single = (v: Values, prefix = ''): string =>
	`the ${PASSES[s(v, `${prefix}kind`)] ?? ''} of microbatch ${s(v, `${prefix}microbatch`)}${part(s(v, `${prefix}chunk`))}`;
/** The backward of an overlapped pair. */
const second = (v: Values, prefix = ''): string =>
	`the backward pass of microbatch ${s(v, `${prefix}microbatch2`)}${part(s(v, `${prefix}chunk2`))}`;
const operation = (v: Values, prefix = ''): string =>
	s(v, `${prefix}kind`) === 'FB' ? `${single(v, prefix)} together with ${second(v, prefix)}` : single(v, prefix);
/** What the operation is handed: activations go forward, gradients back. */
const goods = (v: Values): string => `the ${s(v, 'goods')} of microbatch ${s(v, 'goodsMicrobatch')}`;
const workers = (v: Values): string =>
	n(v, 'idlers') === 0
		? n(v, 'devices') === 1
			? 'The one device computes.'
			: `${n(v, 'devices') === 2 ? 'Both' : `All ${num(v, 'devices')}`} devices compute.`
		: `${num(v, 'active')} of ${num(v, 'devices')} devices ${n(v, 'active') === 1 ? 'computes' : 'compute'}, ${num(v, 'idlers')} ${n(v, 'idlers') === 1 ? 'has' : 'have'} nothing to do.`;
const soFar = (v: Values): string =>
	n(v, 'idle') > 1e-9 ? `So far it has had nothing to do for ${slots(n(v, 'idle'))} of ${num(v, 'time')}.` : `It has not waited yet.`;

export const captions = {
	start: (v: Values) =>
		n(v, 'rest') === 0
			? `${time(v)} Everything begins: device 0 starts the forward pass of microbatch 0.`
			: `${time(v)} Device 0 starts the forward pass of microbatch 0. The other ${n(v, 'rest') === 1 ? 'device has' : `${num(v, 'rest')} devices have`} nothing to do until its activations reach ${n(v, 'rest') === 1 ? 'it' : 'them'}.`,
	startBoth: (v: Values) =>
		`${time(v)} Microbatches enter at both ends at once: devices 0 and ${n(v, 'devices') - 1} start a forward pass, and ${num(v, 'rest')} of ${num(v, 'devices')} devices wait.`,
	resume: (v: Values) =>
		`${time(v)} Device ${s(v, 'from')} hands ${goods(v)} to device ${s(v, 'device')}, which can start ${operation(v)} at last. It has had nothing to do since ${num(v, 'since')}: ${slots(n(v, 'waited'))} of bubble.`,
	arrive: (v: Values) =>
		`${time(v)} Device ${s(v, 'from')} hands ${goods(v)} to device ${s(v, 'device')}, which starts ${operation(v)} at once. ${soFar(v)}`,
	ready: (v: Values) =>
		`${time(v)} Device ${s(v, 'device')} is free and starts ${operation(v)}; ${goods(v)} ${s(v, 'goods') === 'gradient' ? 'has' : 'have'} been there since ${num(v, 'arrival')}. ${workers(v)}`,
	local: (v: Values) => `${time(v)} Device ${s(v, 'device')} starts ${operation(v)}, for which it needs nobody else. ${workers(v)}`,
	pair: (v: Values) =>
		`${time(v)} Device ${s(v, 'device')} overlaps ${single(v)} with ${second(v)}: while one communicates, the other computes. ${workers(v)}`,
	weight: (v: Values) =>
		`${time(v)} Device ${s(v, 'device')} does ${operation(v)}. No other device waits for it, so it goes where a bubble would be. ${workers(v)}`,
	over: (v: Values) =>
		`${time(v)} Device ${s(v, 'device')} has done all its work${n(v, 'wait') > 1e-9 ? ` and waits ${slots(n(v, 'wait'))} for the end of the step` : ''}. ${workers(v)}`,
	run: (v: Values) => `${time(v)} Nothing new can start. ${workers(v)}`,
	done: (v: Values) =>
		`${time(v)} The step is done. A device has computed for ${slots(n(v, 'busy'))} and idled for ${num(v, 'idle')}: ${percent(n(v, 'total'))} of all time, or ${percent(n(v, 'ideal'))} on top of the ideal time.`,
	doneStream: (v: Values) =>
		`${time(v)} The part of the stream that is drawn ends here; in training the next minibatch would have filled each gap of the cool-down. ${slots(n(v, 'idle'))} idle per device, once and not per batch.`
};

const start = (v: Values): string =>
	`Device ${s(v, 'device')} does ${operation(v)} (stage ${s(v, 'stage')}, ${num(v, 'start')} to ${num(v, 'end')})`;
const critical = (v: Values): string =>
	n(v, 'critical') === 1 ? ' It is on the critical path: were it longer, so would be the step.' : '';
const version = (v: Values): string => (n(v, 'version') >= 0 ? ` It computes with weight version ${s(v, 'version')}.` : '');

export const why = {
	first: (v: Values) => `${start(v)}: the first stage needs nothing but data.${version(v)}${critical(v)}`,
	operation: (v: Values) =>
		`${start(v)}: it needs ${goods(v)} from device ${s(v, 'source')}, which finished ${operation(v, 'awaited.')} at ${num(v, 'awaited.end')}.${version(v)}${critical(v)}`,
	own: (v: Values) =>
		s(v, 'kind') === 'W'
			? `${start(v)}: only this device needs it, any time after its own backward pass for the inputs; it fills what would be bubble.${critical(v)}`
			: `${start(v)}: what it needs was made on the same device, by ${operation(v, 'awaited.')}.${version(v)}${critical(v)}`,
	pair: (v: Values) =>
		`Device ${s(v, 'device')} overlaps ${single(v)} with ${second(v)} (${num(v, 'start')} to ${num(v, 'end')}): the messages of one hide behind the arithmetic of the other.${critical(v)}`,
	idle: (v: Values) =>
		`Device ${s(v, 'device')} is idle from ${num(v, 'from')} to ${num(v, 'to')}: its next work, ${operation(v)}, needs ${operation(v, 'awaited.')} on device ${s(v, 'awaitedDevice')}, which ends at ${num(v, 'sent')}${n(v, 'comm') > 0 ? ` and takes ${num(v, 'comm')} to arrive` : ''}.`,
	over: (v: Values) =>
		`Device ${s(v, 'device')} is idle from ${num(v, 'from')} to ${num(v, 'to')}: its work is done, and the optimizer waits for everybody.`,
	memory: (v: Values) =>
		`At ${num(v, 'time')} device ${s(v, 'device')} holds ${num(v, 'held')} ${n(v, 'held') === 1 ? 'chunk' : 'chunks'} of activations for a backward pass to come${n(v, 'kept') > 0 ? `, and parts of ${num(v, 'kept')} more for their weight gradients` : ''}; ${num(v, 'peak')} at most in the step.`
};
