/** The figure command: reads its arguments, computes the state, prints it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findManifest, registry } from '#explainers/registry.ts';
import type { Explainer } from '#kit/explainer.ts';
import { describe } from '#kit/figure/describe.ts';
import { parseQuery } from '#kit/params/codec.ts';
import { initialParams, type Clamp, type Params, type Schema } from '#kit/params/schema.ts';
import { isLocale, type Locale } from '#kit/text/locale.ts';
import { renderMarkdown, renderSvg, type State } from './render.ts';
import { openSpeaker } from '#kit/runtime/speaker.server.ts';

/** A mistake of the caller: told in one sentence, exit code 2. */
class Usage extends Error {}

interface Arguments {
	readonly slug: string;
	readonly query: string;
	readonly format: 'json' | 'svg' | 'md';
	readonly locale: Locale;
	readonly theme: 'light' | 'dark';
	readonly step: string | undefined;
	readonly out: string | undefined;
}

const FORMATS = ['json', 'svg', 'md'] as const;

function readArguments(argv: readonly string[]): Arguments {
	const options = new Map<string, string>();
	const rest: string[] = [];
	for (let i = 0; i < argv.length; i++) {
		const [name = '', inline] = argv[i]!.split(/=(.*)/s);
		if (!argv[i]!.startsWith('--')) rest.push(argv[i]!);
		else {
			const value = inline ?? argv[++i];
			if (!['--format', '--lang', '--theme', '--step', '--out'].includes(name)) throw new Usage(`Unknown option ${name}.`);
			if (value === undefined) throw new Usage(`${name} needs a value.`);
			options.set(name, value);
		}
	}
	const [state] = rest;
	if (state === undefined || rest.length > 1)
		throw new Usage('Give one figure, e.g. npm run --silent figure -- "sampling?temperature=0.8" --format json');
	const [slug = '', query = ''] = state.split(/\?(.*)/s);
	const format = FORMATS.find((f) => f === (options.get('--format') ?? 'json'));
	if (format === undefined) throw new Usage(`Unknown format "${options.get('--format') ?? ''}"; known: ${FORMATS.join(', ')}.`);
	const locale = options.get('--lang') ?? 'en';
	if (!isLocale(locale)) throw new Usage(`Unknown language "${locale}"; known: en, zh.`);
	const theme = options.get('--theme') ?? 'light';
	if (theme !== 'light' && theme !== 'dark') throw new Usage(`Unknown theme "${theme}"; known: light, dark.`);
	return { slug, query, format, locale, theme, step: options.get('--step'), out: options.get('--out') };
}

/** Refuses what is no query at all; values out of range are not its business. */
function readQuery(query: string): URLSearchParams {
	for (const part of query.split('&')) {
		if (part === '') continue;
		if (part.indexOf('=') < 1) throw new Usage(`Cannot read the query: "${part.slice(0, 60)}" is not name=value.`);
		try {
			decodeURIComponent(part.replaceAll('+', ' '));
		} catch {
			throw new Usage(`Cannot read the query: "${part.slice(0, 60)}" has a broken % escape.`);
		}
	}
	return new URLSearchParams(query);
}

/** The step that is asked for, by the option or the query, before it is fitted to the number of steps. */
function readStep(asked: string | null | undefined, explainer: Explainer, clamped: Clamp[]): number {
	const start = explainer.startAt === 'last' ? Infinity : explainer.startAt === 'first' ? 0 : explainer.startAt;
	if (asked === undefined || asked === null || asked === 'all') return start;
	if (asked === 'last') return Infinity;
	const step = Number(asked);
	if (asked.trim() !== '' && Number.isFinite(step)) return Math.floor(step);
	clamped.push({ param: 'step', given: asked.slice(0, 80), used: start === Infinity ? 'last' : String(start), why: 'notANumber' });
	return start;
}

async function dataFor(explainer: Explainer, params: Params<Schema>, root: string): Promise<unknown> {
	const model = explainer.asks?.(params);
	if (explainer.ask === undefined || model === undefined) return explainer.recorded(params);
	return explainer.ask(params, await openSpeaker(root, model));
}

async function run(argv: readonly string[], root: string): Promise<string> {
	const { slug, query, format, locale, theme, step: stepOption, out } = readArguments(argv);
	const manifest = findManifest(slug);
	if (manifest === undefined) throw new Usage(`There is no figure "${slug}"; known: ${registry.map((m) => m.slug).join(', ')}.`);
	const search = readQuery(query);
	const { default: explainer } = await manifest.load();
	const schema = explainer.model.params;
	const initial = initialParams(schema);
	const named = [...search.keys()].some((key) => Object.hasOwn(schema, key));
	const opening = parseQuery(schema, new URLSearchParams(explainer.opening ?? ''), initial).params;
	const parsed = parseQuery(schema, search, named ? initial : opening);
	const clamped = [...parsed.clamped];
	const step = readStep(stepOption ?? search.get('step'), explainer, clamped);
	const data = await dataFor(explainer, parsed.params, root);
	const description = describe(slug, explainer, { params: parsed.params, clamped, step, all: stepOption === 'all' }, data);
	const state: State = { manifest, explainer, params: parsed.params, data, description, locale, theme, query };
	const text = format === 'json' ? `${JSON.stringify(description)}\n` : format === 'svg' ? renderSvg(state) : renderMarkdown(state);
	if (out === undefined) return text;
	writeFileSync(path.resolve(out), text);
	return '';
}

/** @returns the exit code: 0, 2 for a mistake in the arguments, 1 for a failure. */
export async function main(argv: readonly string[], root: string): Promise<number> {
	try {
		process.stdout.write(await run(argv, root));
		return 0;
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		return error instanceof Usage ? 2 : 1;
	}
}
