/** The architecture's rules. Each takes files and answers with one sentence per breach; an empty list is a pass. */
import ts from 'typescript';
import { imports, nodes, parse, parts, withoutComments } from './sources.ts';
import type { Import, Source } from './sources.ts';

export type Rule = (files: readonly Source[]) => string[];

/** From the top to the ground: each may import itself and what stands after it. */
const LAYERS = ['routes', 'notebook', 'notes', 'explainers', 'kit', 'maths'] as const;

const isTest = (path: string) => /\.test\.ts$/.test(path);
const product = (files: readonly Source[]) => files.filter(({ path }) => !isTest(path));
const rank = (path: string) => LAYERS.findIndex((layer) => path.startsWith(`src/${layer}/`));
const explainer = (path: string) => /^src\/explainers\/([^/]+)\//.exec(path)?.[1];
const perImport = (files: readonly Source[], breach: (file: Source, one: Import) => string | undefined): string[] =>
	files.flatMap((file) => imports(file).flatMap((one) => breach(file, one) ?? []));

/** routes -> notebook -> notes -> explainers -> kit -> maths, types included: who only knows a type still knows. */
export const direction: Rule = (files) =>
	perImport(files, ({ path }, { specifier, target }) => {
		const [from, to] = [rank(path), rank(target)];
		return from >= 0 && to >= 0 && to < from ? `${path} imports ${specifier}: ${LAYERS[from]} may not know ${LAYERS[to]}` : undefined;
	});

/** An explainer is a folder that can be moved or deleted: no other one, and no registry, is imported from it. */
export const siblings: Rule = (files) =>
	perImport(files, ({ path }, { specifier, target }) => {
		const own = explainer(path);
		const other = target.startsWith('src/explainers/') ? (explainer(target) ?? target) : undefined;
		return own !== undefined && other !== undefined && other !== own ? `${path} imports ${specifier}: outside its own folder` : undefined;
	});

/** No two files that need each other when they run, directly or round some corners. */
export const cycles: Rule = (files) => {
	const known = new Set(files.map(({ path }) => path));
	const graph = new Map(
		files.map((file) => [
			file.path,
			imports(file)
				.filter(({ typeOnly, target }) => !typeOnly && known.has(target))
				.map(({ target }) => target)
		])
	);
	const found: string[] = [];
	const done = new Set<string>();
	const visit = (path: string, trail: readonly string[]) => {
		const at = trail.indexOf(path);
		if (at >= 0) found.push([...trail.slice(at), path].join(' -> '));
		if (at >= 0 || done.has(path)) return;
		for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
		done.add(path);
	};
	for (const path of known) visit(path, []);
	return found;
};

/** Only the runtime knows the library that runs models. */
export const runtimeOnly: Rule = (files) =>
	perImport(product(files), ({ path }, { specifier, typeOnly }) =>
		/^onnxruntime-/.test(specifier) && !typeOnly && !path.startsWith('src/kit/runtime/')
			? `${path} imports ${specifier}: only src/kit/runtime may`
			: undefined
	);

/** `$lib` hides which layer is meant. */
export const noLib: Rule = (files) =>
	perImport(files, ({ path }, { specifier }) =>
		/^\$lib(\/|$)/.test(specifier) ? `${path} imports ${specifier}: use #kit, #maths, #explainers or #notes` : undefined
	);

/** One clock for the whole site. */
export const oneClock: Rule = (files) =>
	product(files)
		.filter(({ path, text }) => path !== 'src/kit/player/clock.ts' && text.includes('requestAnimationFrame'))
		.filter((file) =>
			[...parts(file).scripts.map(withoutComments), parts(file).markup].some((code) => /\brequestAnimationFrame\b/.test(code))
		)
		.map(({ path }) => `${path} asks for animation frames: only src/kit/player/clock.ts may`);

/** Nothing over 250 lines; tests, golden files and data are not read from top to bottom. */
export const shortFiles: Rule = (files) =>
	product(files)
		.filter(({ path }) => !/\/(golden|data)\/|\.data\.ts$/.test(path))
		.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
		.filter(({ lines }) => lines > 250)
		.map(({ path, lines }) => `${path} has ${lines} lines, more than 250`);

