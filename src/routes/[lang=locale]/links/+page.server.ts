import { registry } from '#explainers/registry.ts';
import type { Param } from '#kit/params/schema.ts';
import { isLocale, locales } from '#kit/text/locale.ts';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));

/** A value that no table should be filled with. */
const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** The schemas and named views of all figures, as the page tells them. */
export const load: PageServerLoad = async ({ params }) => {
	const locale = isLocale(params.lang) ? params.lang : 'en';
	const figures = registry.map(async ({ slug, title, was = [], load: loadFigure }) => {
		const { default: explainer } = await loadFigure();
		const text = explainer.labels[locale];
		const parameters = Object.entries(explainer.model.params).map(([name, any]) => {
			const param = any as Param;
			const named = param.kind === 'oneOf' ? (param.values ?? []) : [];
			return {
				name,
				label: text.params[name] ?? name,
				range: named.length > 0 ? '' : typeof param.range === 'string' ? param.range : param.range[locale],
				// With what each value means, where that is more than its name.
				values: named.map((value) => ({ value, label: text.values[`${name}.${value}`] ?? text.values[value] ?? value })),
				initial: shorten(param.print(param.initial)),
				was: [...(param.was ?? [])]
			};
		});
		const views = explainer.views.map(({ id, query }) => ({ id, query, label: text.views[id] ?? id }));
		return { slug, was: [...was], title: title[locale], opening: explainer.opening ?? '', parameters, views };
	});
	return { locale, figures: await Promise.all(figures) };
};
