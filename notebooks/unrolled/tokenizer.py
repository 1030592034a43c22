"""`tokenizer.json` in the layout of Hugging Face tokenizers: from a SentencePiece BPE model, or trained anew.

Both are Llama's scheme: a space becomes the visible mark U+2581, one is put in front, there is no pre-tokenizer, and a character
outside the vocabulary falls back to its UTF-8 bytes `<0x00>` .. `<0xFF>`. Ids 0, 1, 2 are <unk>, <s>, </s>; 3 to 258 the bytes.
"""
from __future__ import annotations

import json
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

SPACE = "\u2581"
SPECIALS = ["<unk>", "<s>", "</s>"]
BYTES = [f"<0x{b:02X}>" for b in range(256)]

# Units inside which merges are learnt: endings such as 's and n't, words with the space before them, single digits, punctuation.
# No piece joins two units, so encoding needs no pre-tokenizer: a merge across units does not exist.
UNITS = rf"'[a-z]+|{SPACE}?[A-Za-z]+|{SPACE}?[0-9]|{SPACE}?[^A-Za-z0-9{SPACE}]+|{SPACE}"


def tokenizer_json(pieces: list[str], merges: list[tuple[str, str]], *, squeeze_spaces: bool, prefix_space: bool = True) -> dict:
    """The content of tokenizer.json. `squeeze_spaces` drops outer spaces and joins runs, SentencePiece's remove_extra_whitespaces."""
    special = lambda i: {"id": i, "content": SPECIALS[i], "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}  # noqa: E731
    squeeze = [  # lookarounds, because ^ and $ mean a line's ends to some engines and the text's to others
        {"type": "Replace", "pattern": {"Regex": r"(?<![\s\S]) +| +(?![\s\S])"}, "content": ""},
        {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
    ]
    prepend = [{"type": "Prepend", "prepend": SPACE}]
    bos = [{"SpecialToken": {"id": "<s>", "type_id": 0}}]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [special(i) for i in range(3)],
        "normalizer": {
            "type": "Sequence",
            "normalizers": squeeze * squeeze_spaces
            + prepend * prefix_space
            + [{"type": "Replace", "pattern": {"String": " "}, "content": SPACE}],
        },
        "pre_tokenizer": None,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [*bos, {"Sequence": {"id": "A", "type_id": 0}}],
            "pair": [*bos, {"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}},
        },
        "decoder": {
            "type": "Sequence",
            "decoders": [
                {"type": "Replace", "pattern": {"String": SPACE}, "content": " "},
                {"type": "ByteFallback"},
                {"type": "Fuse"},
            ]
            + [{"type": "Strip", "content": " ", "start": 1, "stop": 0}] * prefix_space,
        },
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": "<unk>",
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": True,
            "byte_fallback": True,
            "ignore_merges": False,
            "vocab": {piece: i for i, piece in enumerate(pieces)},
            "merges": [f"{a} {b}" for a, b in merges],
        },
    }


def from_sentencepiece(path: str | Path) -> dict:
    """tokenizer.json of a SentencePiece BPE model. Its merges are every split of a piece into two pieces, best score first."""
    from sentencepiece import sentencepiece_model_pb2

    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(Path(path).read_bytes())
    pieces = [p.piece for p in proto.pieces]
    rank = {p.piece: -p.score for p in proto.pieces if p.type == p.NORMAL}
    merges = []
    for piece in sorted(rank, key=rank.get):
        splits = [(piece[:i], piece[i:]) for i in range(1, len(piece))]
        merges += [(a, b) for a, b in splits if a in rank and b in rank]
    spec = proto.normalizer_spec
    return tokenizer_json(pieces, merges, squeeze_spaces=spec.remove_extra_whitespaces, prefix_space=spec.add_dummy_prefix)


def train_bpe(texts, vocab_size: int) -> dict:
    """tokenizer.json of a BPE with `vocab_size` entries learnt on texts (an iterable of str)."""
    trainee = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    trainee.pre_tokenizer = pre_tokenizers.Split(Regex(UNITS), "isolated")
    trainer = trainers.BpeTrainer(vocab_size=vocab_size - len(SPECIALS) - 256, show_progress=False)
    trainee.train_from_iterator((SPACE + text.replace(" ", SPACE) for text in texts), trainer)
    model = json.loads(trainee.to_str())["model"]
    learnt = sorted(model["vocab"], key=model["vocab"].get)
    merges = [tuple(m.split(" ")) if isinstance(m, str) else tuple(m) for m in model["merges"]]
    return tokenizer_json(SPECIALS + BYTES + learnt, merges, squeeze_spaces=False)


def characters(texts) -> dict:
    """tokenizer.json whose pieces are single characters, most frequent first; nothing is put in front of the text."""
    from collections import Counter

    counts = Counter(c for text in texts for c in text.replace(" ", SPACE))
    learnt = sorted(counts, key=lambda c: (-counts[c], c))
    return tokenizer_json(SPECIALS + BYTES + learnt, [], squeeze_spaces=False, prefix_space=False)


def config(context: int) -> dict:
    """The content of tokenizer_config.json: a plain fast tokenizer, no further rule of a model class."""
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "add_bos_token": True,
        "add_eos_token": False,
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "clean_up_tokenization_spaces": False,
        "model_max_length": context,
    }


def load(content: dict) -> Tokenizer:
    return Tokenizer.from_str(json.dumps(content))
