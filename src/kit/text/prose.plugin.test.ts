import { describe, expect, it } from 'vitest';
import { renderProse, renderTex, renderTexTags, SECTIONS } from './prose.plugin.ts';

/** Prose with every section, and `text` in the one of the maths; `before` lines stand above it. */
const prose = (text: string): string => SECTIONS.map((id) => `## ${id}\n\n${id === 'maths' ? text : 'Words.'}\n`).join('\n');
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
const maths = (text: string): string => renderProse(prose(text), 'prose.en.md')['maths'] ?? '';

describe('prose', () => {
	it('becomes HTML by section', () => {
		const html = renderProse(prose('One **two**.'), 'prose.en.md');
		expect(Object.keys(html)).toEqual([...SECTIONS]);
		expect(html['maths']).toBe('<p>One <strong>two</strong>.</p>');
	});
	it('keeps underscores and stars of a formula out of Markdown’s hands', () => {
		const html = maths('As $a_1 * b_2 * c_3$ and $x_{i}_y$ are'.replace('_y', '') + ' here.');
		expect(html).not.toContain('<em>');
		expect(html).not.toContain('<strong>');
		expect(html.match(/class="katex"/g)).toHaveLength(2);
		expect(html).toContain('a_1 * b_2 * c_3');
	});
	it('sets a display formula by itself, with MathML for a screen reader', () => {
		const html = maths('Then\n\n$$\n\\frac{a}{b}\n$$\n\nends.');
		expect(html).toContain('class="katex-display" tabindex="0"');
		expect(html).toContain('<mfrac>');
	});
	it('leaves prices, escaped dollars and shell variables alone', () => {
		for (const text of ['It costs $5 and $7.', 'A \\$ sign', 'US$3 or 4$']) expect(maths(text)).not.toContain('katex');
	});
	it('has tables', () => {
		expect(maths('| a | b |\n| - | - |\n| $x_1$ | 2 |')).toMatch(/<table>[\s\S]*katex[\s\S]*<\/table>/);
	});
});

describe('broken prose fails with file and line', () => {
	it.each([
		['inline', 'One\n\ntwo $\\frac{1}$ three', '$\\frac{1}$'],
		['display', 'One\n\n$$\n\\nope\n$$', '$$\n\\nope'],
		['inline after display formulas of many lines', '$$\na\n+\nb\n$$\n\n$$\nc\n$$\n\nand $\\sqrt[$', '$\\sqrt[$'],
		['a brace too many', 'so $a}$ ', '$a}$']
	])('%s', (_, text, broken) => {
		const source = prose(text);
		expect(() => renderProse(source, 'src/x/prose.en.md')).toThrow(`src/x/prose.en.md:${lineOf(source, broken)}: `);
	});
	it('when a section is unknown, missing or empty', () => {
		expect(() => renderProse(prose('x').replace('## walk', '## wlak'), 'p.md')).toThrow('p.md: unknown section "wlak"');
		expect(() => renderProse(prose('x').replace('## walk\n\nWords.', ''), 'p.md')).toThrow('p.md: missing or empty section: walk');
		expect(() => renderProse(prose('  '), 'p.md')).toThrow('p.md: missing or empty section: maths');
	});
});

describe('formulas in code', () => {
	it('become the text of their HTML', () => {
		const code = renderTexTags('import { tex } from "tex";\nconst f = tex`\\frac{x_1}{2}`;', 'a.ts');
		const [, literal = ''] = /const f = (".*");$/s.exec(code) ?? [];
		expect(JSON.parse(literal)).toBe(renderTex('\\frac{x_1}{2}', false));
	});
	it('that are broken or hold values fail with file and line', () => {
		expect(() => renderTexTags('a\nb\nconst f = tex`\\frac{1`;', 'src/a.ts')).toThrow('src/a.ts:3: ');
		expect(() => renderTexTags('a\nconst f = tex`x_${n}`;', 'src/a.ts')).toThrow('src/a.ts:2: ');
	});
	it('of other names are not touched', () => {
		const code = 'const f = latex`\\frac{1`; const g = vertex;';
		expect(renderTexTags(code, 'a.ts')).toBe(code);
	});
});
