/** Notes that want to run a script, reach another site or leave the page; every one calls `pwned()` if it gets through. */
import { uniform } from '../../src/maths/rng.ts';

/** A foreign host that nothing may ask; reserved, so that it exists nowhere. */
export const FOREIGN = 'https://evil.invalid';

const CALLS = ['pwned()', 'window.pwned()', 'top.pwned()', 'parent.pwned()', 'pwned`1`', 'self["pwned"]()', 'eval("pwned()")'];
const HANDLERS = [
	'onerror', 'onload', 'onclick', 'onmouseover', 'onfocus', 'onfocusin', 'onanimationstart', 'ontoggle', 'onpointerenter', 'onbegin', 'onstart',
	'onpageshow', 'onhashchange', 'onscroll', 'ontransitionend', 'onbeforeinput', 'oncontentvisibilityautostatechange', 'ONERROR', 'OnLoad', 'onwebkitanimationstart'
]; // prettier-ignore
const ELEMENTS = [
	'img', 'svg', 'video', 'audio', 'details', 'body', 'iframe', 'input', 'math', 'a', 'div', 'p', 'marquee', 'select', 'textarea', 'style', 'object', 'embed',
	'form', 'button', 'dialog', 'x-y', 'table', 'template', 'noscript', 'title', 'base', 'link', 'meta', 'frameset', 'image', 'keygen', 'isindex'
]; // prettier-ignore
const SCHEMES = [
	'javascript:', 'JaVaScRiPt:', ' javascript:', 'java\tscript:', 'java&#10;script:', '&#106;avascript:', '&#x6A;avascript:', 'javascript&colon;', '\u0001javascript:',
	'vbscript:', 'data:text/html,<script>pwned()</script>//', 'data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+', 'data:image/svg+xml,<svg onload=pwned()>//',
	'blob:', 'view-source:javascript:', 'feed:javascript:', 'javascript://%0a', '//', 'jar:javascript:', 'filesystem:', 'intent:', 'javascript\u00ad:'
]; // prettier-ignore

type Random = () => number;
const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!;

