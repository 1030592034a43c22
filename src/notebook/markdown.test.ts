import { describe, expect, it } from 'vitest';
import { heightOf } from './embed.ts';
import { figureAddress, type Site } from './figure-address.ts';
import { blocksOf, type Block } from './markdown.ts';

const site: Site = { origin: 'https://example.org', base: '', lang: 'en' };
const below: Site = { ...site, base: '/llm-unrolled' };

describe('links to figures', () => {
	it.each([
		['/en/sampling?topK=5', 'en', 'sampling', 'topK=5'],
		['/zh/head-sharing', 'zh', 'head-sharing', ''],
		['https://example.org/en/sampling?a=1&b=2#x', 'en', 'sampling', 'a=1&b=2'],
		['../zh/sampling', 'zh', 'sampling', ''],
		['sampling?topK=5', 'en', 'sampling', 'topK=5'],
		['/en/sampling/', 'en', 'sampling', ''],
		['/en/sampling.html', 'en', 'sampling', ''],
		['/embed/zh/sampling?step=2', 'zh', 'sampling', 'step=2']
	])('%s', (href, lang, slug, query) => {
		expect(figureAddress(href, site)).toEqual({ lang, slug, query });
	});
	it('with and without the base path', () => {
		const figure = { lang: 'en', slug: 'sampling', query: 'topK=5' };
		for (const href of ['/llm-unrolled/en/sampling?topK=5', '/en/sampling?topK=5', 'https://example.org/llm-unrolled/en/sampling?topK=5'])
			expect(figureAddress(href, below), href).toEqual(figure);
	});
	it('with a named view in the path', () => {
		expect(figureAddress('/en/sampling/top-k', site)).toEqual({ lang: 'en', slug: 'sampling', query: '', view: 'top-k' });
	});
	it.each([
		'https://evil.invalid/en/sampling', '//evil.invalid/en/sampling', '/\\evil.invalid/en/sampling', 'javascript:/en/sampling', 'http://example.org/en/sampling',
		'https://user@example.org/en/sampling', '/fr/sampling', '/en', '/en/gallery', '/en/notebook', '/en/a/b/c', '/en/SAMPLING', '/en/..%2fsampling', 'https://', ''
	])('%s is none', (href) => expect(figureAddress(href, site)).toBeUndefined()); // prettier-ignore
});

const blocks = blocksOf(site);
const shape = (text: string): string[] =>
	blocks(text).map((block) =>
		block.kind === 'figure' ? `figure ${block.label}|${block.figure.slug}?${block.figure.query}` : block.html.trim()
	);

describe('a figure alone on its line', () => {
	const one = ['figure A|sampling?topK=5'];
	it.each([
		['[A](/en/sampling?topK=5)', one],
		['  [A](</en/sampling?topK=5> "title")  ', one],
		['before\n[A](/en/sampling?topK=5)\nafter', ['<p>before</p>', ...one, '<p>after</p>']],
		['/en/sampling?topK=5', ['figure |sampling?topK=5']],
		['<https://example.org/en/sampling?topK=5>', ['figure |sampling?topK=5']],
		['https://example.org/en/sampling?topK=5', ['figure |sampling?topK=5']],
		['[a \\[b\\]](/en/sampling)', ['figure a [b]|sampling?']],
		['[one](/en/sampling)\n[two](/en/sampling)', ['figure one|sampling?', 'figure two|sampling?']],
		['[unknown](/en/not-there)', ['figure unknown|not-there?']]
	])('%j', (text, expected) => expect(shape(text)).toEqual(expected));
	it.each([
		'see [A](/en/sampling) here',
		'- [A](/en/sampling)',
		'> [A](/en/sampling)',
		'```\n[A](/en/sampling)\n```',
		'    [A](/en/sampling)',
		'[A](https://evil.invalid/en/sampling)',
		'![A](/en/sampling)'
	])('is a link in %j', (text) => {
		const made = blocks(text);
		expect(made.every(({ kind }) => kind === 'html')).toBe(true);
	});
	it('knows its place in the text, also among lines that look like it', () => {
		const text = '```\n/en/sampling\n```\n\n\n  \n/en/sampling?a=1\n\n/en/sampling\nend';
		const figures = blocks(text).filter((block) => block.kind === 'figure');
		expect(figures.map(({ from, raw }) => text.slice(from, from + raw.length).trim())).toEqual(['/en/sampling?a=1', '/en/sampling']);
		expect(figures.map(({ from }) => from)).toEqual([text.indexOf('/en/sampling?'), text.lastIndexOf('/en/sampling')]);
	});
	it('keeps its key while the text around it changes, so that its frame is not loaded again', () => {
		const keyed = (text: string): string | undefined => blocks(text).find(({ kind }) => kind === 'figure')?.key;
		expect(keyed('a\n\n[A](/en/sampling)\n\nb')).toBe(keyed('# new\n\nab\n\n[Other words](/en/sampling)'));
		const keys = blocks('[A](/en/sampling)\n\n[A](/en/sampling)\n\nx\n\nx').map(({ key }: Block) => key);
		expect(new Set(keys).size).toBe(keys.length);
	});
});

describe('formulas', () => {
	it.each([
		['$x_1 * y_2$ and *z*', '<p><code data-tex="inline">x_1 * y_2</code> and <em>z</em></p>'],
		['$$\n\\frac{a}{b}\n$$', '<p><code data-tex="block">\\frac{a}{b}</code></p>'],
		['text\n$$a<b$$\ntext', '<p>text</p>\n|<p><code data-tex="block">a&lt;b</code></p>\n|<p>text</p>'],
		['costs $5 and $7', '<p>costs $5 and $7</p>'],
		['`$x$`', '<p><code>$x$</code></p>'],
		['\\$a\\$', '<p>$a$</p>'],
		['设 $T$，再做', '<p>设 <code data-tex="inline">T</code>，再做</p>']
	])('%j', (text, html) => expect(blocks(text).map((block) => (block.kind === 'html' ? block.html : '')).join('|').trim()).toBe(html)); // prettier-ignore
});

it('an element opened in one paragraph and closed in another stays whole', () => {
	const [only, ...rest] = blocks('<details>\n\n**text**\n\n</details>');
	expect(rest).toEqual([]);
	expect(only?.kind === 'html' && only.html).toMatch(/<details>\s*<p><strong>text<\/strong><\/p>\s*<\/details>/);
});

describe('a frame tells its height', () => {
	const say = (part: object) => heightOf({ type: 'llm-unrolled', version: 1, event: 'height', height: 400.2, ...part });
	it('and nothing else is one', () => {
		expect(say({})).toBe(401);
		for (const part of [
			{ type: 'x' },
			{ version: 2 },
			{ event: 'step' },
			{ height: '400' },
			{ height: -1 },
			{ height: NaN },
			{ height: 1e9 }
		])
			expect(say(part), JSON.stringify(part)).toBeUndefined();
		for (const message of [null, undefined, 'height', 5, []]) expect(heightOf(message)).toBeUndefined();
	});
});
