/** Names of the stages that are short enough for a phone, and the same in both languages unless said otherwise. */
export const shortMarks = {
	softmax: 'softmax',
	penalties: 'penalty',
	dry: 'DRY',
	'top-n-sigma': 'nσ',
	temperature: 'T',
	'top-h': 'top-h',
	'top-k': 'top-k',
	'top-p': 'top-p',
	'min-p': 'min-p',
	typical: 'typical',
	epsilon: 'ε',
	eta: 'η',
	tfs: 'TFS',
	'top-a': 'top-a',
	xtc: 'XTC',
	mirostat: 'mirostat',
	draw: 'draw'
};