/** One hostile piece each; `x` is the call, `u` an address that runs it. */
const PIECES: readonly ((random: Random, x: string, u: string) => string)[] = [
	(_, x) => `<script>${x}</script>`,
	(_, x) => `<ScRiPt type=module>${x}</sCrIpT >`,
	() => `<script src="${FOREIGN}/a.js"></script>`,
	(r, x) => `<${pick(ELEMENTS, r)} ${pick(HANDLERS, r)}="${x}" src=x tabindex=1 autofocus open>hover</${pick(ELEMENTS, r)}>`,
	(r, x) => `<${pick(ELEMENTS, r)}/${pick(HANDLERS, r)}=${x.replaceAll('"', "'")}/src="x"`,
	(r, x) => `<${pick(ELEMENTS, r)} ${pick(HANDLERS, r)}\n=\n'${x.replaceAll("'", '')}'>`,
	(_, __, u) => `[click](${u})`,
	(_, __, u) => `[click](<${u}> "t")`,
	(_, __, u) => `![img](${u})`,
	(_, __, u) => `<${u}>`,
	(_, __, u) => `[ref][r]\n\n[r]: ${u}`,
	(_, __, u) => `<a href="${u}">click</a>`,
	(_, __, u) => `<a href=${u.replace(/\s/g, '')}>click</a>`,
	(_, __, u) => `<form action="${u}"><button formaction="${u}">go</button><input type=submit></form>`,
	(_, __, u) => `<iframe src="${u}"></iframe>`,
	(_, x) => `<iframe srcdoc="<script>parent.${x}</script>"></iframe>`,
	(_, __, u) => `<object data="${u}"></object><embed src="${u}">`,
	(_, x) => `<svg><script>${x}</script></svg>`,
	(_, __, u) => `<svg><a xlink:href="${u}"><text y=20>x</text></a><use href="${u}"/><animate attributeName=href values="${u}"/></svg>`,
	(_, x) => `<svg><foreignObject><img src=x onerror="${x}"></foreignObject></svg>`,
	(_, x) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${x.replaceAll('"', '')}&gt;">`,
	(_, x) => `<math><mi><mglyph></mi><style><img src=x onerror="${x}"></style></math>`,
	(_, x) => `<noscript><p title="</noscript><img src=x onerror=${x.replaceAll('"', '')}>">`,
	(_, x) => `<svg></p><style><a id="</style><img src=1 onerror=${x.replaceAll('"', '')}>">`,
	(_, x) => `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${x}>`,
	(_, x) => `<template><img src=x onerror="${x}"></template><xmp><img src=x onerror="${x}"></xmp>`,
	(_, x) =>
		`<style>@import "${FOREIGN}/a.css"; * { background: url(${FOREIGN}/b.png) } @keyframes z{} p{animation:z}</style><p style="background:url('${FOREIGN}/c.png')" onanimationstart="${x}">`,
	() => `<link rel=stylesheet href="${FOREIGN}/a.css"><meta http-equiv=refresh content="0;url=${FOREIGN}"><base href="${FOREIGN}/">`,
	() =>
		`![spy](${FOREIGN}/pixel.png) <img srcset="${FOREIGN}/p.png 2x" src="//evil.invalid/q.gif"> <picture><source srcset="${FOREIGN}/r.webp"><img></picture>`,
	() =>
		`<video poster="${FOREIGN}/p.jpg" src="${FOREIGN}/v.mp4" autoplay></video><audio src="${FOREIGN}/a.mp3"></audio><input type=image src="${FOREIGN}/i.png">`,
	() => `<img src="http://evil.invalid/a b.png" alt="x"> <img src="\\\\evil.invalid/x.png"> <img src="https:/\\evil.invalid/x">`,
	() => `<table background="${FOREIGN}/t.png"><tr><td background="${FOREIGN}/u.png">x</table> <a ping="${FOREIGN}/ping" href="/en">p</a>`,
	(_, x) =>
		`<img id=location name=cookie><form id=document><input name=body></form><a id=pwned href="javascript:${x}">c</a><img name=getElementById>`,
	(_, x) => `\`\`\`"><img src=x onerror="${x}">\n</code></pre><script>${x}</script>\n\`\`\``,
	(_, x) => `\`<script>${x}</script>\` \\<script>${x}\\</script> &lt;script&gt;${x}&lt;/script&gt;`,
	(_, x) => `| a | b |\n| - | - |\n| <img src=x onerror="${x}"> | <script>${x}</script> |`,
	(_, x) => `- [ ] <input type=checkbox onclick="${x}" checked>\n- <details open ontoggle="${x}">`,
	(_, x, u) =>
		`$\\href{${u}}{x}$ and $\\htmlData{onclick=${x}}{y}$ $$\\includegraphics{${FOREIGN}/k.png}$$ $\\htmlStyle{background:url(${FOREIGN})}{z}$`,
	(_, x) => `<code data-tex="block">\\url{javascript:${x}}</code><code data-tex="inline"><img src=x onerror="${x}"></code>`,
	(_, x) => `[Figure "><img src=x onerror=${x}>](/en/sampling?x="><script>${x}</script>)`,
	(_, x) => `/en/sampling?topK="><script>${x}</script>`,
	(_, x) => `[x](/en/not-a-figure?"onmouseover="${x})`,
	(_, x) => `[x](//evil.invalid/en/sampling)\n\n[y](/\\evil.invalid/en/sampling)\n\n[z](https://evil.invalid/en/sampling?${x})`,
	(_, x) => `<!-- --!><img src=x onerror="${x}"> --> <![CDATA[><script>${x}</script>]]> <?php <img src=x onerror="${x}"> ?>`,
	(_, x) => `<a href="#" title="\u0000"><img src=x\u0000 onerror\u0000="${x}">\u2028<script\u2028>${x}</script>`,
	(_, x) => `<div\n\n<img src=x onerror="${x}">\n\n</div><img <img src=x onerror="${x}"//>`,
	(_, x) => `<a href='x' a='<img src=x onerror="${x}">'>[b](c "d\\" onclick=${x} e=\\"")</a>`
];

const AROUND: readonly ((piece: string) => string)[] = [
	(piece) => piece,
	(piece) => `# ${piece.replaceAll('\n', ' ')}`,
	(piece) => piece.split('\n').map((line) => `> ${line}`).join('\n'), // prettier-ignore
	(piece) => `- item\n\n  ${piece.replaceAll('\n', '\n  ')}`,
	(piece) => `**bold ${piece}**`,
	(piece) => `<div>\n\n${piece}\n\n</div>`,
	(piece) => `text before\n${piece}\ntext after`,
	(piece) => `<p title='${piece}'>`,
	(piece) => `[${piece}](/en/sampling)`
];

/** `count` notes, always the same ones; each of several pieces, in places of every kind. Every piece is in the first notes, as it is. */
export function hostileNotes(count: number, seed = 7): string[] {
	let drawn = 0;
	const random = (): number => uniform(seed, drawn++);
	const piece = (make: (typeof PIECES)[number]): string => {
		const x = pick(CALLS, random);
		return make(random, x, pick(SCHEMES, random) + x);
	};
	return Array.from({ length: count }, (_, i) => {
		const first = PIECES[i];
		if (first !== undefined) return piece(first);
		const n = 1 + Math.floor(random() * 4);
		return Array.from({ length: n }, () => pick(AROUND, random)(piece(pick(PIECES, random)))).join('\n\n');
	});
}
