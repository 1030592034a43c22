/** The parameters of the figure: names, ranges and starting values are public (they stand in links and exports). */
import { int, type Params } from '#kit/params/schema.ts';

export const params = {
	n: int(1, 200, 6, 24)
} as const;

export type NewFigureParams = Params<typeof params>;
