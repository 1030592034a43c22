/** Where the script of an embed begins: the still picture becomes the figure. */
import { mount, tick } from 'svelte';
import type { Frame } from '#kit/embed/bootstrap.ts';
import type { Manifest } from '#kit/explainer.ts';
import Embed from '#kit/embed/Embed.svelte';
import { readOptions } from '#kit/embed/options.ts';
import { isLocale, languageTag } from '#kit/text/locale.ts';

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
	const focusable = (): HTMLElement[] => [...target.querySelectorAll<HTMLElement>('a, button, input, textarea, select, summary, [tabindex]')];
	const focused = focusable().findIndex((element) => element === document.activeElement);
	target.replaceChildren();
	mount(Embed, { target, props: { explainer, manifest, locale, options, search: location.search } });
	root.removeAttribute('data-pending');
	await tick();
	focusable()[focused]?.focus({ preventScroll: true });
	const { pressed = [] } = (window as unknown as { llmUnrolled?: Frame }).llmUnrolled ?? {};
	for (const index of pressed) target.querySelectorAll<HTMLElement>('button')[index]?.click();
}
