/** The notebook's words. Keys are equal in both languages by type. */
import type { Bilingual } from '#kit/text/locale.ts';
import type { Trouble } from './transfer.ts';

const size = (bytes: number): string =>
	bytes >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${Math.max(1, Math.round(bytes / 2 ** 10))} KiB`;

const en = {
	title: 'Notebook',
	summary: 'Markdown notes with live figures in them, kept in this browser.',
	privacy:
		'Nothing you write leaves this browser: no account, no upload, no request to any other site. Clearing the browser’s data for this site deletes the notes, so export what you want to keep.',
	noScript: 'Scripts are off: the notebook needs them to keep and show your notes.',
	opening: 'Opening your notes…',
	notes: 'Notes',
	write: 'Write',
	preview: 'Preview',
	newNote: 'New note',
	untitled: 'Untitled',
	otherVersion: 'other version',
	search: 'Search notes',
	noneFound: 'No note holds all of these words.',
	found: (n: number) => (n === 1 ? '1 note found' : `${n} notes found`),
	none: 'No notes yet. Write something: it becomes the first one.',
	editor: 'Text of the note, in Markdown',
	placeholder: '# Heading\n\nWrite Markdown. Type / to insert a figure, $x^2$ for maths.',
	insertFigure: 'Insert figure',
	exportOne: 'Export .md',
	exportAll: 'Export all (.zip)',
	import: 'Import',
	delete: 'Delete',
	deleted: (title: string) => `“${title}” was deleted.`,
	undo: 'Undo',
	close: 'Dismiss',
	example: 'Start from an example',
	emptyPreview: 'What you write appears here.',
	previewLoading: 'The preview is being loaded…',
	previewFailed: 'The preview could not be loaded. Your text is safe; writing and saving go on.',
	retry: 'Try again',
	tooDeep: 'This text is nested too deeply to be shown. It is kept as you wrote it.',
	cutPreview: (signs: number) =>
		`This note is very long: the preview shows its first ${signs.toLocaleString('en')} characters. The whole text is kept.`,
	status: {
		saved: 'Saved',
		saving: 'Saving…',
		session: 'Until this tab closes',
		unsaved: 'Not saved'
	},
	session:
		'This browser does not let the site keep data (a private window, or storage that is blocked), so these notes last only until this tab is closed. Export them to keep them.',
	full: 'The browser’s storage is full: your last changes are not saved yet. They stay here while this tab is open. Export the notes, or delete some, then save again.',
	failed: 'Your last changes could not be saved. They stay here while this tab is open; export them, or save again.',
	saveAgain: 'Save again',
	conflict:
		'This note was changed in another tab at the same time. Both versions are kept: yours goes on here, the other one is in the list under the same title.',
	removedElsewhere: 'This note was deleted in another tab. It is still here: write on, and it is kept again.',
	recovered:
		'A closed tab held text that it had not saved, and the note was changed elsewhere since. It is kept as another version beside it.',
	imported: (n: number, same: number) =>
		`${n === 1 ? '1 note was imported.' : `${n} notes were imported.`}${same === 0 ? '' : same === 1 ? ' 1 was here already.' : ` ${same} were here already.`}`,
	trouble: (t: Trouble): string => {
		switch (t.why) {
			case 'notText':
				return `${t.file} is not text in UTF-8 and was not imported. Save it as UTF-8 and try again.`;
			case 'badZip':
				return `${t.file} is damaged and was not imported.`;
			case 'noNotes':
				return `${t.file} holds no Markdown files.`;
			case 'encrypted':
				return `${t.file} is locked by a password and was not imported.`;
			case 'unreadable':
				return `${t.file} could not be read. It may have been moved or changed.`;
			case 'unknownKind':
				return `${t.file} is neither Markdown (.md, .txt) nor a .zip of it.`;
			case 'tooLarge':
				return `${t.file} is too large: ${size(t.bytes)}, the limit is ${size(t.limit)}.`;
			case 'tooMany':
				return `${t.file} holds more than ${t.limit} notes; the first ones were imported.`;
		}
	},
	menu: 'Figures',
	menuHint: 'Arrow keys choose, Enter inserts, Esc closes.',
	menuNone: 'No figure or view has this name.',
	kinds: { seen: 'as you left it', figure: 'figure', view: 'view' },
	figure: (title: string) => `Figure: ${title}`,
	open: 'Open',
	keepState: 'Put this state into the note',
	unknownFigure: 'There is no figure of this name here; the link is kept as it is.',
	noLive: 'The live figure did not load; this is its link.',
	pictureOf: (view: string) => `Picture: ${view}. The link opens the exact state.`,
	foreign: (host: string) => `Picture from ${host}, not loaded`,
	exampleText: (link: (slug: string, query: string) => string) => `# How temperature and top-p work together

A language model gives each token $i$ a logit $z_i$. Temperature $T$ divides the logits before softmax:

$$
p_i = \\frac{e^{z_i/T}}{\\sum_j e^{z_j/T}}
$$

Top-p then keeps the smallest set of tokens whose probabilities sum to at least $p$. Step through it:

[Temperature 0.8, top-p 0.9](${link('sampling', 'temperature=0.8&topP=0.9')})

