/** Query strings that nobody should send and somebody will. */
import type { Random, Schema } from '#kit/params/schema.ts';

const NAMES = [
	'__proto__',
	'constructor',
	'toString',
	'step',
	'b.',
	'b.step',
	'compare',
	'lang',
	'theme',
	'',
	' ',
	'x'.repeat(300),
	'鲁迅',
	'a[]',
	'%'
];
const VALUES = [
	'', ' ', '0', '-0', '-1', '1', '1.5', '1e308', '1e999', '-1e999', '1e-320', 'NaN', 'Infinity', '-Infinity', '0x1F', '1_000', '1,5', '１２',
	'null', 'undefined', 'true', 'false', '[]', '{}', '9007199254740993', '%', '%ZZ', '%E4%BD', '%00', '%0A', '%F0%9F%98', '+', '&', '=', '#', '?',
	',', ',,,,', ':', '0:0', '1:2:3', '0:-1', 'a:b', '0:1,0:2', '1+1', '1,2,3', '1,x,3', 'hf,hf', 'temperature,temperature', '<script>alert(1)</script>',
	'</textarea>', "'; DROP TABLE", '${x}', '{{x}}', '../../etc/passwd', '😀', '\uD83D', '\u202E', '\u0000', 'ﷺ', 'e\u0301'.repeat(50)
]; // prettier-ignore
const LONG = [
	'x'.repeat(20_000),
	'9'.repeat(400),
	Array.from({ length: 5000 }, (_, i) => i).join(','),
	'1:1,'.repeat(500),
	'-'.repeat(3000)
];

/** One raw query string: names of the schema and others, values from the lists or mangled from valid ones. */
export function hostileQuery(schema: Schema, random: Random): string {
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
	const names = Object.keys(schema);
	const mangled = (name: string): string => {
		const param = Object.hasOwn(schema, name) ? schema[name] : undefined;
		const text = param === undefined ? pick(VALUES) : param.print(param.random(random));
		const at = Math.floor(random() * (text.length + 1));
		return pick([
			text,
			text + pick(VALUES),
			text.slice(0, at) + pick(VALUES) + text.slice(at),
			text.toUpperCase(),
			`-${text}`,
			`${text},${text}`
		]);
	};
	const pair = (): string => {
		const name = random() < 0.8 ? pick(names) : pick(NAMES);
		const value = random() < 0.02 ? pick(LONG) : random() < 0.5 ? pick(VALUES) : mangled(name);
		const prefix = random() < 0.1 ? 'b.' : '';
		// Some come escaped as a browser would, some as they were typed.
		const half = random();
		const written = half < 0.5 ? encodeURIComponent(value.replace(/[\uD800-\uDFFF]/g, '\uFFFD')) : value;
		return half < 0.05 ? prefix + name : `${prefix}${name}=${written}`;
	};
	return Array.from({ length: Math.floor(random() * 7) }, pair).join(pick(['&', '&', '&', '&&', '&=&', ';']));
}
