import type { Facts, Frame, Model } from '#kit/model.ts';
import { params } from './params.ts';

export interface NewFigureFrame extends Frame {
	/** How many columns stand; column i has i squares. */
	readonly columns: number;
	/** Squares in all columns that stand. */
	readonly total: number;
}

const SOURCE = 'Graham, Knuth, Patashnik: Concrete Mathematics, section 1.2 (the trick of Gauss)';

export const model: Model<typeof params, NewFigureFrame> = {
	params,
	frames({ n }) {
		let total = 0;
		return Array.from({ length: n + 1 }, (_, columns): NewFigureFrame => {
			total += columns;
			const key = columns === 0 ? 'start' : columns === n ? 'done' : 'add';
			return {
				columns,
				total,
				caption: { key, values: { columns, total, n } },
				mark: { key: 'columns', value: columns }
			};
		});
	},
	facts({ n }): Facts {
		return {
			total: { value: (n * (n + 1)) / 2, unit: 'count', source: SOURCE },
			mean: { value: (n + 1) / 2, unit: 'ratio', source: SOURCE }
		};
	}
};
