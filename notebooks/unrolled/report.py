"""What every model's notebook shows: the training curve, the checks of an export, samples by a fixed rule."""
from __future__ import annotations

import json
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


CARDS = Path(__file__).resolve().parent.parent / "cards"


def publish(folder: Path, log: dict, sizes: dict[str, int], values: dict, samples: list[dict]) -> None:
    """Writes the card in both languages (README.md, README.zh.md) and training.json, which the site's page of models draws.

    `values` fills the braces of `cards/<name>.<language>.md`; bytes of the files are there by name as {bytes[onnx/model.onnx]}.
    samples: [{"rule": ..., "text": ...}], chosen by a rule and shown whatever came out.
    """
    grouped = {path: f"{size:,}" for path, size in sizes.items()}
    for language, file in (("en", "README.md"), ("zh", "README.zh.md")):
        template = (CARDS / f"{folder.name}.{language}.md").read_text(encoding="utf-8")
        (folder / file).write_text(template.format(bytes=grouped, **values), encoding="utf-8")
    rows = [{k: row[k] for k in ("step", "tokens", "train_nats", "bits_per_byte")} for row in log["log"]]
    content = {"recipe": log["recipe"], "log": rows, "samples": samples}
    (folder / "training.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def quoted(text: str) -> str:
    """text as a Markdown quotation."""
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))
