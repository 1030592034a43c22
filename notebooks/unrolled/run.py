"""Runs an exported graph in ONNX Runtime, the way the page does: prefill, then one token a step with the cache."""
from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import onnxruntime as ort


class Session:
    """One graph of a model folder. `threads` = 1 compares with a page that has no shared memory."""

    def __init__(self, folder: str | Path, graph: str = "model_quantized", threads: int = 1, optimized: str | None = None):
        folder = Path(folder)
        self.config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        if optimized:  # where to write the graph as the session runs it, to look at what was folded
            options.optimized_model_filepath = optimized
        self.ort = ort.InferenceSession(str(folder / "onnx" / f"{graph}.onnx"), options, providers=["CPUExecutionProvider"])
        self.inputs = {i.name for i in self.ort.get_inputs()}
        self.outputs = [o.name for o in self.ort.get_outputs()]

    def empty_cache(self, batch: int = 1) -> dict[str, np.ndarray]:
        c = self.config
        none = np.zeros((batch, c["num_key_value_heads"], 0, c["head_dim"]), np.float32)
        return {f"past_key_values.{i}.{x}": none for i in range(c["num_hidden_layers"]) for x in ("key", "value")}

    def step(self, ids: np.ndarray, cache: dict[str, np.ndarray], bias: np.ndarray | None = None):
        """ids (B, S), cache of length past -> (outputs by name, the next cache)."""
        past, (batch, seq) = next(iter(cache.values())).shape[2], ids.shape
        feeds = {
            "input_ids": ids.astype(np.int64),
            "attention_mask": np.ones((batch, past + seq), np.int64),
            "position_ids": np.tile(np.arange(past, past + seq), (batch, 1)),
            **cache,
        }
        if "attention_bias" in self.inputs:
            feeds["attention_bias"] = np.zeros((seq, past + seq), np.float32) if bias is None else bias
        out = dict(zip(self.outputs, self.ort.run(None, feeds)))
        return out, {name: out[name.replace("past_key_values", "present")] for name in cache}

    def logits(self, ids) -> np.ndarray:
        """ids (B, T) -> (B, T, V), without cache."""
        ids = np.atleast_2d(ids)
        return self.step(ids, self.empty_cache(len(ids)))[0]["logits"]

    def greedy(self, ids: list[int], count: int, eos: int | None = 2) -> list[int]:
        out, cache = self.step(np.array([ids]), self.empty_cache())
        made = []
        while len(made) < count and (not made or made[-1] != eos):
            made.append(int(out["logits"][0, -1].argmax()))
            out, cache = self.step(np.array([made[-1:]]), cache)
        return made

    def tokens_per_second(self, count: int = 256) -> float:
        """Decode steps a second over `count` tokens after BOS (no more than the context holds), best of three."""
        best, count = 0.0, min(count, self.config["max_position_embeddings"] - 1)
        for _ in range(3):
            out, cache = self.step(np.array([[1]]), self.empty_cache())
            start = time.perf_counter()
            for _ in range(count):
                out, cache = self.step(out["logits"][:, -1].argmax(-1)[:, None], cache)
            best = max(best, count / (time.perf_counter() - start))
        return best
