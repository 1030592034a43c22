"""The data sets: where they lie, how they are split, and the one measure used everywhere, bits per byte."""
from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Callable

import numpy as np

DATA = Path(os.environ.get("UNROLLED_DATA", "../../shared/data"))  # the folder holding tinystories/, chinese-poetry/, ...
END = "<|endoftext|>"


def stories(name: str) -> list[str]:
    """The stories of `tinystories-<name>.txt.gz`, in file order (shuffled when the set was made)."""
    with gzip.open(DATA / "tinystories" / f"tinystories-{name}.txt.gz", "rt", encoding="utf-8") as file:
        return [story.strip("\n") for story in file.read().split(END) if story.strip()]


def split() -> tuple[list[str], list[str]]:
    """(training stories, unseen stories): the first 95 % of main with all of extra; the last 5 % of main."""
    main = stories("main")
    cut = int(len(main) * 0.95)
    return main[:cut] + stories("extra"), main[cut:]


def windows(length: int, context: int) -> list[tuple[int, int, int]]:
    """(start, end, first counted) of overlapping windows in which every target of a sequence is counted once.

    Targets are positions 1 .. length-1 of a sequence that starts with BOS. A further window starts half a context later, so
    that its counted targets have at least half a context before them.
    """
    out, start, counted = [], 0, 1
    while counted < length:
        end = min(start + context, length)
        out.append((start, end, counted))
        counted, start = end, end - context // 2
    return out


def bits_per_byte(
    texts: list[str], encode: Callable[[str], list[int]], logits: Callable[[np.ndarray], np.ndarray], context: int, batch: int = 16
) -> float:
    """Mean information of the texts' tokens given BOS and what came before, in bits per byte of UTF-8 text.

    encode(text) -> ids without BOS; logits(ids (B, T)) -> (B, T, V). The end-of-text token is not counted.
    """
    jobs = []
    for text in texts:
        ids = [1, *encode(text)]
        jobs += [(ids[a:b], counted - a) for a, b, counted in windows(len(ids), context)]
    jobs.sort(key=lambda job: len(job[0]))  # alike lengths together: little padding
    nats = 0.0
    for at in range(0, len(jobs), batch):
        rows = jobs[at : at + batch]
        ids = np.zeros((len(rows), max(len(r) for r, _ in rows)), np.int64)
        for i, (row, _) in enumerate(rows):
            ids[i, : len(row)] = row
        out = np.asarray(logits(ids[:, :-1]), np.float64)  # (B, T, V)
        top = out.max(-1, keepdims=True)
        norm = np.log(np.exp(out - top).sum(-1)) + top[..., 0]  # (B, T)
        chosen = np.take_along_axis(out, ids[:, 1:, None], -1)[..., 0]
        for i, (row, first) in enumerate(rows):
            nats += float((norm - chosen)[i, first - 1 : len(row) - 1].sum())
    return float(nats / np.log(2) / sum(len(text.encode()) for text in texts))


def books() -> list[str]:
    """The chapters and tales of the children's books."""
    pieces = []
    for name in ("world", "us"):
        with gzip.open(DATA / "gutenberg-children" / f"children-{name}.txt.gz", "rt", encoding="utf-8") as file:
            content = file.read()
        pieces += [piece.strip("\n") for piece in content.split(END) if piece.strip()]
    return pieces
