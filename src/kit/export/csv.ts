import type { Table } from '#kit/explainer.ts';

/** A table as CSV (RFC 4180): CRLF, quotes doubled. A text that a spreadsheet would run as a formula is quoted with an apostrophe. */
export function toCsv(table: Table): string {
	const cell = (x: string | number): string => {
		const text = typeof x === 'string' && /^[=+\-@\t\r]/.test(x) ? `'${x}` : String(x);
		return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	return [table.columns, ...table.rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
