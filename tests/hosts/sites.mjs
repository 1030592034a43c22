/** The sites of readers: made with the tools that they use, from packages, each with figures in it as its users would put them. */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, run } from '../../scripts/lib/process.mjs';
import { root } from '../../scripts/lib/node.mjs';

const here = path.join(root, 'tests', 'hosts');
const cache = path.join(root, '.cache', 'hosts');

/** The state that every site shows: computed without a model, four steps, opened at the second. */
export const STATE = 'source=custom&logits=2,1,1,1,0&topK=2&topP=0.9&step=1';
export const STEPS = 4;
export const TITLE = 'Top-k with ties';

/**
 * @typedef {object} Site
 * @property {string} folder what is served
 * @property {string} page its address
 * @property {boolean} script whether it uses embed.js; else it has a frame
 * @property {string} [dark] what makes the site dark: an expression run in its page; else the system's theme
 */

/** @param {string} command @param {string[]} args @param {string} log @param {Record<string, string>} [env] */
async function must(command, args, log, env = {}) {
	const { code, output } = await run(command, args, { log: path.join(cache, `${log}.log`), minutes: 8, env });
	if (code !== 0) throw new Error(`${path.basename(command)} ended with ${code}: ${output.trim().split('\n').slice(-4).join(' ')}`);
	return output;
}

/** Debian's packages where a command is missing. @param {string} command @param {string[]} packages */
async function installed(command, packages) {
	const there = async () => (await run('which', [command])).code === 0;
	if (await there()) return;
	const wait = ['-o', 'DPkg::Lock::Timeout=300'];
	const env = { DEBIAN_FRONTEND: 'noninteractive' };
	await run('apt-get', [...wait, 'update'], { env, minutes: 5 });
	await run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages], { env, minutes: 15 });
	if (await there()) return;
	throw new Error(`${command} is not installed and apt-get could not install it: install the packages ${packages.join(' ')}.`);
}

/** docsify and VitePress, by the lock file beside this one. */
async function packages() {
	const modules = path.join(here, 'node_modules');
	if (existsSync(path.join(modules, 'docsify')) && existsSync(path.join(modules, 'vitepress'))) return;
	const [command, first] = npm();
	await must(command, [...first, 'ci', '--prefix', here, '--no-audit', '--no-fund'], 'npm');
}

/** A page of notes in Markdown. @param {string} figures origin of the figures @param {string} lang */
const notes = (figures, lang) => `# Notes

A figure that stands alone becomes live:

[${TITLE}](${figures}/${lang}/sampling?${STATE})

Within a sentence [head sharing](${figures}/${lang}/head-sharing) stays a link.

${'Nothing to see here, only text that makes the page long.\n\n'.repeat(120)}

[Paged attention](${figures}/${lang}/paged-attention)
`;

/** @param {string} name */
function fresh(name) {
	const folder = path.join(cache, name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	return folder;
}

/** @type {Record<string, (figures: string) => Promise<Site>>} */
export const sites = {
	async docsify(figures) {
		await packages();
		const folder = fresh('docsify');
		cpSync(path.join(here, 'node_modules/docsify/dist'), path.join(folder, 'docsify'), { recursive: true });
		const css = ['docsify/themes/core.css', 'docsify/themes/vue.css'].find((file) => existsSync(path.join(folder, file))) ?? '';
		writeFileSync(
			path.join(folder, 'index.html'),
			`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Notes</title><link rel="stylesheet" href="${css}"></head><body><div id="app"></div><script>window.$docsify = { name: 'Notes' };</script><script src="docsify/docsify.min.js"></script><script src="${figures}/embed.js"></script></body></html>`
		);
		writeFileSync(path.join(folder, 'README.md'), notes(figures, 'en'));
		return { folder, page: '/', script: true, dark: "document.body.style.background = '#111'; document.documentElement.classList.add('night')" };
	},
	async vitepress(figures) {
		await packages();
		const folder = fresh('vitepress');
		mkdirSync(path.join(folder, '.vitepress'));
		writeFileSync(path.join(folder, 'index.md'), notes(figures, 'zh'));
		writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
		writeFileSync(
			path.join(folder, '.vitepress/config.mjs'),
			`export default { title: 'Notes', outDir: 'out', head: [['script', { src: '${figures}/embed.js', async: '' }]] };\n`
		);
		await must(process.execPath, [path.join(here, 'node_modules/vitepress/bin/vitepress.js'), 'build', folder], 'vitepress');
		return { folder: path.join(folder, 'out'), page: '/', script: true, dark: "document.documentElement.classList.add('dark')" };
	},
	async mkdocs(figures) {
		await installed('mkdocs', ['mkdocs']);
		const folder = fresh('mkdocs');
		mkdirSync(path.join(folder, 'docs'));
		writeFileSync(path.join(folder, 'docs/index.md'), notes(figures, 'en'));
		writeFileSync(
			path.join(folder, 'mkdocs.yml'),
			`site_name: Notes\ntheme:\n  name: mkdocs\n  highlightjs: false\nextra_javascript:\n  - ${figures}/embed.js\n`
		);
		await must('mkdocs', ['build', '--quiet', '-f', path.join(folder, 'mkdocs.yml'), '-d', path.join(folder, 'site')], 'mkdocs');
		return { folder: path.join(folder, 'site'), page: '/', script: true, dark: "document.body.style.backgroundColor = '#111'; document.body.dataset.theme = 'dark'" };
	},
	async jupyter(figures) {
		await installed('jupyter-nbconvert', ['jupyter-nbconvert', 'python3-ipykernel']);
		const folder = fresh('jupyter');
		const source = ['from IPython.display import IFrame\n', `IFrame("${figures}/embed/en/sampling?${STATE}", 780, 640)`];
		const cells = [
			{ cell_type: 'markdown', metadata: {}, source: [`[${TITLE}](${figures}/en/sampling?${STATE})`] },
			{ cell_type: 'code', metadata: {}, execution_count: null, outputs: [], source }
		];
		const kernelspec = { display_name: 'Python 3', language: 'python', name: 'python3' };
		writeFileSync(path.join(folder, 'notes.ipynb'), JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: { kernelspec }, cells }));
		await must('jupyter-nbconvert', ['--to', 'html', '--execute', path.join(folder, 'notes.ipynb')], 'jupyter');
		return { folder, page: '/notes.html', script: false };
	},
	async bare(figures) {
		const folder = fresh('bare');
		const src = `${figures}/embed/en/sampling?${STATE}`.replaceAll('&', '&amp;');
		writeFileSync(
			path.join(folder, 'index.html'),
			`<!doctype html><html lang="en"><meta charset="utf-8"><title>Notes</title><p><a href="${src.replace('/embed', '')}">${TITLE}</a></p><iframe sandbox="allow-scripts" src="${src}" title="${TITLE}" width="100%" height="300"></iframe><script>
addEventListener('message', ({ source, data }) => {
	const frame = document.querySelector('iframe');
	if (source !== frame.contentWindow || data?.type !== 'llm-unrolled' || data.version !== 1) return;
	(window.events ??= []).push(data);
	if (data.event === 'height') frame.style.height = data.height + 'px';
});
</script></html>`
		);
		return { folder, page: '/', script: false };
	}
};
