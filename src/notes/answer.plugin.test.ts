import { describe, expect, it } from 'vitest';
import { bareWords, frontMatter, parseAnswer } from './answer.plugin.ts';

const good = `---
figures:
  - paged-attention?scene=paper-fig6&step=3
  - sampling
sources:
  - Kwon et al.: PagedAttention, SOSP 2023, section 4
  - "https://arxiv.org/abs/2309.06180"
---

## en
A block has $B$ slots, see [the paper](https://arxiv.org/abs/2309.06180).

$$
w < B
$$

### Follow-up
**Why \`16\`?** Because.

## zh
一块有 $B$ 个槽位。

$$
w < B
$$

### 追问
**为何是 16？** 因为。
`;
const change = (from: string, to: string): string => {
	expect(good).toContain(from);
	return good.replace(from, to);
};

describe('an answer', () => {
	const answer = parseAnswer(good, 't001.md');

	it('names its figures in their states', () => {
		expect(answer.figures).toEqual([
			{ slug: 'paged-attention', query: 'scene=paper-fig6&step=3' },
			{ slug: 'sampling', query: '' }
		]);
	});
	it('has sources whose colons need no quotes and whose addresses are links', () => {
		expect(answer.sources[0]).toBe('Kwon et al.: PagedAttention, SOSP 2023, section 4');
		expect(answer.sources[1]).toBe('<a href="https://arxiv.org/abs/2309.06180">https://arxiv.org/abs/2309.06180</a>');
	});
	it('is parted from its follow-up in each language, with formulas set', () => {
		expect(answer.en.answer).toContain('class="katex"');
		expect(answer.en.answer).toContain('katex-display');
		expect(answer.en.answer).not.toContain('Follow-up');
		expect(answer.en.followUp).toBe('<p><strong>Why <code>16</code>?</strong> Because.</p>');
		expect(answer.zh.answer).toContain('个槽位');
		expect(answer.zh.followUp).toBe('<p><strong>为何是 16？</strong> 因为。</p>');
	});
	it('gives the search bare words of its own language', () => {
		expect(answer.en.words).toBe('A block has slots, see the paper. Follow-up Why 16 ? Because.');
		expect(answer.zh.words).toBe('一块有 个槽位。 追问 为何是 16？ 因为。');
	});
	it('may come from a system with other line ends', () => {
		expect(parseAnswer(good.replaceAll('\n', '\r\n'), 't001.md')).toEqual(answer);
	});
});

describe('what is wrong is told with the file, and the line where there is one', () => {
	it.each([
		['no lists', good.slice(good.indexOf('## en')), 't1.md:1: the file begins with "---"'],
		['an unknown list', change('sources:', 'source:'), 't1.md:5: unknown list "source"'],
		['a list twice', change('sources:', 'figures:'), 't1.md:5: "figures" stands here twice'],
		['a stray line', change('  - sampling', 'sampling'), 't1.md:4: neither "name:" nor "- item"'],
		['no figure', change('  - paged-attention?scene=paper-fig6&step=3\n  - sampling\n', ''), 't1.md: an answer names at least one figure'],
		['a third section', `${good}\n## fr\nNon.\n`, 't1.md: unknown section "fr"'],
		['a language missing', good.slice(0, good.indexOf('## zh')), 't1.md: missing or empty section: zh'],
		['no follow-up', change('### 追问', '### 问'), 't1.md: section "zh" is an answer, one "### 追问"'],
		['a follow-up in the other language', change('### Follow-up', '### 追问'), 't1.md: section "en"'],
		['an empty follow-up', change('**为何是 16？** 因为。\n', ''), 't1.md: section "zh"'],
		['broken TeX', change('一块有 $B$ 个', '一块有 $\\frac{B}$ 个'), 't1.md:21: ']
	])('%s', (_, text, sentence) => {
		expect(() => parseAnswer(text, 't1.md')).toThrow(sentence);
	});
	it('line numbers below the lists stay those of the file', () => {
		const { body } = frontMatter(good, 't1.md');
		expect(body.split('\n').indexOf('## en')).toBe(good.split('\n').indexOf('## en'));
	});
});

it('bare words have no marks left', () => {
	expect(bareWords('| a | b |\n| - | - |\n| **c** | `d` |\n\n> [e](x) $f$ $$g$$')).toBe('a b c d e');
});
