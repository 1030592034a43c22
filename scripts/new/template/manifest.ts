import type { Manifest } from '#kit/explainer.ts';

export default {
	slug: 'new-figure',
	group: 'core',
	order: 999,
	tags: ['example', '示例'],
	title: { en: 'New figure', zh: '新图解：New figure' },
	summary: {
		en: 'The numbers from 1 to n as a staircase. Every new folder starts as this example.',
		zh: '把 1 到 n 排成一级级台阶。每个新目录都从这个例子开始。'
	},
	/** Ids of src/notes/topics.json: the interview questions that the figure answers. */
	answers: [],
	load: () => import('./index.ts')
} satisfies Manifest;
