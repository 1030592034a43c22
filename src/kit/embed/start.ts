/** Where the script of an embed begins: the still picture becomes the figure. */
import { mount, tick } from 'svelte';
import type { Frame } from '#kit/embed/bootstrap.ts';
import type { Manifest } from '#kit/explainer.ts';
import Embed from '#kit/embed/Embed.svelte';
import { readOptions } from '#kit/embed/options.ts';
import { isLocale, languageTag } from '#kit/text/locale.ts';

const FOCUSABLE = 'a, button, input, textarea, select, summary, [tabindex]';

export async function start(manifest: Manifest): Promise<void> {
	const { default: explainer } = await manifest.load();
	const target = document.getElementById('embed')!;
	const query = new URLSearchParams(location.search);
	const { lang, ...options } = readOptions(query);
	const given = target.dataset['lang'] ?? '';
	const locale = lang ?? (isLocale(given) ? given : 'en');
	const root = document.documentElement;
	root.lang = languageTag[locale];
	// Who came by keys stays where they are, and what was pressed while the script was on its way is done.
	const nameOf = (element: Element): string => element.tagName + (element.getAttribute('aria-label') ?? element.textContent.trim());
	const named = (name: string): HTMLElement | undefined =>
		[...target.querySelectorAll<HTMLElement>(FOCUSABLE)].find((element) => nameOf(element) === name);
	const focused = target.contains(document.activeElement) ? nameOf(document.activeElement!) : '';
	target.replaceChildren();
	mount(Embed, { target, props: { explainer, manifest, locale, options, search: location.search } });
	root.removeAttribute('data-pending');
	await tick();
	named(focused)?.focus({ preventScroll: true });
	const { pressed = [] } = (window as unknown as { llmUnrolled?: Frame }).llmUnrolled ?? {};
	for (const name of pressed) named(`BUTTON${name}`)?.click();
}
