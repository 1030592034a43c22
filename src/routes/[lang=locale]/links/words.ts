/** The words of the page about links. Code is the same in both languages. */
import type { Bilingual } from '#kit/text/locale.ts';

const en = {
	title: 'Links and embeds',
	lead: 'The address is the public interface of every figure: whatever you set is in it, and a link that works today will open the same state for good.',
	addresses: 'Addresses',
	address: [
		['/en/<slug>?<parameters>', 'the figure in a state; only what differs from the defaults stands in it'],
		['/en/<slug>/<view>', 'a named view; a link to it unfurls with its own picture'],
		['/embed/en/<slug>?<parameters>', 'the figure alone, for an iframe'],
		['/figures/<slug>/<view>.en.svg', 'a named view as a picture; also .png (twice the size), .en.dark.svg and .en.dark.png'],
		['/oembed/en/<slug>.json, /oembed/en/<slug>.<view>.json', 'oEmbed; pages point to it'],
		['/embed.js', 'turns links into figures on other pages']
	],
	rules:
		'Names are case-sensitive and come in any order. A value out of range is clamped, and the figure says so; an unknown name is named and ignored. A parameter given twice counts once, the first time. step counts from 0; last is the last one. b.<name> gives the second settings of a comparison. Changing en to zh keeps the state.',
	packed:
		'A long text or list is packed: <name>.z holds it as raw DEFLATE of UTF-8 in base64url. Both forms are read everywhere. From a shell: python3 -c "import sys,zlib,base64;c=zlib.compressobj(9,wbits=-15);print(base64.urlsafe_b64encode(c.compress(sys.argv[1].encode())+c.flush()).decode().rstrip(\'=\'))" "your text"',
	renamed: 'Should a name ever change, the old one keeps working: it opens the same state.',
	embeds: 'Embeds',
	embedLead:
		'The frame works sandboxed with allow-scripts alone, without storage, cookies or cross-origin isolation. In such a closed frame no language model can run; the figure shows computed or recorded numbers and says so. With allow-same-origin it runs when the reader presses the button, never before.',
	option: 'option',
	values: 'values',
	initial: 'default',
	meaning: 'meaning',
	options: [
		['lang', 'en | zh', 'of the address', 'language of the figure'],
		['theme', 'auto | light | dark', 'auto', 'auto is the system’s; embed.js makes it the page’s'],
		['controls', 'full | player | none', 'player', 'with its settings, with the player alone, or the picture and its caption'],
		['autoplay', '0 | 1', '0', 'plays once it is seen, unless the reader asked for less motion'],
		['loop', 'from-to, e.g. 2-5 or 2-last', '', 'playing goes round between these steps'],
		['step', 'a number from 0, or last', 'the figure’s own', 'the step that is shown first'],
		['named', 'a named view', '', 'stands for the view’s parameters; what is written beside it goes before it']
	],
	script: 'One script for a whole site',
	scriptLead:
		'A link that stands alone in its paragraph becomes a live figure as tall as it needs to be, when it comes near the window; a link within a sentence stays a link (data-embed on it makes it a figure, data-embed="off" keeps it a link, data-links="all" on the script takes them all). Options are data-theme, data-controls and so on. It needs no inline script, style or eval; a Content-Security-Policy has to allow the figures’ site in script-src and frame-src.',
	element: 'The same as an element; its content is what is seen without the script:',
	protocol: 'Messages',
	protocolLead:
		'Frame and page talk by postMessage. Every message has type "llm-unrolled" and version 1; anything else is ignored. The frame obeys its own parent window alone, and only from the origin that the browser reports for it; check event.source and event.origin likewise (the origin of a frame without allow-same-origin is "null").',
	direction: 'from',
	message: 'message',
	messages: [
		['figure', '{ event: "height", height }', 'height of the figure in CSS pixels, whenever it changes'],
		['figure', '{ event: "ready", slug, step, steps, caption }', 'the figure listens'],
		['figure', '{ event: "step", slug, step, steps, caption }', 'it came to rest on another step'],
		['page', '{ command: "seek", step: 3 | "last" }', 'go to a step'],
		['page', '{ command: "play" } · { command: "pause" }', 'play, pause'],
		['page', '{ command: "theme", theme: "auto" | "light" | "dark" }', 'change the theme']
	],
	where: 'Where to put it',
	hosts: [
		['README, Zhihu, Feishu, Typora', 'image', 'picture'],
		['Obsidian, Notion, Jupyter', 'frame', 'frame'],
		['docsify, VitePress, MkDocs, Docusaurus', 'link and script', 'script']
	],
	latex: 'LaTeX, slides, offline: a file of any state, made without a browser.',
	figures: 'Parameters of every figure',
	name: 'name',
	views: 'Named views',
	opening: 'A bare address opens with',
	formerly: 'formerly',
	picture: 'picture'
};
type Words = typeof en;

