/** The words of the figure in English. */
import { int as num, n, type Values } from '#kit/text/values.ts';
import { captions, why } from './sentences.en.ts';

export const en = {
	captions,
	why,
	facts: {
		bubbleOverTotal: 'of all device time is bubble',
		bubbleOverIdeal: 'on top of the ideal time',
		peakActivations: 'chunks in flight, peak per device',
		makespan: 'slots per step',
		formulaBubble: 'slots of bubble, by the formula',
		idlePerDevice: 'idle slots per device',
		utilisation: 'of all device time is work',
		peakUntilWeight: 'in flight until W, peak per device',
		weightVersions: 'weight versions per device',
		messages: 'messages between devices per step'
	},
	notes: {
		slots: (v: Values) => `${num(v, 'idle')} of ${num(v, 'makespan')} slots · GPipe's convention`,
		stream: (v: Values) => `${num(v, 'idle')} of ${num(v, 'makespan')} slots of this stretch; nearly 0 in a long stream`,
		ideal: (v: Values) => `${num(v, 'idle')} over ${num(v, 'ideal')} slots · Megatron's convention`,
		gpipeHolds: (v: Values) => `GPipe would hold ${num(v, 'n')} on each device`,
		idealTime: (v: Values) => `ideal ${num(v, 'ideal')}`,
		formula: (v: Values) =>
			n(v, 'inside') === n(v, 'idle')
				? `simulated: ${num(v, 'idle')}`
				: `simulated: ${num(v, 'idle')}, of which ${num(v, 'inside')} inside device 0's own span`,
		formulaComm: (v: Values) => `without communication; simulated with it: ${num(v, 'idle')}`,
		formulaNone: (v: Values) => `no closed form for these durations; simulated: ${num(v, 'idle')}`,
		formulaStream: (v: Values) => `a stream has no bubble but at its ends; simulated: ${num(v, 'idle')}`,
		devices: (v: Values) => `mean of ${num(v, 'devices')} ${n(v, 'devices') === 1 ? 'device' : 'devices'}`,
		stash: () => 'p − s: one for each minibatch in flight',
		flush: () => 'the flush makes one enough',
		perMicrobatch: (v: Values) => `${num(v, 'n')} per microbatch`
	},
	marks: { time: 't =' },
	params: {
		schedule: 'Schedule',
		stages: 'Devices',
		microbatches: 'Microbatches',
		chunks: 'Chunks per device',
		tF: 'Forward F',
		tI: 'Backward I',
		tW: 'Backward W',
		tFB: 'Pair F + B',
		tComm: 'Message',
		reverse: 'GPipe: backwards in reverse order',
		critical: 'Critical path',
		span: 'Time shown',
		tick: 'Time per step'
	},
	values: {
		size: 'Size',
		durations: 'Durations, of one chunk',
		looks: 'Look closer',
		naive: 'No pipelining',
		gpipe: 'GPipe',
		'1f1b': '1F1B',
		'interleaved-1f1b': 'Interleaved',
		'looped-bfs': 'Looped BFS',
		pipedream: 'PipeDream',
		'zb-h1': 'ZB-H1',
		'zb-h2': 'ZB-H2',
		'interleaved-zero-bubble': 'Interleaved ZB',
		'zb-v': 'ZB-V',
		'v-half': 'V-Half',
		'v-min': 'V-Min',
		dualpipe: 'DualPipe',
		dualpipev: 'DualPipeV',
		'span=0': 'all',
		'tick=0': 'auto'
	},
	views: {
		'walk-1-naive': '1 · No pipelining',
		'walk-2-gpipe': '2 · GPipe',
		'walk-3-1f1b': '3 · 1F1B',
		'walk-4-interleaved': '4 · Interleaved 1F1B',
		'walk-5-zb-h1': '5 · Zero bubble, H1',
		'walk-6-zb-h2': '6 · Zero bubble, H2',
		'walk-7-zb-v': '7 · Zero bubble, V',
		'walk-8-dualpipe': '8 · DualPipe',
		'gpipe-and-1f1b': 'GPipe beside 1F1B',
		'1f1b-and-dualpipe': '1F1B beside DualPipe',
		pipedream: 'PipeDream’s weight versions',
		'few-microbatches': 'Too few microbatches',
		communication: 'Slow links',
		critical: 'The critical path',
		'v-min': 'A third of the memory',
		dualpipev: 'DualPipeV',
		'looped-bfs': 'Breadth first',
		'interleaved-zero-bubble': 'Interleaved zero bubble',
		'gpipe-paper': 'GPipe as the paper draws it',
		large: '64 devices, 512 microbatches'
	},
	problems: {
		interleaved: (v: Values) =>
			`This schedule takes microbatches in groups as large as the number of devices, so ${num(v, 'microbatches')} on ${num(v, 'stages')} devices cannot be planned. Drawn with ${num(v, 'newMicrobatches')}.`,
		dualpipe: (v: Values) =>
			`DualPipe needs an even number of devices and an even number of microbatches, at least twice as many as devices. Drawn with ${num(v, 'newStages')} devices and ${num(v, 'newMicrobatches')} microbatches.`,
		dualpipev: (v: Values) => `DualPipeV needs at least twice as many microbatches as devices. Drawn with ${num(v, 'newMicrobatches')}.`
	},
	about: {
		naive: 'One microbatch at a time goes through all devices and back. One device works, the others watch.',
		gpipe: 'All forwards, then all backwards. Simple, and every activation of the batch is held at once.',
		'1f1b': 'One forward, one backward in turn as soon as gradients come back. GPipe’s bubble, but never more than p microbatches held.',
		'interleaved-1f1b':
			'Each device holds several thin chunks of the model, so the pipeline fills sooner. More messages, more activations.',
		'looped-bfs': 'Chunks as in interleaved 1F1B, but each takes all microbatches before the next has its turn.',
		pipedream: '1F1B that never stops: weights change after every backward, and a stage keeps the versions its microbatches began with.',
		'zb-h1': 'The backward is split: I (for the inputs) is urgent, W (for the weights) can wait and fills gaps. Memory as in 1F1B.',
		'zb-h2': 'Still more forwards at the start: no gap inside any device’s span, for nearly twice the activations.',
		'interleaved-zero-bubble': 'Interleaved 1F1B with the backward split, so that W fills its gaps.',
		'zb-v': 'Two chunks per device in a V: the last chunk lies on the first device. No gap when F, I and W last alike.',
		'v-half': 'A V whose blocks are spaced so that about half of 1F1B’s activations suffice.',
		'v-min': 'A V with the fewest activations, about a third of 1F1B’s, at the price of a larger bubble.',
		dualpipe: 'Microbatches enter from both ends, and each device overlaps a forward with a backward. Two copies of the parameters.',
		dualpipev: 'DualPipe folded into a V: half as many devices for the same stages, one copy of the parameters.'
	},
	phases: { warmup: 'warm-up', steady: 'steady', cooldown: 'cool-down' },
	legend: {
		forward: 'forward',
		backward: 'backward',
		backwardSplit: 'backward (I or whole)',
		weight: 'weight gradient (W)',
		idle: 'idle',
		activations: 'activations held',
		versions: 'weight versions held',
		chunks: 'paler: later chunk',
		directions: 'paler: the other direction'
	},
	view: {
		device: (d: number) => `Device ${d}`,
		peak: (chunks: number) => `peak ${chunks}`,
		minimap: 'Part of the time that is shown',
		zoomIn: 'Closer',
		zoomOut: 'Further away',
		zoomAll: 'Show all',
		summary: (v: Values) =>
			`${num(v, 'operations')} operations on ${num(v, 'devices')} devices in ${num(v, 'makespan')} slots. Arrow keys walk over them, + and − zoom, 0 shows all.`
	},
	table: {
		device: 'device',
		operation: 'operation',
		start: 'start',
		end: 'end',
		idle: 'idle before',
		awaited: 'waited for',
		foot: (v: Values) => `The first ${num(v, 'rows')} of ${num(v, 'all')} operations; the figure's JSON has all.`
	}
};
export type PipelineText = typeof en;
