"""What every model's notebook shows: the training curve, the checks of an export, samples by a fixed rule."""
from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import onnxruntime

from . import reference, text
from .llama2c import Shape
from .run import Session

GRAPHS = ("model", "model_quantized", "model_lab")


def curve(log: dict, goal: float | None = None, title: str = "") -> None:
    """Draws bits per byte on unseen text and training loss over tokens. log: the content of a run's log.json."""
    rows = [row for row in log["log"] if row["train_nats"] is not None]
    millions = [r["tokens"] / 1e6 for r in rows]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.2))
    left.plot(millions, [r["bits_per_byte"] for r in rows], marker=".")
    if goal:
        left.axhline(goal, color="grey", linestyle=":")
    left.set(xlabel="million tokens seen", ylabel="bits per byte, unseen", title=title)
    right.plot(millions, [r["train_nats"] for r in rows], marker=".", color="tab:orange")
    right.set(xlabel="million tokens seen", ylabel="nats per token, training batches")
    figure.tight_layout()
    plt.show()


def check(folder: Path, shape: Shape, weights: dict[str, np.ndarray], prompts: list[list[int]], torch_logits) -> dict:
    """Compares the graphs with NumPy and PyTorch on prompts (ids with BOS); returns the largest differences of a logit."""
    onnxruntime.set_default_logger_severity(3)
    yardstick = reference.Llama(shape, weights)
    exact = [yardstick.logits(ids) for ids in prompts]  # (T, V) each
    worst = {"torch": max(np.abs(torch_logits(np.array([ids]))[0] - e).max() for ids, e in zip(prompts, exact))}
    for graph in GRAPHS:
        session = Session(folder, graph)
        worst[graph] = max(np.abs(session.logits(ids)[0] - e).max() for ids, e in zip(prompts, exact))
    return {name: float(value) for name, value in worst.items()}


def losses(folder: Path, texts: list[str], encode, context: int, graphs=("model", "model_quantized")) -> dict[str, float]:
    """Bits per byte of texts in each graph."""
    return {g: text.bits_per_byte(texts, encode, Session(folder, g, threads=2).logits, context) for g in graphs}


def sample(session: Session, ids: list[int], temperature: float, seeds: list[int], count: int, eos: int = 2) -> list[list[int]]:
    """One continuation of ids per seed (at most `count` tokens, the end token left out), by plain sampling.

    Row r draws from its own generator, seeded with seeds[r]; temperature 0 is greedy.
    """
    draws = [np.random.default_rng(seed) for seed in seeds]
    made: list[list[int]] = [[] for _ in seeds]
    done = [False] * len(seeds)
    out, cache = session.step(np.tile(ids, (len(seeds), 1)), session.empty_cache(len(seeds)))
    for _ in range(count):
        logits = out["logits"][:, -1].astype(np.float64)  # (B, V)
        if temperature == 0:
            chosen = logits.argmax(-1)
        else:
            p = reference.softmax(logits / temperature).cumsum(-1)
            chosen = np.array([min(int(np.searchsorted(row, g.random() * row[-1], side="right")), len(row) - 1) for row, g in zip(p, draws)])
        for i, token in enumerate(chosen):
            done[i] |= token == eos
            if not done[i]:
                made[i].append(int(token))
        if all(done):
            break
        out, cache = session.step(chosen[:, None], cache)
    return made
