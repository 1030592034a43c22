/** @param {readonly number[]} values */
export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** Median and range of rounds, for the notes. @param {readonly number[]} values @param {string} unit */
export const spread = (values, unit) =>
	`${format(median(values))} ${unit} (${format(Math.min(...values))} to ${format(Math.max(...values))})`;

/** Three significant digits. @param {number} value */
export function format(value) {
	return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
