import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { inlineScript, openLanguage } from './inline-scripts.ts';

const body = (script: string): string => script.replace(/^<script>/, '').replace(/<\/script>$/, '');

describe('a script in the page', () => {
	it('carries its arguments, whatever they hold', () => {
		const hostile = '</script><script>alert(1)</script>"\'\\\u2028';
		const script = inlineScript(function (text: string) {
			(globalThis as unknown as { got: string }).got = text;
		}, hostile);
		expect(script.match(/<\/script/g)).toHaveLength(1);
		const world: { got?: string } = {};
		runInNewContext(body(script), world);
		expect(world.got).toBe(hostile);
	});
	it.each([
		[['zh-CN', 'en'], '/zh'],
		[['en-GB', 'zh-TW'], '/zh'],
		[['de', 'en'], '/en'],
		[[], '/en']
	])('opens the language of a reader of %j: %s', (languages, path) => {
		const went: string[] = [];
		runInNewContext(body(inlineScript(openLanguage, '/zh', '/en')), {
			navigator: { languages },
			location: { replace: (to: string) => went.push(to) }
		});
		expect(went).toEqual([path]);
	});
});
