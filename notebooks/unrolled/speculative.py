"""How often a draft model's proposals are accepted by a target model, measured without a single draw.

Leviathan, Kalman & Matias 2023, "Fast Inference from Transformers via Speculative Decoding", arXiv 2211.17192: a proposal drawn
from the draft's q is accepted with probability min(1, p / q), so with sum(min(p, q)) on average (Theorem 3.5); a round of `gamma`
proposals then gives (1 - a^(gamma + 1)) / (1 - a) tokens (Equation 1).
"""
from __future__ import annotations

import numpy as np

from .reference import softmax


def acceptance(target: np.ndarray, draft: np.ndarray, temperature: float) -> np.ndarray:
    """The probability that a proposal is accepted at each position: logits (T, V) of both models -> (T,).

    At temperature 0 a proposal is accepted when both models have the same most probable token.
    """
    if temperature == 0:
        return (target.argmax(-1) == draft.argmax(-1)).astype(float)
    p, q = (softmax(logits.astype(np.float64) / temperature) for logits in (target, draft))
    return np.minimum(p, q).sum(-1)


def tokens_per_round(rate: float, gamma: int) -> float:
    """Expected tokens of a round with `gamma` proposals, each accepted with probability `rate` < 1 independently."""
    return (1 - rate ** (gamma + 1)) / (1 - rate)


def measure(target, draft, texts: list[list[int]], temperature: float) -> float:
    """Mean acceptance over texts (ids with BOS) that the target wrote at this temperature. target, draft: `run.Session`s."""
    rows = [acceptance(target.logits(ids)[0][:-1], draft.logits(ids)[0][:-1], temperature) for ids in texts]
    return float(np.concatenate(rows).mean())
