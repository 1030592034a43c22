/** Source files of the site, read for the architecture's rules: what they import, and the code without its comments. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** A file with its path from the root of the project, e.g. "src/maths/softmax.ts". */
export interface Source {
	readonly path: string;
	readonly text: string;
}

export interface Import {
	/** As written. */
	readonly specifier: string;
	/** Path from the root for files of our own ("*" in it for globs), or the specifier itself for packages. */
	readonly target: string;
	/** `import type`: gone when the code runs. */
	readonly typeOnly: boolean;
}

const CODE = /\.(ts|js|mjs|svelte|css|html)$/;

/** Every file of code under a folder, sorted by path. */
export function readSources(root: string, folder: string): Source[] {
	return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && CODE.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort()
		.map((file) => ({
			path: posix.join(folder, ...file.slice(join(root, folder).length + 1).split(/[/\\]/)),
			text: readFileSync(file, 'utf8')
		}));
}

/** The parts of a file that are scripts, and the rest: markup and styles. */
export function parts({ path, text }: Source): { readonly scripts: readonly string[]; readonly markup: string } {
	if (/\.(css|html)$/.test(path)) return { scripts: [], markup: text };
	if (!path.endsWith('.svelte')) return { scripts: [text], markup: '' };
	const scripts: string[] = [];
	const markup = text.replace(/<script\b[^>]*>([\s\S]*?)<\/script>/g, (_, code: string) => {
		scripts.push(code);
		return '';
	});
	return { scripts, markup: markup.replace(/<!--[\s\S]*?-->/g, '') };
}

const trees = new Map<string, ts.SourceFile>();

/** The code of a script as a tree; every node knows its parent. Kept, since every rule asks for the same ones. */
export function parse(code: string): ts.SourceFile {
	const tree = trees.get(code) ?? ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true);
	trees.set(code, tree);
	return tree;
}

/** All nodes of a tree, the outer before the inner. */
export function nodes(node: ts.Node): ts.Node[] {
	const found: ts.Node[] = [];
	const visit = (one: ts.Node) => {
		found.push(one);
		ts.forEachChild(one, visit);
	};
	visit(node);
	return found;
}

/** The smallest parts of a tree, punctuation included. */
const tokens = (node: ts.Node): ts.Node[] => (node.getChildCount() === 0 ? [node] : node.getChildren().flatMap(tokens));

/** Where a specifier leads from a file: aliases of package.json and relative paths made paths from the root, queries taken off. */
export function resolve(from: string, specifier: string): string {
	const plain = specifier.replace(/\?.*$/, '');
	if (plain.startsWith('.')) return posix.join(posix.dirname(from), plain);
	if (plain.startsWith('/src/')) return plain.slice(1);
	return plain.replace(/^#(maths|kit|explainers|notes|notebook)\//, 'src/$1/');
}

const literal = (node: ts.Node | undefined): string[] => (node && ts.isStringLiteralLike(node) ? [node.text] : []);

/** `import.meta.glob` takes one pattern or a list; patterns that begin with "!" take away and import nothing. */
const patterns = (node: ts.Node | undefined): string[] =>
	(node && ts.isArrayLiteralExpression(node) ? node.elements.flatMap(literal) : literal(node)).filter(
		(pattern) => !pattern.startsWith('!')
	);

function inScript(code: string): Omit<Import, 'target'>[] {
	const found: Omit<Import, 'target'>[] = [];
	const add = (typeOnly: boolean, specifiers: string[]) => found.push(...specifiers.map((specifier) => ({ specifier, typeOnly })));
	for (const node of nodes(parse(code))) {
		if (ts.isImportDeclaration(node)) add(node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword, literal(node.moduleSpecifier));
		else if (ts.isExportDeclaration(node)) add(node.isTypeOnly, literal(node.moduleSpecifier));
		else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(true, literal(node.argument.literal));
		else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(false, literal(node.arguments[0]));
		else if (ts.isCallExpression(node) && node.expression.getText() === 'import.meta.glob') add(false, patterns(node.arguments[0]));
		else if (ts.isNewExpression(node) && node.expression.getText() === 'URL' && node.arguments?.[1]?.getText() === 'import.meta.url')
			add(false, literal(node.arguments[0]));
	}
	return found;
}

const known = new WeakMap<Source, Import[]>();

/** Everything that a file imports: statements, `import()`, `import.meta.glob`, `new URL(..., import.meta.url)`, `@import` of styles. */
export function imports(source: Source): Import[] {
	const found = known.get(source) ?? findImports(source);
	known.set(source, found);
	return found;
}

function findImports(source: Source): Import[] {
	const { scripts, markup } = parts(source);
	const inMarkup = [...markup.matchAll(/\bimport\(\s*['"`]([^'"`]+)['"`]\s*\)|@import\s+(?:url\()?\s*['"]([^'"]+)['"]/g)];
	const found = [...scripts.flatMap(inScript), ...inMarkup.map((m) => ({ specifier: m[1] ?? m[2] ?? '', typeOnly: false }))];
	return found.map((one) => ({ ...one, target: resolve(source.path, one.specifier) }));
}

/** Code without comments, so that words in them break no rule. */
export function withoutComments(code: string): string {
	const ranges = new Map<number, number>();
	for (const node of tokens(parse(code))) {
		const comments = [
			...(ts.getLeadingCommentRanges(code, node.getFullStart()) ?? []),
			...(ts.getTrailingCommentRanges(code, node.getEnd()) ?? [])
		];
		for (const { pos, end } of comments) ranges.set(pos, end);
	}
	return [...ranges].sort((a, b) => b[0] - a[0]).reduce((text, [pos, end]) => text.slice(0, pos) + text.slice(end), code);
}
