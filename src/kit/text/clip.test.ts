import { describe, expect, it } from 'vitest';
import { clip, textWidth } from './clip.ts';

describe('text in a picture', () => {
	it('stays whole where it fits and ends in an ellipsis where it does not', () => {
		expect(clip('there', 35)).toBe('there');
		expect(clip('there', 34)).toBe('the…');
		expect(clip('grandmother', 50)).toBe('grandm…');
		expect(clip('', 0)).toBe('');
	});

	it('counts Chinese and emoji as wide, and never cuts a character in two', () => {
		expect(textWidth('词元')).toBe(25);
		expect(clip('大语言模型', 40)).toBe('大语…');
		expect(clip('😀😀😀', 30)).toBe('😀…');
		expect(clip('𠮷', 1)).toBe('𠮷…');
	});

	it('is never wider than its room, if that holds one letter and the ellipsis', () => {
		for (const word of ['·slide', '其余 2,033 个', 'a😀词b', '…………']) {
			for (let room = 20; room < 120; room++) expect(textWidth(clip(word, room))).toBeLessThanOrEqual(room);
		}
	});
});
