"""Reference vectors that the site's tests read: computed by NumPy and by the tokenizer's own library, never by ONNX."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Callable

import numpy as np

from .reference import Llama

# Letters, repeated and outer spaces, line breaks, digits, quotes, accents, Chinese, emoji of one and of several code points.
STRINGS = [
    "",
    " ",
    "Once upon a time",
    " Once upon a time",
    "  two  spaces   three ",
    "Lily said, \"Let's go!\"",
    "one\ntwo\n\nthree",
    "\n",
    "\ttab",
    "12 cats and 345 dogs",
    "na\u00efve caf\u00e9",
    "\u4f60\u597d\uff0c\u4e16\u754c",
    "\u5e8a\u524d\u660e\u6708\u5149\uff0c\u7591\u662f\u5730\u4e0a\u971c\u3002",
    "\U0001f600",
    "a \U0001f468\u200d\U0001f469\u200d\U0001f467 family",
    "\u0645\u0631\u062d\u0628\u0627",
    "mixed \u4e2d\u6587 and English\u3002",
    "supercalifragilisticexpialidocious",
    "...!?",
    "The End.",
]


def significant(values: np.ndarray, digits: int = 7) -> list:
    """values as nested lists, rounded to significant digits."""
    return json.loads(json.dumps(np.asarray(values).tolist()), parse_float=lambda x: float(f"{float(x):.{digits}g}"))


def write(
    path: str | Path, model: Llama, encode: Callable[[str], list[int]], decode: Callable[[list[int]], str], *,
    count: int = 200, prompts: tuple[str, ...], start: str = "", strings: list[str] = STRINGS,
) -> dict:  # fmt: skip
    """Writes {greedy, tokens, logits}. encode gives ids without BOS; every sequence below starts with BOS (id 1)."""
    begin = [1, *encode(start)]
    greedy = model.greedy(begin, count)
    content = {
        "greedy": {"prompt": start, "promptIds": begin, "ids": greedy, "text": decode(greedy)},
        "tokens": [{"text": s, "ids": encode(s), "decoded": decode(encode(s))} for s in strings],
        "logits": [
            {"prompt": p, "ids": [1, *encode(p)], "last": significant(model.logits([1, *encode(p)])[-1])} for p in prompts
        ],
    }
    path = Path(path)
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return content
