"""A Llama forward pass in NumPy: slow, short, and independent of PyTorch and ONNX.

Two readers of the same file format exist on purpose: `Llama2c` keeps llama2.c's interleaved RoPE, so that it also checks the
reordering done for export; `Llama` takes weights under Hugging Face names.
"""
from __future__ import annotations

import numpy as np

from .llama2c import Shape


def rms_norm(x: np.ndarray, weight: np.ndarray, eps: float) -> np.ndarray:
    """x (T, D), weight (D,). Zhang & Sennrich 2019, arXiv 1910.07467."""
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + eps) * weight


def silu(x: np.ndarray) -> np.ndarray:
    return x / (1 + np.exp(-x))


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def angles(positions: np.ndarray, head_dim: int, theta: float) -> np.ndarray:
    """(T, hd/2) angles in radians. Su et al. 2021, arXiv 2104.09864."""
    frequency = theta ** (-np.arange(0, head_dim, 2) / head_dim)
    return positions[:, None] * frequency


def rope_interleaved(x: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """x (T, heads, hd), pairs (2i, 2i+1); angle (T, hd/2)."""
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    a, b = x[..., 0::2], x[..., 1::2]
    return np.stack([a * cos - b * sin, a * sin + b * cos], -1).reshape(x.shape)


def rope_half(x: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """x (T, heads, hd), pairs (i, i + hd/2); angle (T, hd/2)."""
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    a, b = np.split(x, 2, -1)
    return np.concatenate([a * cos - b * sin, a * sin + b * cos], -1)


def attend(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Causal grouped-query attention. q (T, H, hd), k and v (T, KV, hd) -> (T, H*hd). Ainslie et al. 2023, arXiv 2305.13245."""
    t, heads, hd = q.shape
    group = heads // k.shape[1]
    k, v = np.repeat(k, group, 1), np.repeat(v, group, 1)
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(hd)
    scores = np.where(np.tril(np.ones((t, t), bool)), scores, -np.inf)
    return np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(t, -1)


class Llama:
    """Weights under Hugging Face Llama names, computed in `dtype` (float64 by default: a yardstick should not round)."""

    rope = staticmethod(rope_half)

    def __init__(self, shape: Shape, weights: dict[str, np.ndarray], dtype=np.float64):
        self.shape = shape
        self.w = {name: np.asarray(w, dtype) for name, w in weights.items()}

    def logits(self, ids) -> np.ndarray:
        """ids (T,) -> (T, V)."""
        s, w = self.shape, self.w
        ids = np.asarray(ids)
        angle = angles(np.arange(len(ids)), s.head_dim, s.rope_theta)
        x = w["model.embed_tokens.weight"][ids]  # (T, D)
        for i in range(s.num_hidden_layers):
            p = f"model.layers.{i}."
            h = rms_norm(x, w[p + "input_layernorm.weight"], s.rms_norm_eps)
            q, k, v = (
                (h @ w[f"{p}self_attn.{n}_proj.weight"].T).reshape(len(ids), -1, s.head_dim) for n in "qkv"
            )  # (T, H or KV, hd)
            x = x + attend(self.rope(q, angle), self.rope(k, angle), v) @ w[p + "self_attn.o_proj.weight"].T
            h = rms_norm(x, w[p + "post_attention_layernorm.weight"], s.rms_norm_eps)
            gate, up = h @ w[p + "mlp.gate_proj.weight"].T, h @ w[p + "mlp.up_proj.weight"].T  # (T, F)
            x = x + (silu(gate) * up) @ w[p + "mlp.down_proj.weight"].T
        x = rms_norm(x, w["model.norm.weight"], s.rms_norm_eps)
        return x @ w.get("lm_head.weight", w["model.embed_tokens.weight"]).T

    def greedy(self, ids: list[int], count: int, eos: int | None = 2) -> list[int]:
        """The `count` most probable continuations of ids, one after another; ties go to the lower id."""
        ids, start = list(ids), len(ids)
        while len(ids) - start < count and (len(ids) == start or ids[-1] != eos):
            ids.append(int(self.logits(ids)[-1].argmax()))
        return ids[start:]


class Llama2c(Llama):
    """The tensors of a llama2.c checkpoint as they stand, with its interleaved RoPE."""

    rope = staticmethod(rope_interleaved)

    def __init__(self, shape: Shape, t: dict[str, np.ndarray], dtype=np.float64):
        weights = {"model.embed_tokens.weight": t["tok_emb"], "model.norm.weight": t["rms_final"]}
        names = {
            "input_layernorm": "rms_att", "self_attn.q_proj": "wq", "self_attn.k_proj": "wk", "self_attn.v_proj": "wv",
            "self_attn.o_proj": "wo", "post_attention_layernorm": "rms_ffn", "mlp.gate_proj": "w1", "mlp.down_proj": "w2",
            "mlp.up_proj": "w3",
        }  # fmt: skip
        for i in range(shape.num_hidden_layers):
            weights |= {f"model.layers.{i}.{hf}.weight": t[c][i] for hf, c in names.items()}
        super().__init__(shape, weights, dtype)
