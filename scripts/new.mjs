/**
 * npm run new <slug>: a folder src/explainers/<slug>/ with a small figure that works and passes every check, to be rewritten part by part.
 * Nothing else changes: pages, gallery, sitemap and tests find the folder by themselves.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const template = `${root}scripts/new/template`;
const explainers = `${root}src/explainers`;

/** Why this cannot be a new figure's slug, in one sentence; nothing when it can. @param {readonly string[]} args */
function objection(args) {
	const [slug] = args;
	if (slug === undefined || args.length > 1) return 'Give one slug, e.g. npm run new flash-attention';
	if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug) || slug.length > 40) {
		return `"${slug}" is no slug: lower-case letters, digits and single hyphens, starting with a letter, at most 40 characters.`;
	}
	if (existsSync(`${explainers}/${slug}`)) return `src/explainers/${slug} exists already.`;
	// A page of the site would stand in its way.
	if (existsSync(`${root}src/routes/[lang=locale]/${slug}`)) return `"${slug}" is the address of another page.`;
	return undefined;
}

/** One behind the last figure of the gallery. */
function nextOrder() {
	const manifests = readdirSync(explainers)
		.map((folder) => `${explainers}/${folder}/manifest.ts`)
		.filter((file) => existsSync(file));
	const orders = manifests.map((file) => Number(/order: (\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0));
	return Math.max(0, ...orders) + 10;
}

const why = objection(process.argv.slice(2));
if (why !== undefined) {
	console.error(why);
	process.exit(2);
}
const slug = /** @type {string} */ (process.argv[2]);
const words = slug.split('-');
const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
const title = words.join(' ').replace(/^./, (c) => c.toUpperCase());

mkdirSync(`${explainers}/${slug}`);
for (const file of readdirSync(template)) {
	const text = readFileSync(`${template}/${file}`, 'utf8')
		.replaceAll('new-figure', slug)
		.replaceAll('NewFigure', name)
		.replaceAll('New figure', title)
		.replace('order: 999', `order: ${nextOrder()}`);
	writeFileSync(`${explainers}/${slug}/${file}`, text);
}
console.log(`src/explainers/${slug}/ is a working figure now. What comes next:

  npm run golden                  writes its pictures to src/explainers/${slug}/golden/
  npm start                       shows it at /en/${slug} and /zh/${slug}
  model.ts, params.ts             what is computed, and from what
  layout.ts, View.svelte          where it stands, and what is drawn
  labels.ts, prose.en.md, .zh.md  its words in both languages
  manifest.ts                     title, group, tags, and the topics that it answers
  npm test                        what must hold`);
