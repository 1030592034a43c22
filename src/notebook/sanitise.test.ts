import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { FOREIGN, hostileNotes } from '../../tests/lib/hostile-notes.ts';
import { blocksOf } from './markdown.ts';
import { createSanitiser } from './sanitise.ts';

const page = 'https://example.org/en/notebook';
const { window } = new JSDOM('', { url: page });
const sanitise = createSanitiser(window, { page, foreign: (host) => `from ${host}` });
const blocks = blocksOf({ origin: 'https://example.org', base: '', lang: 'en' });
const clean = (html: string): string => {
	const box = window.document.createElement('div');
	box.append(sanitise(html));
	return box.innerHTML;
};

describe('a clean note', () => {
	it.each([
		['<p><strong>b</strong> <em>i</em> <del>d</del> <code>c</code></p>', undefined],
		['<table><thead><tr><th align="right">a</th></tr></thead></table>', undefined],
		['<ul><li><input disabled="" type="checkbox" aria-label="task"> task</li></ul>', undefined],
		['<img src="/figures/sampling/a.en.svg" alt="x">', '<img src="/figures/sampling/a.en.svg" alt="x" loading="lazy" decoding="async">'],
		['<a href="/en/sampling?topK=5">f</a>', '<a href="/en/sampling?topK=5" target="_blank" rel="noopener noreferrer nofollow">f</a>'],
		['<code data-tex="inline">x</code>', undefined],
		['<a href="javascript:x()">a</a>', '<a>a</a>'],
		['<p id="location" class="x" style="color:red" onclick="x()">a</p>', '<p>a</p>'],
		['<iframe src="/en"></iframe><form><button>b</button></form>', 'b'],
		['<input type="text" value="x"><input type="checkbox">', '<input type="checkbox" disabled="" aria-label="…">'],
		['<svg><script>x()</script></svg><math><mi>x</mi></math>', '']
	])('%s', (html, expected) => expect(clean(html)).toBe(expected ?? html));

	it('shows a picture of another origin as a link and asks for nothing', () => {
		const link = `<a href="${FOREIGN}/p.png" target="_blank" rel="noopener noreferrer nofollow" class="foreign-picture">from evil.invalid: cat</a>`;
		expect(clean(`<img src="${FOREIGN}/p.png" alt="cat">`)).toBe(link);
		expect(clean('<a href="/x"><img src="//evil.invalid/p.png"></a>')).toContain('<span class="foreign-picture">from evil.invalid</span>');
		expect(clean('<img src="data:text/html;base64,eA==" alt="a">')).toBe('<span class="foreign-picture">a</span>');
		expect(clean('<img src="data:image/png;base64,eA==" alt="a">')).toContain('src="data:image/png;base64,eA=="');
		expect(clean('<img src="javascript:x()" alt="a">')).toBe('<span class="foreign-picture">a</span>');
	});
});

const FORBIDDEN = /^(script|style|iframe|frame|object|embed|form|button|svg|math|link|meta|base|template|video|audio|source|picture)$/;
const ATTRIBUTE = /^on|^(style|srcset|srcdoc|action|formaction|ping|background|poster|id|name|xlink)/i;

/** What an element may not be or do. */
function faults(element: Element): string[] {
	const wrong: string[] = [];
	if (FORBIDDEN.test(element.localName) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') wrong.push(element.localName);
	for (const { name, value } of element.attributes) {
		if (ATTRIBUTE.test(name)) wrong.push(name);
		if (name === 'href' && !/^(https?|mailto):$/.test(new URL(value, page).protocol)) wrong.push(value);
		const own = (): boolean =>
			new URL(value, page).origin === 'https://example.org' || /^data:image\/(png|jpeg|gif|webp);base64,/i.test(value);
		if (name === 'src' && !own()) wrong.push(value);
	}
	return wrong;
}

it('no one of 1,000 hostile notes keeps a script, a handler, a frame or a foreign picture', { timeout: 120_000 }, () => {
	const notes = hostileNotes(1000);
	expect(new Set(notes).size).toBeGreaterThan(900);
	const wrong: string[] = [];
	let elements = 0;
	for (const note of notes) {
		for (const block of blocks(note)) {
			if (block.kind === 'figure') {
				if (new URL(block.href, page).origin !== 'https://example.org') wrong.push(block.href);
				continue;
			}
			for (const element of sanitise(block.html).querySelectorAll('*')) {
				elements++;
				for (const fault of faults(element)) wrong.push(`${note}\n-> ${fault} in ${element.outerHTML}`);
			}
		}
	}
	expect(wrong).toEqual([]);
	expect(elements).toBeGreaterThan(1000);
	// The looking glass sees what is there.
	const box = window.document.createElement('div');
	box.innerHTML = '<img src="//evil.invalid/x" onerror="x()">';
	expect(faults(box.firstElementChild!)).toHaveLength(2);
});
