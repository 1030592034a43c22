/** The named states: first a walk from no pipeline to DualPipe, each with the same work per device, then single points. */
import type { NamedView } from '#kit/explainer.ts';

/** Two chunks a device: each takes half as long, so that the device has as much to do. */
const HALF = 'tF=0.5&tI=0.5&tW=0.5';

export const views: readonly NamedView[] = [
	{ id: 'walk-1-naive', query: 'schedule=naive&step=20' },
	{ id: 'walk-2-gpipe', query: 'schedule=gpipe&step=11' },
	{ id: 'walk-3-1f1b', query: 'schedule=1f1b&step=13' },
	{ id: 'walk-4-interleaved', query: `schedule=interleaved-1f1b&${HALF}&tick=0.5&step=22` },
	{ id: 'walk-5-zb-h1', query: 'schedule=zb-h1&step=13' },
	{ id: 'walk-6-zb-h2', query: 'schedule=zb-h2&step=13' },
	{ id: 'walk-7-zb-v', query: `schedule=zb-v&${HALF}&tick=0.5&step=22` },
	{ id: 'walk-8-dualpipe', query: 'schedule=dualpipe&step=11' },
	{ id: 'gpipe-and-1f1b', query: 'schedule=gpipe&compare=1&b.schedule=1f1b&step=13' },
	{ id: '1f1b-and-dualpipe', query: 'schedule=1f1b&stages=8&microbatches=20&compare=1&b.schedule=dualpipe&step=30' },
	{ id: 'pipedream', query: 'schedule=pipedream&microbatches=12&step=20' },
	{ id: 'few-microbatches', query: 'schedule=1f1b&stages=8&microbatches=4&step=14' },
	{ id: 'communication', query: 'schedule=1f1b&tComm=1&step=20' },
	{ id: 'critical', query: 'schedule=zb-h1&critical=1&step=13' },
	{ id: 'v-min', query: `schedule=v-min&stages=8&microbatches=16&${HALF}&tick=0.5&step=40` },
	{ id: 'dualpipev', query: 'schedule=dualpipev&microbatches=10&step=24' },
	{ id: 'looped-bfs', query: `schedule=looped-bfs&${HALF}&tick=0.5&step=22` },
	{ id: 'interleaved-zero-bubble', query: `schedule=interleaved-zero-bubble&${HALF}&tick=0.5&step=22` },
	{ id: 'gpipe-paper', query: 'schedule=gpipe&microbatches=4&reverse=1&step=9' },
	{ id: 'large', query: 'schedule=1f1b&stages=64&microbatches=512&step=300' }
];
