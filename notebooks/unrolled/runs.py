"""The models of this site: their sizes, data and recipes. `train` reads this table."""
from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import torch

from . import text, tokenizer, verse
from .llama2c import Shape
from .train import Recipe

RUNS_FOLDER = Path(os.environ.get("UNROLLED_RUNS", "runs"))  # where training keeps checkpoints and logs
CONTEXT = 512
BOS, EOS = 1, 2


def cut(ids: list[int]) -> list[np.ndarray]:
    """A text's ids as training sequences of at most CONTEXT targets, neighbours sharing one id."""
    return [np.array(ids[a : a + CONTEXT + 1]) for a in range(0, len(ids) - 1, CONTEXT)]


def tokens_of(out: Path, make) -> tuple[dict, object]:
    """tokenizer.json of a run, made once and kept beside its checkpoints, and its tokenizer."""
    path = out / "tokenizer.json"
    if not path.exists():
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(make(), ensure_ascii=False), encoding="utf-8")
    content = json.loads(path.read_text(encoding="utf-8"))
    return content, tokenizer.load(content)


def encode_all(tok, texts: list[str]) -> list[list[int]]:
    return [e.ids for e in tok.encode_batch(texts, add_special_tokens=False)]


def torch_logits(model):
    """logits(ids (B, T)) -> (B, T, V) in float32, for `text.bits_per_byte`."""

    def logits(ids: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return model(torch.from_numpy(ids)).numpy()

    return logits


def evaluator(tok, texts: list[str]):
    """evaluate(model) for the training log: bits per byte on the given texts."""
    encode = lambda t: tok.encode(t, add_special_tokens=False).ids  # noqa: E731

    def evaluate(model) -> dict:
        model.eval()
        value = text.bits_per_byte(texts, encode, torch_logits(model), CONTEXT)
        model.train()
        return {"bits_per_byte": round(value, 4)}

    return evaluate


def story_data(out: Path, with_books: bool = False):
    """(tokenizer, training sequences, sequences of children's books if asked for, 100 unseen stories for the log)."""
    seen, unseen = text.split()
    _, tok = tokens_of(out, lambda: tokenizer.train_bpe(seen, 2048))
    data = [s for ids in encode_all(tok, seen) for s in cut([BOS, *ids, EOS])]
    # For a recipe whose warm_share is not 0: books come in pieces of 256 tokens without BOS: BOS is kept for the first word of a story.
    warm = []
    for ids in encode_all(tok, text.books()) if with_books else []:
        warm += [np.array(ids[a : a + 257]) for a in range(0, len(ids) - 256, 256)]
    return tok, data, warm, unseen[:100]


def stories(minutes: float, out: Path):
    tok, data, warm, sample = story_data(out)
    shape = Shape(192, 512, 6, 6, 2, 2048, CONTEXT)
    return shape, data, warm, evaluator(tok, sample), Recipe(minutes)


def stories_draft(minutes: float, out: Path):
    """The small sibling for speculative decoding: the same tokenizer and data."""
    tok, data, _, sample = story_data(out)
    shape = Shape(96, 256, 2, 6, 2, 2048, CONTEXT)
    return shape, data, None, evaluator(tok, sample), Recipe(minutes, batch_tokens=4096)


def tang(minutes: float, out: Path):
    seen, unseen = verse.split()
    _, tok = tokens_of(out, lambda: tokenizer.characters(seen + unseen))
    data = [np.array([BOS, *ids, EOS]) for ids in encode_all(tok, seen)]
    shape = Shape(128, 352, 4, 4, 2, tok.get_vocab_size(), 256)
    recipe = Recipe(minutes, batch_tokens=2560, buckets=(32, 40, 56, 72), eval_every=200)
    return shape, data, None, evaluator(tok, unseen[:300]), recipe


RUNS = {"stories": stories, "stories-draft": stories_draft, "tang": tang}
