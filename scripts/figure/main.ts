/** The figure command: reads its arguments, computes the state, prints it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findManifest, registry } from '#explainers/registry.ts';
import type { Explainer } from '#kit/explainer.ts';
import { describe } from '#kit/figure/describe.ts';
import { svgToPng } from '#kit/figure/raster.server.ts';
import { openQuery, startStep } from '#kit/params/open.ts';
import type { Params, Schema } from '#kit/params/schema.ts';
import { isLocale, type Locale } from '#kit/text/locale.ts';
import { recordOpening } from './record.ts';
import { renderMarkdown, renderSvg, type State } from './render.ts';
import { openSpeaker } from '#kit/runtime/speaker.server.ts';

/** A mistake of the caller: told in one sentence, exit code 2. */
class Usage extends Error {}

const FORMATS = ['json', 'svg', 'png', 'md'] as const;

interface Arguments {
	readonly slug: string;
	readonly query: string;
	readonly format: (typeof FORMATS)[number];
	readonly locale: Locale;
	readonly theme: 'light' | 'dark';
	readonly step: string | undefined;
	readonly out: string | undefined;
}

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

async function dataFor(explainer: Explainer, params: Params<Schema>, root: string): Promise<unknown> {
	const model = explainer.asks?.(params);
	if (explainer.ask === undefined || model === undefined) return explainer.recorded(params);
	return explainer.ask(params, await openSpeaker(root, model));
}

async function contentOf(asked: Arguments, root: string): Promise<string | Uint8Array> {
	const { slug, query, format, locale, theme, step: stepOption } = asked;
	const manifest = findManifest(slug);
	if (manifest === undefined) throw new Usage(`There is no figure "${slug}"; known: ${registry.map((m) => m.slug).join(', ')}.`);
	const search = readQuery(query);
	if (stepOption !== undefined && stepOption !== 'all') search.set('step', stepOption);
	const { default: explainer } = await manifest.load();
	const { params, step = startStep(explainer, Infinity), clamped } = openQuery(explainer, search);
	const data = await dataFor(explainer, params, root);
	const description = describe(slug, explainer, { params, clamped, step, all: stepOption === 'all' }, data);
	const state: State = { manifest, explainer, params, data, description, locale, theme, query };
	if (format === 'json') return `${JSON.stringify(description)}\n`;
	if (format === 'md') return renderMarkdown(state);
	return format === 'svg' ? renderSvg(state) : svgToPng(renderSvg(state));
}

async function print(argv: readonly string[], root: string): Promise<void> {
	const asked = readArguments(argv);
	if (asked.format === 'png' && asked.out === undefined && process.stdout.isTTY)
		throw new Usage('A PNG is not for a terminal: give --out FILE or send it into a file.');
	const content = await contentOf(asked, root);
	if (asked.out === undefined) process.stdout.write(content);
	else writeFileSync(path.resolve(asked.out), content);
}

/** @returns the exit code: 0, 2 for a mistake in the arguments, 1 for a failure. */
export async function main(argv: readonly string[], root: string): Promise<number> {
	try {
		if (argv[0] === '--record') await recordOpening(root);
		else await print(argv, root);
		return 0;
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		return error instanceof Usage ? 2 : 1;
	}
}
