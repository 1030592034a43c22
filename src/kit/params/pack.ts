/**
 * Long values in an address: raw DEFLATE (RFC 1951) of the UTF-8 text as base64url, under the parameter's name with ".z" behind it.
 * Both forms are read for ever; the packed one is written where it is the shorter one.
 */
import { deflateSync, inflateSync } from 'fflate';

/** What stands behind a parameter's name when its value is packed. No parameter's own name has a full stop. */
export const PACKED = '.z';

/** Percent-encoded characters from which packing is tried: below it an address stays one that a reader can read. */
const LONG = 160;
/** Packed characters that are read at most: what they hold can be a thousand times as long. */
const MOST = 20_000;

const lengthInAddress = (text: string): number => new URLSearchParams([['', text]]).toString().length - 1;

/** Beside a slider that moves, a long list is packed once. */
let last: { readonly text: string; readonly packed: string | undefined } = { text: '', packed: undefined };

/** The packed text, or undefined where that would save nothing. */
export function pack(text: string): string | undefined {
	if (text.length * 9 < LONG) return undefined;
	if (last.text !== text) last = { text, packed: packOnce(text) };
	return last.packed;
}

function packOnce(text: string): string | undefined {
	const plain = lengthInAddress(text);
	// A lone surrogate has no UTF-8: it would come back as another character.
	if (plain < LONG || !text.isWellFormed()) return undefined;
	const bytes = deflateSync(new TextEncoder().encode(text), { level: 9 });
	const packed = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');
	return packed.length + PACKED.length < plain ? packed : undefined;
}

/** The text that was packed, or undefined when this is no packed text: cut off in a chat, mistyped, or hostile. */
export function unpack(packed: string): string | undefined {
	if (packed.length > MOST || !/^[\w-]+$/.test(packed)) return undefined;
	try {
		const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(inflateSync(bytes));
	} catch {
		return undefined;
	}
}
