/** Things of the data tables, by the names that they have in addresses. */
import { slug } from '#maths/data/slug.ts';
import { oneOf, type Param } from '#kit/params/schema.ts';

type Slugs = readonly [string, ...string[]];

/** The slugs of a list, and `more` that stand for something else. */
export const slugs = (list: readonly { readonly slug: string }[], ...more: string[]): Slugs =>
	[...list.map((x) => x.slug), ...more] as unknown as Slugs;

/** One of a few slugs; the beginning of one is understood when only one begins so, and a name is taken for its slug. */
export function bySlug(values: Slugs, initial: string): Param<string> {
	const inner = oneOf(values, initial);
	return {
		...inner,
		parse(given) {
			const wanted = slug(given.trim());
			const hits = values.filter((value) => value === wanted);
			const starts = hits.length > 0 || wanted === '' ? hits : values.filter((value) => value.startsWith(wanted));
			return starts.length === 1 ? { value: starts[0]! } : inner.parse(given);
		}
	};
}
