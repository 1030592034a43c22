/** A tenth of a pixel is finer than any screen shows; the exact numbers are in the data. */
export const round = (v: number): number => Math.round(v * 10) / 10;
