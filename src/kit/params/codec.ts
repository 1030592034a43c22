/** Parameters to and from a query string. Parsing accepts anything at all; printing names only what differs from the start. */
import { pack, PACKED, unpack } from '#kit/params/pack.ts';
import type { Clamp, Param, Params, Schema } from '#kit/params/schema.ts';

export interface ParsedQuery<S extends Schema> {
	readonly params: Params<S>;
	readonly clamped: readonly Clamp[];
	/** Whether any parameter of the schema was named at all. */
	readonly named: boolean;
}

/** Names that campaigns and chat programs append to links; they are nobody's mistake and not worth a note. */
const NOISE = /^(utm_\w+|fbclid|gclid|spm|from|scene|share_\w+|isappinstalled|nsukey|v)$/i;

/** Names that belong to the page and not to a figure. */
export const RESERVED = ['step', 'lang', 'theme', 'controls', 'autoplay', 'loop', 'compare', 'named'] as const;

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** The parameter that a name in an address means: its own, or one that it had once (`renamed` in schema.ts). */
function parameterOf(schema: Schema, name: string): string | undefined {
	if (Object.hasOwn(schema, name)) return name;
	return Object.keys(schema).find((key) => schema[key]?.was?.includes(name));
}

/**
 * Reads parameters whose names carry `prefix` (compared settings use "b."). A name given twice counts once, the first time.
 * `base` are the values of what is not named.
 */
export function parseQuery<S extends Schema>(schema: S, query: URLSearchParams, base: Params<S>, prefix = ''): ParsedQuery<S> {
	const params: Record<string, unknown> = { ...base };
	const clamped: Clamp[] = [];
	const seen = new Set<string>();
	let named = false;
	for (const [key, given] of query) {
		if (!key.startsWith(prefix) || seen.has(key)) continue;
		const written = key.slice(prefix.length);
		const packed = written.endsWith(PACKED);
		const name = parameterOf(schema, packed ? written.slice(0, -PACKED.length) : written) ?? written;
		if (seen.has(prefix + name)) continue;
		seen.add(key).add(prefix + name);
		if (!Object.hasOwn(schema, name)) {
			const mine = prefix !== '' || (!name.startsWith('b.') && !(RESERVED as readonly string[]).includes(name) && !NOISE.test(name));
			if (mine) clamped.push({ param: shorten(key), given: shorten(given), used: '', why: 'unknownParameter' });
			continue;
		}
		const param = schema[name] as Param;
		named = true;
		const text = packed ? unpack(given) : given;
		if (text === undefined) {
			clamped.push({ param: shorten(key), given: shorten(given), used: shorten(param.print(params[name])), why: 'damaged' });
			continue;
		}
		const parsed = param.parse(text);
		params[name] = parsed.value;
		if (parsed.why !== undefined)
			clamped.push({ param: key, given: shorten(text), used: shorten(param.print(parsed.value)), why: parsed.why });
	}
	return { params: params as Params<S>, clamped, named };
}

/** The query that parseQuery turns back into `params`, in schema order, without what equals `base`; long values are packed. */
export function printQuery<S extends Schema>(schema: S, params: Params<S>, base: Params<S>, prefix = ''): [string, string][] {
	const out: [string, string][] = [];
	for (const name of Object.keys(schema)) {
		const param = schema[name] as Param;
		const text = param.print(params[name]);
		if (text === param.print(base[name])) continue;
		const packed = pack(text);
		out.push(packed === undefined ? [prefix + name, text] : [prefix + name + PACKED, packed]);
	}
	return out;
}

/** A readable query string: commas, slashes and colons stay as they are, spaces become "+". */
export function queryString(pairs: readonly (readonly [string, string])[]): string {
	return new URLSearchParams(pairs.map(([k, v]) => [k, v])).toString().replace(/%2C/gi, ',').replace(/%2F/gi, '/').replace(/%3A/gi, ':');
}
