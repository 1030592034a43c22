import { describe, expect, it } from 'vitest';
import { iframe, markdownLink, scripted } from './snippets.ts';

const hostile = '"]<script>alert(1)</script>[&';

describe('what a reader pastes', () => {
	it('is a Markdown link, whatever its parts hold', () => {
		expect(markdownLink({ title: 'Top-k', link: 'https://x.org/en/sampling?topK=5&step=2' })).toBe('[Top-k](https://x.org/en/sampling?topK=5&step=2)');
		expect(markdownLink({ title: 'a [b] \\', link: 'https://x.org/?p=(a)' })).toBe('[a \\[b\\] \\\\](https://x.org/?p=%28a%29)');
	});
	it('is a frame that nothing breaks out of', () => {
		const html = iframe({ title: hostile, embed: 'https://x.org/embed/en/sampling?a=1&b="2"', height: 512.3 });
		expect(html).toContain('src="https://x.org/embed/en/sampling?a=1&amp;b=&quot;2&quot;"');
		expect(html).toContain('height="513"');
		expect(html).not.toContain('<script');
	});
	it('is a link that stays one without the script', () => {
		const html = scripted({ title: hostile, link: 'https://x.org/en/sampling?a=1&b=2', script: 'https://x.org/embed.js' });
		expect(html.match(/<script/g)).toHaveLength(1);
		expect(html).toContain('<a href="https://x.org/en/sampling?a=1&amp;b=2">');
	});
});
