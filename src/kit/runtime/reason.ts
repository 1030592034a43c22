/** What of a model keeps this page from running it, where the code alone would not say. Sentences are in messages.ts. */
export type Reason =
	| 'missing' // a file that every model has
	| 'half' // only graphs in 16-bit numbers
	| 'too-large'
	| 'several' // folders with a model each
	| 'format' // weights, but no graph
	| 'pointer' // what git-lfs leaves in a file's place
	| 'gone' // it could be picked, and cannot be read any more
	| 'weights' // the graph's weights lie in a file that was not picked
	| 'vocabulary' // the graph gives other logits than config.json says
	| 'encoder-decoder'
	| 'config' // config.json lacks a number
	| 'no-cache' // the graph takes no keys and values
	| 'cache-type' // they are no 32-bit numbers
	| 'inputs' // the graph asks for something else as well
	| 'outputs'
	| 'operators' // ONNX Runtime has no code for one
	| 'no-lab'; // nothing to look inside with
