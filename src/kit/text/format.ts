/** Numbers as the site prints them: enough digits to quote, units in words, the same in figure, facts and export. */
import type { Fact, FactRecord, Unit } from '#kit/model.ts';
import type { Locale } from '#kit/text/locale.ts';

const NARROW_SPACE = '\u202F';

/** Formatters by decimals and grouping: making one costs a hundred times as much as using one. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(maximumFractionDigits: number, useGrouping: boolean): Intl.NumberFormat {
	const key = `${maximumFractionDigits}${useGrouping}`;
	let known = formatters.get(key);
	if (known === undefined) formatters.set(key, (known = new Intl.NumberFormat('en-US', { maximumFractionDigits, useGrouping })));
	return known;
}

/** A number with `digits` significant digits, grouped by thousands from 10,000 on, never in scientific notation below 1e15. */
export function number(x: number, digits = 4): string {
	if (!Number.isFinite(x)) return x > 0 ? '∞' : x < 0 ? '−∞' : '–';
	const size = Math.abs(x);
	if (size >= 1e15) return x.toExponential(2).replace('e+', ' × 10^').replace('-', '−');
	const decimals = Number.isInteger(x) || size >= 10 ** digits ? 0 : Math.max(0, Math.min(12, digits - 1 - Math.floor(Math.log10(size))));
	// Plus nothing, so that what rounds to zero from below has no minus.
	const rounded = Number(x.toFixed(decimals)) + 0;
	const text = formatter(decimals, Math.abs(rounded) >= 1e4 || Number.isInteger(x)).format(rounded);
	return text.replace('-', '−');
}

/** A number with a fixed count of decimals, for columns of figures that change under the reader's hand. */
export function fixed(x: number, decimals: number): string {
	if (!Number.isFinite(x)) return number(x);
	const text = x.toFixed(decimals);
	return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** A share of 1 as percent: three significant digits, but 100 % only where it is exactly so, and 0 % likewise. */
export function percent(share: number): string {
	if (!Number.isFinite(share)) return number(share);
	if (share < 0) return `−${percent(-share)}`;
	const p = share * 100;
	let text: string;
	if (share === 0 || share === 1) text = String(p);
	else if (share > 1) text = p.toFixed(1);
	else if (p >= 99.995) text = '> 99.99';
	else if (p < 0.001) text = '< 0.001';
	else if (p >= 99.95) text = p.toFixed(2);
	else text = p >= 10 ? p.toFixed(1) : p >= 1 ? p.toFixed(1) : Number(p.toPrecision(2)).toString();
	return `${text}${NARROW_SPACE}%`;
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Bytes in binary units, as GPUs count them. */
export function bytes(x: number): string {
	let unit = 0;
	let rest = Math.abs(x);
	while (rest >= 1024 && unit < BYTE_UNITS.length - 1) {
		rest /= 1024;
		unit += 1;
	}
	return `${number(Math.sign(x) * rest, 4)} ${BYTE_UNITS[unit] ?? 'B'}`;
}

const DECIMAL_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in decimal units, as data sheets and papers about training print them. */
export function decimalBytes(x: number, digits = 4): string {
	let unit = 0;
	let rest = Math.abs(x);
	// What would be rounded up to 1000 belongs to the next unit.
	while (Number(rest.toPrecision(digits)) >= 1000 && unit < DECIMAL_UNITS.length - 1) {
		rest /= 1000;
		unit += 1;
	}
	return `${number(Math.sign(x) * rest, digits)} ${DECIMAL_UNITS[unit] ?? 'B'}`;
}

/** A count as papers about models print it: 7.5e9 as 7.5B, 1e12 as 1T. */
export function shortCount(x: number, digits = 3): string {
	const units = ['', '', 'M', 'B', 'T'];
	const size = Number(Math.abs(x).toPrecision(digits));
	const unit = size < 1e6 ? 0 : Math.min(4, Math.floor(Math.log10(size) / 3));
	return `${number(Number((x / 1000 ** unit).toPrecision(digits)))}${units[unit] ?? ''}`;
}

const WORDS: Readonly<Record<Locale, Partial<Record<Unit, string>>>> = {
	en: { bits: 'bits', milliseconds: 'ms', tokensPerSecond: 'tokens/s', tokens: 'tokens' },
	zh: { bits: '比特', milliseconds: '毫秒', tokensPerSecond: '词元/秒', tokens: '个词元' }
};

/** A list in full, or where it is long its beginning and its end; exports have all of it. */
function listText(values: readonly number[]): string {
	const texts = values.map((v) => number(v));
	if (texts.length > 4 && texts.every((text) => text === texts[0])) return `${texts.length} × ${texts[0]!}`;
	return texts.length <= 10 ? texts.join(' · ') : [...texts.slice(0, 4), '…', ...texts.slice(-2)].join(' · ');
}

const isList = (value: Fact['value']): value is readonly number[] => Array.isArray(value);

/** Names such as tp and dp-cp, which are written in capitals. */
const ABBREVIATION = /^[a-z]{2}(-[a-z]{2})*$/;
/** "TP", "DP-CP", and "ETP" for what its name calls expert-tp. */
const nameOf = (kind: string): string =>
	ABBREVIATION.test(kind.replace(/^expert-/, '')) ? kind.replace(/^expert-/, 'e').toUpperCase() : kind;

/** "TP 8 × 2 · DP 0": numbers in their unit, lists of groups as how many of how many. */
function recordText(record: FactRecord, unit: Unit, locale: Locale): string {
	const one = (value: FactRecord[string]): string =>
		typeof value === 'number' ? factText({ value, unit }, locale) : `${number(value.length)} × ${number(value[0]?.length ?? 0)}`;
	const parts = Object.entries(record).map(([kind, value]) => `${nameOf(kind)} ${one(value)}`);
	return parts.length === 0 ? '–' : parts.join(' · ');
}

/** A fact's value and unit as one text. */
export function factText(fact: Pick<Fact, 'value' | 'unit' | 'decimal'>, locale: Locale): string {
	const { value, unit } = fact;
	if (value === null) return '–';
	if (typeof value === 'string') return value;
	if (isList(value)) return listText(value);
	if (typeof value === 'object') return recordText(value, unit, locale);
	if (unit === 'share') return percent(value);
	if (unit === 'bytes') return fact.decimal === true ? decimalBytes(value) : bytes(value);
	if (unit === 'count' && fact.decimal === true) return shortCount(value);
	const word = WORDS[locale][unit];
	const text = unit === 'bits' || unit === 'perplexity' ? number(value, 3) : number(value);
	// "1 token", "1 bit".
	return word === undefined ? text : `${text} ${text === '1' && locale === 'en' ? word.replace(/s$/, '') : word}`;
}
