"""Tang verse: reading it, whether a text has the form of a poem, and whether it rhymes.

A poem here is 4 or 8 lines of 5 or 7 characters, two lines to a row: `line，line。`.
"""
from __future__ import annotations

import gzip
import re
from collections import Counter
from itertools import combinations

from .text import DATA

HAN = "[\u3400-\u9fff]"
ROW = {n: re.compile(f"({HAN}{{{n}}})\uff0c({HAN}{{{n}}})[\u3002\uff1f\uff01]") for n in (5, 7)}


def lines(poem: str) -> list[str] | None:
    """The 4 or 8 lines of a poem, without punctuation; None when the text does not have the form."""
    rows = poem.split("\n")
    for row in ROW.values():
        found = [row.fullmatch(r) for r in rows]
        if len(rows) in (2, 4) and all(found):
            return [line for match in found for line in match.groups()]
    return None


def poems() -> list[str]:
    """The bodies (no title, no author) of the poems of tang-regular that have the form row by row."""
    with gzip.open(DATA / "chinese-poetry" / "tang-regular.txt.gz", "rt", encoding="utf-8") as file:
        bodies = ["\n".join(p.split("\n")[2:]) for p in file.read().strip("\n").split("\n\n")]
    return [body for body in bodies if lines(body)]


def split() -> tuple[list[str], list[str]]:
    """(training poems, unseen poems): the first 95 %, the last 5 % (the file is shuffled)."""
    every = poems()
    cut = int(len(every) * 0.95)
    return every[:cut], every[cut:]


def rhymes(poem: str) -> list[tuple[str, str]]:
    """Pairs of characters that should rhyme: the ends of the even lines, two by two. Empty when the form is wrong."""
    ends = [line[-1] for line in (lines(poem) or [])[1::2]]
    return list(combinations(ends, 2))


class Rhyme:
    """Which characters rhyme, learnt from poems instead of a rhyme book: two that close even lines of one poem at least
    `times` times. Modern readings would mislead, since Tang verse rhymes by Middle Chinese."""

    def __init__(self, training: list[str], times: int = 2):
        self.times, self.seen = times, Counter()
        for poem in training:
            self.seen.update(frozenset(pair) for pair in set(rhymes(poem)) if pair[0] != pair[1])

    def share(self, texts: list[str]) -> float:
        """The share of pairs that rhyme; a character repeated does not count as a rhyme."""
        pairs = [pair for text in texts for pair in rhymes(text)]
        return sum(a != b and self.seen[frozenset((a, b))] >= self.times for a, b in pairs) / max(1, len(pairs))