- [ ] What changes when the order is swapped?
`
};

export type Words = typeof en;

const zh: Words = {
	title: '笔记本',
	summary: '用 Markdown 写笔记，图解可直接嵌入并交互，内容只保存在本浏览器。',
	privacy: '您写的内容不会离开本浏览器：无需账号，不上传，也不向任何其他网站发送请求。清除本站的浏览数据会删除笔记，重要内容请及时导出。',
	noScript: '脚本已关闭：保存和显示笔记都需要脚本。',
	opening: '正在打开笔记……',
	notes: '笔记',
	write: '编辑',
	preview: '预览',
	newNote: '新建笔记',
	untitled: '无标题',
	otherVersion: '另一版本',
	search: '搜索笔记',
	noneFound: '没有笔记同时包含这些词。',
	found: (n) => `找到 ${n} 篇笔记`,
	none: '还没有笔记。直接开始写，就是第一篇。',
	editor: '笔记正文（Markdown）',
	placeholder: '# 标题\n\n用 Markdown 书写。输入 / 插入图解，公式写作 $x^2$。',
	insertFigure: '插入图解',
	exportOne: '导出 .md',
	exportAll: '全部导出（.zip）',
	import: '导入',
	delete: '删除',
	deleted: (title) => `已删除“${title}”。`,
	undo: '撤销',
	close: '关闭提示',
	example: '从示例开始',
	emptyPreview: '您写的内容会显示在这里。',
	previewLoading: '正在加载预览……',
	previewFailed: '预览加载失败。正文不受影响，可以继续书写和保存。',
	retry: '重试',
	tooDeep: '这段文字嵌套过深，无法显示；原文已照原样保存。',
	cutPreview: (signs) => `这篇笔记很长，预览只显示前 ${signs.toLocaleString('en')} 个字符；全文均已保存。`,
	status: {
		saved: '已保存',
		saving: '正在保存……',
		session: '关闭标签页前有效',
		unsaved: '未保存'
	},
	session: '浏览器不允许本站保存数据（隐私窗口，或存储被禁用），笔记只能保留到关闭本标签页为止。需要留存请先导出。',
	full: '浏览器存储空间已满：最近的修改尚未保存，但本标签页打开期间不会丢失。请导出笔记或删除一些，然后重新保存。',
	failed: '最近的修改未能保存，但本标签页打开期间不会丢失。请导出，或重新保存。',
	saveAgain: '重新保存',
	conflict: '另一个标签页同时修改了这篇笔记。两个版本都已保留：您的版本在此继续编辑，另一个版本在列表中，标题相同。',
	removedElsewhere: '这篇笔记已在另一个标签页中删除。此处内容仍在，继续书写即可重新保存。',
	recovered: '有标签页关闭时留下了未保存的内容，而那篇笔记此后又在别处修改过，因此作为另一版本一并保留。',
	imported: (n, same) => `已导入 ${n} 篇笔记。${same === 0 ? '' : `另有 ${same} 篇本来就有，未重复导入。`}`,
	trouble: (t) => {
		switch (t.why) {
			case 'notText':
				return `${t.file} 不是 UTF-8 文本，未导入。请另存为 UTF-8 后重试。`;
			case 'badZip':
				return `${t.file} 已损坏，未导入。`;
			case 'noNotes':
				return `${t.file} 中没有 Markdown 文件。`;
			case 'encrypted':
				return `${t.file} 有密码保护，未导入。`;
			case 'unreadable':
				return `${t.file} 无法读取，可能已被移动或修改。`;
			case 'unknownKind':
				return `${t.file} 既不是 Markdown（.md、.txt），也不是其 .zip 压缩包。`;
			case 'tooLarge':
				return `${t.file} 过大：${size(t.bytes)}，上限为 ${size(t.limit)}。`;
			case 'tooMany':
				return `${t.file} 中的笔记超过 ${t.limit} 篇，只导入了前面的。`;
		}
	},
	menu: '图解',
	menuHint: '方向键选择，回车插入，Esc 关闭。',
	menuNone: '没有这个名称的图解或视图。',
	kinds: { seen: '上次看到的状态', figure: '图解', view: '视图' },
	figure: (title) => `图解：${title}`,
	open: '打开',
	keepState: '把当前状态写进笔记',
	unknownFigure: '本站没有这个名称的图解，链接按原样保留。',
	noLive: '图解未能加载，这里是它的链接。',
	pictureOf: (view) => `静态图：${view}。点链接可打开准确的状态。`,
	foreign: (host) => `来自 ${host} 的图片，未加载`,
	exampleText: (link) => `# 温度与 top-p 如何共同起作用

语言模型为每个词元 $i$ 给出一个 logit $z_i$。先把 logit 除以温度 $T$，再做 softmax：

$$
p_i = \\frac{e^{z_i/T}}{\\sum_j e^{z_j/T}}
$$

随后 top-p 保留概率之和不小于 $p$ 的最小词元集合。逐步看一遍：

[温度 0.8，top-p 0.9](${link('sampling', 'temperature=0.8&topP=0.9')})

- [ ] 如果交换两步的次序，结果有何不同？
`
};

export const words: Bilingual<Words> = { en, zh };