const IMPURE = new Set(
	'Date window document navigator performance globalThis self crypto fetch setTimeout setInterval requestAnimationFrame localStorage'.split(
		' '
	)
);

/** Names that a script declares itself: a parameter called `window` is a number of keys, no browser. */
const declared = (tree: ts.Node) =>
	new Set(
		nodes(tree).flatMap((node) =>
			(ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node)) &&
			node.name &&
			ts.isIdentifier(node.name)
				? [node.name.text]
				: []
		)
	);

/** Whether a name stands for a value here, and not for a property or a type's member. */
function isFree(node: ts.Identifier): boolean {
	const { parent } = node;
	if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
	if (ts.isPropertyAssignment(parent) || ts.isBindingElement(parent)) return parent.initializer === node;
	return !ts.isPropertySignature(parent) && !ts.isQualifiedName(parent) && !ts.isMethodSignature(parent);
}

/** Mathematics and models are functions: no chance, no clock, no page. */
export const pure: Rule = (files) =>
	product(files)
		.filter(({ path }) => /^src\/maths\/.*\.ts$|^src\/explainers\/[^/]+\/(model|layout)\.ts$/.test(path))
		.flatMap(({ path, text }) => {
			const tree = parse(text);
			const own = declared(tree);
			const names = nodes(tree).flatMap((node) => {
				if (ts.isPropertyAccessExpression(node) && node.getText().replace(/\s/g, '') === 'Math.random') return ['Math.random'];
				return ts.isIdentifier(node) && IMPURE.has(node.text) && !own.has(node.text) && isFree(node) ? [node.text] : [];
			});
			return [...new Set(names)].map((name) => `${path} uses ${name}: maths and models are pure functions`);
		});

const ABSOLUTE = /^(https?:|wss?:)?\/\//i;
const FETCHERS = /(^|\.)(fetch|Request|Worker|SharedWorker|EventSource|WebSocket|importScripts|sendBeacon|open|addAll)$/;

/** Absolute addresses among the arguments of a call, also where a constant of the same file holds them. */
function fetched(tree: ts.Node): string[] {
	const constants = new Map(
		nodes(tree).flatMap((node) =>
			ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer && ts.isStringLiteralLike(node.initializer)
				? [[node.name.text, node.initializer.text] as const]
				: []
		)
	);
	const text = (node: ts.Node) =>
		ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : ts.isIdentifier(node) ? (constants.get(node.text) ?? '') : '';
	return nodes(tree).flatMap((node) =>
		(ts.isCallExpression(node) || ts.isNewExpression(node)) && FETCHERS.test(node.expression.getText())
			? (node.arguments ?? []).flatMap((argument) =>
					nodes(argument)
						.map(text)
						.filter((address) => ABSOLUTE.test(address))
				)
			: []
	);
}

/** What a page would fetch from an address in markup or styles; links to read (`<a href>`, canonical, alternate) are none. */
const LOADS = [
	/\b(?:src|srcset|poster|data)\s*=\s*\{?\s*["'`]\s*((?:https?:)?\/\/[^"'`\s]*)/gi,
	/<link\b(?=[^>]*\brel\s*=\s*["']?(?:stylesheet|preload|modulepreload|icon|manifest|preconnect|dns-prefetch|prefetch))[^>]*\bhref\s*=\s*\{?["'`]((?:https?:)?\/\/[^"'`]*)/gi,
	/\burl\(\s*["']?((?:https?:)?\/\/[^"')\s]*)/gi
];

/** One origin: nothing is imported, fetched or loaded from an absolute address. */
export const oneOrigin: Rule = (files) =>
	product(files).flatMap((file) => {
		const { scripts, markup } = parts(file);
		const addresses = [
			...imports(file).flatMap(({ specifier }) => (ABSOLUTE.test(specifier) ? [specifier] : [])),
			...scripts.flatMap((code) => fetched(parse(code))),
			...LOADS.flatMap((pattern) => [...markup.matchAll(pattern)].map((match) => match[1] ?? ''))
		];
		return [...new Set(addresses)].map((address) => `${file.path} loads ${address}: everything comes from the site's own origin`);
	});
