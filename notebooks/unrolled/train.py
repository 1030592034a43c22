"""The training loop: Muon for matrices, Adam for the rest, a schedule counted in time, and runs that can resume.

Run it from a folder that should receive checkpoints and the log:

    python -m unrolled.train stories --minutes 100 --out runs/stories
"""
from __future__ import annotations

import argparse
import json
import math
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch

from .llama2c import Shape
from .model import Llama

IGNORED = -100


@dataclass
class Recipe:
    """What a run needs besides its data. Learning rates are peaks."""

    minutes: float  # of one thread's processor time, so that a busy machine does not shorten the training; compiling is not counted
    muon_rate: float = 0.02
    adam_rate: float = 0.004
    weight_decay: float = 0.1
    warmup_steps: int = 100
    decay_from: float = 0.35  # share of the time after which rates fall in a line to zero
    batch_tokens: int = 6144
    buckets: tuple[int, ...] = (96, 128, 160, 192, 224, 256, 352, 512)  # padded lengths: few shapes, little padding
    warm_share: float = 0.0  # share of batches from the second data set ...
    warm_until: float = 0.5  # ... before this share of the time
    seed: int = 1
    eval_every: int = 200
    bfloat16: bool = True
    compile: bool = True  # a quarter faster once compiled, which takes half a minute for each shape of batch


@dataclass
class State:
    step: int = 0
    seconds: float = 0.0
    tokens: int = 0
    log: list[dict] = field(default_factory=list)


def orthogonalise(g: torch.Tensor, steps: int = 5) -> torch.Tensor:
    """The nearest semi-orthogonal matrices to g (N, rows, columns), rows <= columns, by a quintic Newton-Schulz iteration.

    Coefficients: Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks", kellerjordan.github.io/posts/muon.
    """
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g.bfloat16()
    x = x / (x.norm(dim=(-2, -1), keepdim=True) * 1.01 + 1e-7)
    for _ in range(steps):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.float()


class Muon:
    """Momentum whose step is orthogonalised, with decoupled weight decay. Matrices of one shape are treated as one stack."""

    def __init__(self, matrices: list[torch.Tensor], momentum: float = 0.95):
        self.momentum, self.groups = momentum, {}
        for p in matrices:
            self.groups.setdefault(tuple(sorted(p.shape)), []).append(p)
        self.buffers = {shape: torch.zeros(len(ps), *shape) for shape, ps in self.groups.items()}

    @torch.no_grad()
    def step(self, rate: float, decay: float) -> None:
        for shape, ps in self.groups.items():
            lay = [p.grad if p.shape == shape else p.grad.mT for p in ps]  # rows <= columns
            grad, buffer = torch.stack(lay), self.buffers[shape]
            buffer.lerp_(grad, 1 - self.momentum)
            update = orthogonalise(grad.lerp(buffer, self.momentum))  # Nesterov
            for p, u in zip(ps, update):
                rows, columns = p.shape
                p.mul_(1 - rate * decay)
                p.add_(u if p.shape == shape else u.mT, alpha=-rate * max(1, rows / columns) ** 0.5)


