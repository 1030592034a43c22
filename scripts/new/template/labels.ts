/** The words of the figure in both languages. Captions begin with a short lead that ends in a full stop. */
import type { Labels } from '#kit/explainer.ts';
import { number } from '#kit/text/format.ts';
import type { Bilingual } from '#kit/text/locale.ts';

type Values = Readonly<Record<string, string | number>>;
const n = (v: Values, key: string): string => number(Number(v[key] ?? 0));

const en = {
	captions: {
		start: (v: Values) => `Nothing yet. ${n(v, 'n')} columns will follow, each one square taller than the last.`,
		add: (v: Values) => `Column ${n(v, 'columns')}. Its ${n(v, 'columns')} squares make it ${n(v, 'total')} in all.`,
		done: (v: Values) => `All there. A second staircase, turned round, would make a rectangle of twice ${n(v, 'total')}.`
	},
	facts: { total: 'squares in all', mean: 'squares in a column on average' },
	notes: {},
	marks: { columns: '' },
	params: { n: 'Columns' },
	values: { main: 'Size' },
	views: { small: 'Three columns', hundred: 'The schoolboy’s hundred' },
	problems: {},
	total: (v: Values) => `${n(v, 'total')} squares`,
	why: (v: Values) => `Column ${n(v, 'value')} has ${n(v, 'value')} squares, one more than the column before it.`
} satisfies Labels & Record<string, unknown>;

export type NewFigureText = typeof en;

const zh: NewFigureText = {
	captions: {
		start: (v) => `还没有。接下来有 ${n(v, 'n')} 列，每列比前一列多一个方块。`,
		add: (v) => `第 ${n(v, 'columns')} 列。它有 ${n(v, 'columns')} 个方块，合计 ${n(v, 'total')} 个。`,
		done: (v) => `全部就位。再拿一座倒过来的台阶，就拼成含 2 × ${n(v, 'total')} 个方块的长方形。`
	},
	facts: { total: '方块总数', mean: '平均每列方块数' },
	notes: {},
	marks: { columns: '' },
	params: { n: '列数' },
	values: { main: '大小' },
	views: { small: '三列', hundred: '小学生的一百' },
	problems: {},
	total: (v) => `${n(v, 'total')} 个方块`,
	why: (v) => `第 ${n(v, 'value')} 列有 ${n(v, 'value')} 个方块，比前一列多一个。`
};

export const labels: Bilingual<NewFigureText> = { en, zh };