const zh: Words = {
	title: '链接与嵌入',
	lead: '地址就是每幅图的公开接口：您设置的一切都在地址里；今天能用的链接，以后打开的仍是同一状态。',
	addresses: '地址',
	address: [
		['/zh/<slug>?<参数>', '某一状态下的图；地址里只出现与默认值不同的参数'],
		['/zh/<slug>/<view>', '命名视图；粘贴这样的链接会展开成带图的卡片'],
		['/embed/zh/<slug>?<参数>', '只有图本身，用于 iframe'],
		['/figures/<slug>/<view>.zh.svg', '命名视图的图片；另有 .png（2 倍大小）、.zh.dark.svg 与 .zh.dark.png'],
		['/oembed/zh/<slug>.json、/oembed/zh/<slug>.<view>.json', 'oEmbed 描述，页面已声明'],
		['/embed.js', '把其他网页上的链接变成可操作的图']
	],
	rules:
		'参数名区分大小写，先后不限。超出范围的值会被截到边界，图上会说明；不认识的名字会被指出并忽略。同名参数以第一个为准。step 从 0 数起，last 为最后一步。b.<参数名> 是对比时的第二组设置。把 en 换成 zh，状态不变。',
	packed:
		'较长的文本或列表会压缩：<参数名>.z 的值是 UTF-8 文本经 raw DEFLATE 压缩后的 base64url。两种写法处处都能识别。命令行生成：python3 -c "import sys,zlib,base64;c=zlib.compressobj(9,wbits=-15);print(base64.urlsafe_b64encode(c.compress(sys.argv[1].encode())+c.flush()).decode().rstrip(\'=\'))" "您的文本"',
	renamed: '即使将来改名，旧名字也一直有效，打开的是同一状态。',
	embeds: '嵌入',
	embedLead:
		'只给 allow-scripts 的沙箱 iframe 即可工作，不需要存储、Cookie，也不需要跨源隔离。在这样隔离的嵌入框里无法运行语言模型，图中显示的是算好或录制的数字，并会注明。加上 allow-same-origin 后，读者按下按钮才会加载并运行模型，绝不提前。',
	option: '选项',
	values: '取值',
	initial: '默认',
	meaning: '含义',
	options: [
		['lang', 'en | zh', '随地址', '图的语言'],
		['theme', 'auto | light | dark', 'auto', 'auto 跟随系统；用 embed.js 时跟随所在页面'],
		['controls', 'full | player | none', 'player', '带全部设置、只带播放条，或只有图与说明'],
		['autoplay', '0 | 1', '0', '进入视野后自动播放；读者要求减少动态效果时不播'],
		['loop', '起-止，如 2-5 或 2-last', '', '在这些步之间循环播放'],
		['step', '从 0 数起的步号，或 last', '由图决定', '打开时所在的步'],
		['named', '命名视图', '', '代表该视图的参数；同时写出的参数优先']
	],
	script: '整站一行脚本',
	scriptLead:
		'独占一段的链接会在接近视野时变成可操作的图，高度自适应；句子里的链接仍是链接（加 data-embed 可使其变成图，data-embed="off" 使其保持链接；脚本上加 data-links="all" 则全部转换）。选项写作 data-theme、data-controls 等。不需要内联脚本、内联样式或 eval；若页面设有内容安全策略（CSP），在 script-src 与 frame-src 中放行本站即可。',
	element: '也可写成自定义元素；没有脚本时，读者看到的是其中的内容：',
	protocol: '消息',
	protocolLead:
		'嵌入框与页面之间用 postMessage 通信。每条消息都带 type "llm-unrolled" 与 version 1，其余一概忽略。嵌入框只听从自己的父窗口，且来源须与浏览器报告的一致；页面一侧也请同样核对 event.source 与 event.origin（没有 allow-same-origin 的嵌入框，其 origin 为 "null"）。',
	direction: '发出方',
	message: '消息',
	messages: [
		['图', '{ event: "height", height }', '图的高度（CSS 像素），每次变化时发出'],
		['图', '{ event: "ready", slug, step, steps, caption }', '图已就绪，可以接收消息'],
		['图', '{ event: "step", slug, step, steps, caption }', '停在了另一步'],
		['页面', '{ command: "seek", step: 3 | "last" }', '跳到某一步'],
		['页面', '{ command: "play" } · { command: "pause" }', '播放、暂停'],
		['页面', '{ command: "theme", theme: "auto" | "light" | "dark" }', '切换主题']
	],
	where: '放到哪里',
	hosts: [
		['README、知乎、飞书、Typora', '图片', 'picture'],
		['Obsidian、Notion、Jupyter', '嵌入框', 'frame'],
		['docsify、VitePress、MkDocs、Docusaurus', '链接加脚本', 'script']
	],
	latex: 'LaTeX、幻灯片、离线笔记：任意状态都能导出为文件，不需要浏览器。',
	figures: '各图的参数',
	name: '参数',
	views: '命名视图',
	opening: '不带参数时打开的状态',
	formerly: '旧名',
	picture: '图片'
};

export const words: Bilingual<Words> = { en, zh };