def batches(sequences: list[np.ndarray], tokens: int, buckets: tuple[int, ...], random: np.random.Generator):
    """Endless batches of about `tokens` tokens: (inputs, targets), each (B, T). Sequences of alike length go together.

    Every sequence is a row of its own, so nothing attends across texts.
    """
    lengths = np.array([len(s) - 1 for s in sequences])
    bucket = np.searchsorted(buckets, lengths)
    while True:
        rows = []
        for i, size in enumerate(buckets):
            members = random.permutation(np.flatnonzero(bucket == i))
            per = max(1, tokens // size)
            rows += [(size, members[a : a + per]) for a in range(0, len(members), per) if len(members[a : a + per]) == per]
        for at in random.permutation(len(rows)):
            size, members = rows[at]
            x, y = np.zeros((len(members), size), np.int64), np.full((len(members), size), IGNORED)
            for r, m in enumerate(members):
                s = sequences[m]
                x[r, : len(s) - 1], y[r, : len(s) - 1] = s[:-1], s[1:]
            yield torch.from_numpy(x), torch.from_numpy(y)


def rate(recipe: Recipe, step: int, progress: float) -> float:
    """The factor on both learning rates: a short warm-up, a plateau, a line to zero at progress 1."""
    fall = (1 - progress) / (1 - recipe.decay_from)
    return min(1.0, (step + 1) / recipe.warmup_steps, max(fall, 0.0))


def train(
    shape: Shape, recipe: Recipe, data: list[np.ndarray], warm: list[np.ndarray] | None, evaluate, out: Path, resume: bool = True
) -> Llama:
    """Trains until `recipe.minutes` of training time have passed. evaluate(model) -> dict of numbers for the log."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    model, state = Llama(shape), State()
    hidden = [p for layer in model.layers for p in layer.parameters() if p.ndim == 2]
    others = [p for p in model.parameters() if not any(p is h for h in hidden)]
    muon, adam = Muon(hidden), torch.optim.Adam(others, betas=(0.9, 0.95), eps=1e-10)
    checkpoint = out / "checkpoint.pt"
    if resume and checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        muon.buffers = saved["muon"]
        adam.load_state_dict(saved["adam"])
        state = State(**saved["state"])
    torch._dynamo.config.recompile_limit = 64  # one graph a shape of batch
    compiled = torch.compile(model.loss, dynamic=False) if recipe.compile else model.loss

    def save() -> None:
        content = {"model": model.state_dict(), "muon": muon.buffers, "adam": adam.state_dict(), "state": asdict(state),
                   "shape": asdict(shape), "recipe": asdict(recipe)}  # fmt: skip
        torch.save(content, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").rename(checkpoint)
        (out / "log.json").write_text(json.dumps({"shape": asdict(shape), "recipe": asdict(recipe), "log": state.log}, indent=1))

    random = np.random.default_rng(recipe.seed + state.step)
    source = {which: batches(d, recipe.batch_tokens, recipe.buckets, random) for which, d in (("data", data), ("warm", warm)) if d}
    threads = torch.get_num_threads()
    losses, shapes, last_save = [], set(), time.monotonic()
    while True:
        progress = state.seconds / 60 / recipe.minutes
        done = progress >= 1
        logged = state.log[-1]["step"] if state.log else 0
        if (done or state.step % recipe.eval_every == 0) and logged != state.step:
            entry = {"step": state.step, "minutes": round(state.seconds / 60, 2), "tokens": state.tokens,
                     "train_nats": round(float(np.mean(losses)), 4) if losses else None, **evaluate(model)}  # fmt: skip
            state.log.append(entry)
            print(json.dumps(entry), flush=True)
            losses = []
            if time.monotonic() - last_save > 60:
                save()
                last_save = time.monotonic()
        if done:
            save()
            return model
        start = time.process_time()
        use_warm = bool(warm) and progress < recipe.warm_until and random.random() < recipe.warm_share
        x, y = next(source["warm" if use_warm else "data"])
        with torch.autocast("cpu", torch.bfloat16, enabled=recipe.bfloat16):
            loss = compiled(x, y)
        loss.backward()
        factor = rate(recipe, state.step, progress)
        muon.step(recipe.muon_rate * factor, recipe.weight_decay)
        for group in adam.param_groups:
            group["lr"] = recipe.adam_rate * factor
        adam.step()
        model.zero_grad(set_to_none=True)
        value = loss.item()
        if not math.isfinite(value):
            raise FloatingPointError(f"loss {value} at step {state.step}")
        if not use_warm:
            losses.append(value)
        state.step, state.tokens = state.step + 1, state.tokens + int((y != IGNORED).sum())
        if x.shape in shapes or not recipe.compile:
            state.seconds += (time.process_time() - start) / threads
        shapes.add(x.shape)


def load(out: Path) -> tuple[Llama, dict]:
    """The model of a run's checkpoint, and the checkpoint."""
    saved = torch.load(Path(out) / "checkpoint.pt", weights_only=True)
    model = Llama(Shape(**saved["shape"]))
    model.load_state_dict(saved["model"])
    return model.eval(), saved


def main() -> None:
    from . import runs

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", choices=sorted(runs.RUNS))
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    shape, data, warm, evaluate, recipe = runs.RUNS[given.run](given.minutes, given.out)
    model = train(shape, recipe, data, warm, evaluate, given.out)
    print(sum(p.numel() for p in model.parameters()), "parameters")


if __name__ == "__main__":
    main()
