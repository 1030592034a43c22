/** Text to token ids and back, from a tokenizer.json; and how each single token is shown. Runs in the worker. */
import { Tokenizer } from '@huggingface/tokenizers';
import { RuntimeError, type TokenText } from './protocol.ts';

export interface ModelTokenizer {
	/**
	 * `bos`: with what the tokenizer puts around a text by itself, usually the beginning-of-text token. Where it puts nothing, an empty text is that
	 * token alone, as in transformers' generate().
	 */
	encode(text: string, bos: boolean): number[];
	/** Without special tokens; bytes that are no whole character become U+FFFD. */
	decode(ids: readonly number[]): string;
	/** By id; as many as the model has logits. */
	readonly tokens: readonly TokenText[];
}

interface TokenizerJson {
	readonly added_tokens?: readonly { readonly id: number; readonly content: string; readonly special?: boolean }[];
	readonly model: { readonly vocab: Readonly<Record<string, number>> | readonly (readonly [string, number])[] };
	readonly decoder?: unknown;
	readonly normalizer?: unknown;
}

/** GPT-2's alphabet: the printable characters stand for their own byte, the other bytes follow from U+0100 on. */
function byteAlphabet(): Map<string, number> {
	const printable = (b: number) => (b > 32 && b < 127) || (b > 160 && b < 256 && b !== 173);
	const alphabet = new Map<string, number>();
	let next = 256;
	for (let b = 0; b < 256; b++) alphabet.set(String.fromCodePoint(printable(b) ? b : next++), b);
	return alphabet;
}

function show(bytes: readonly number[]): TokenText {
	try {
		const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
		return { text };
	} catch {
		return { text: bytes.map((b) => `<0x${b.toString(16).toUpperCase().padStart(2, '0')}>`).join(''), bytes };
	}
}

/** The text of one token as it stands inside a longer text (a leading space is kept). */
function shower(json: TokenizerJson): (token: string) => TokenText {
	if (JSON.stringify(json.decoder ?? null).includes('"ByteLevel"')) {
		const alphabet = byteAlphabet();
		return (token) => {
			const bytes = [...token].map((c) => alphabet.get(c));
			return bytes.every((b) => b !== undefined) ? show(bytes) : { text: token };
		};
	}
	return (token) => {
		const byte = /^<0x([0-9A-F]{2})>$/i.exec(token);
		if (!byte) return { text: token.replaceAll('▁', ' ') };
		const value = Number.parseInt(byte[1]!, 16);
		return { ...show([value]), bytes: [value] };
	};
}

/**
 * A normalizer's description with `Prepend` as what it means: something before the text, unless there is none (Rust's tokenizers; the JavaScript
 * library puts it before an empty text too, so that a lone space becomes a token).
 */
function prependToText(normalizer: unknown): unknown {
	const part = normalizer as { readonly type?: string; readonly prepend?: string; readonly normalizers?: readonly unknown[] } | null;
	if (part?.normalizers) return { ...part, normalizers: part.normalizers.map(prependToText) };
	return part?.type === 'Prepend' ? { type: 'Replace', pattern: { Regex: '(?<![\\s\\S])(?=[\\s\\S])' }, content: part.prepend } : part;
}

/**
 * @param start what an empty text begins with when the tokenizer itself puts nothing there
 * @throws RuntimeError `bad-model` when the file is not a tokenizer that the library reads.
 */
export function createTokenizer(json: unknown, config: unknown, vocabulary: number, start?: number): ModelTokenizer {
	try {
		const file = json as TokenizerJson;
		const tokenizer = new Tokenizer({ ...file, normalizer: prependToText(file.normalizer) }, config ?? {});
		const texts: TokenText[] = Array.from({ length: vocabulary }, (_, id) => ({ text: `<${id}>`, special: true }));
		const shown = shower(file);
		const { vocab } = file.model;
		const added: NonNullable<TokenizerJson['added_tokens']> = file.added_tokens ?? [];
		// Unigram files list [piece, score] in the order of their ids; the others map piece to id.
		const entries: readonly (readonly [string, number])[] = Array.isArray(vocab)
			? (vocab as [string, number][]).map(([piece], id) => [piece, id] as const)
			: Object.entries(vocab);
		for (const [piece, id] of entries) if (id < vocabulary) texts[id] = shown(piece);
		for (const { id, content, special } of added) if (id < vocabulary) texts[id] = { text: content, special: special ?? false };
		return {
			encode: (text, bos) => {
				const { ids } = tokenizer.encode(text, { add_special_tokens: bos });
				return bos && ids.length === 0 && start !== undefined ? [start] : ids;
			},
			decode: (ids) =>
				ids.length === 0 ? '' : tokenizer.decode([...ids], { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
			tokens: texts
		};
	} catch (error) {
		throw new RuntimeError({ code: 'bad-model', file: 'tokenizer.json', detail: String(error) }, { cause: error });
	}
}
