import { afterEach, describe, expect, it, vi } from 'vitest';
import { siteOrigin } from '../../../scripts/lib/origin.mjs';
import { oembed } from './oembed.ts';

const embedded = {
	title: 'Sampling: greedy',
	site: 'LLM Unrolled',
	home: '/en',
	embed: '/embed/en/sampling?temperature=0&topK=5',
	card: '/figures/sampling/greedy.en.card.png',
	width: 780,
	height: 620
};
afterEach(() => vi.unstubAllEnvs());

describe('oEmbed', () => {
	it('has what the specification asks of type "rich"', () => {
		vi.stubEnv('SITE_ORIGIN', 'https://unrolled.example');
		const answer = oembed(embedded);
		expect(answer).toMatchObject({
			version: '1.0',
			type: 'rich',
			title: 'Sampling: greedy',
			width: 780,
			height: 620,
			provider_url: 'https://unrolled.example/en',
			thumbnail_url: 'https://unrolled.example/figures/sampling/greedy.en.card.png'
		});
		expect(answer['html']).toContain('src="https://unrolled.example/embed/en/sampling?temperature=0&amp;topK=5"');
	});
});

describe('SITE_ORIGIN', () => {
	it.each([
		['', ''],
		['https://unrolled.example', 'https://unrolled.example'],
		['https://unrolled.example/', 'https://unrolled.example'],
		['http://localhost:4173', 'http://localhost:4173']
	])('%j is %j', (given, origin) => {
		vi.stubEnv('SITE_ORIGIN', given);
		expect(siteOrigin()).toBe(origin);
	});
	it.each(['unrolled.example', 'https://unrolled.example/path', 'ftp://x.org', 'javascript:alert(1)', 'https://'])(
		'%j is refused',
		(given) => {
			vi.stubEnv('SITE_ORIGIN', given);
			expect(siteOrigin).toThrow(/origin/);
		}
	);
});
