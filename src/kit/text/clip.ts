/** Text in a picture whose fonts are the reader's: no width is known, but one that almost no font exceeds. Letters of 12 px. */

const LETTER = 7;
/** Chinese and its like are as wide as high. */
const WIDE =
	/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Most letters lie below all that is wide, and are not asked further: names are measured at every move of a slider. */
const widthOf = (letter: string): number => (letter >= '\u1100' && WIDE.test(letter) ? 12.5 : LETTER);

/** Pixels that a text takes, rather too many than too few. */
export const textWidth = (text: string): number => [...text].reduce((sum, letter) => sum + widthOf(letter), 0);

/** A word, or as much of it as `width` pixels hold, an ellipsis behind it; at least one letter. */
export function clip(word: string, width: number): string {
	if (textWidth(word) <= width) return word;
	const letters = [...word];
	let room = width - LETTER;
	let n = 0;
	while (n < letters.length && (room -= widthOf(letters[n]!)) >= 0) n++;
	return `${letters.slice(0, Math.max(1, n)).join('')}…`;
}
