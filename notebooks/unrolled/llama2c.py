"""Reads checkpoints in llama2.c's legacy format.

Source of the layout: karpathy/llama2.c `model.c`/`run.c`, function `memory_map_weights`.
"""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

HEADER_BYTES = 7 * 4


@dataclass(frozen=True)
class Shape:
    """The sizes of a Llama-like network. Field names are those of a Hugging Face Llama `config.json`."""

    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    num_key_value_heads: int
    vocab_size: int
    max_position_embeddings: int
    rope_theta: float = 10000.0
    rms_norm_eps: float = 1e-5
    tie_word_embeddings: bool = True

    @property
    def head_dim(self) -> int:
        return self.hidden_size // self.num_attention_heads


def read(path: str | Path) -> tuple[Shape, dict[str, np.ndarray]]:
    """Returns the shape and the float32 tensors under llama2.c's own names.

    Matrices are (out, in), stacked over layers: `wq` (L, D, D), `wk`/`wv` (L, KV*hd, D), `wo` (L, D, D), `w1`/`w3` (L, F, D),
    `w2` (L, D, F); norms (L, D); `tok_emb` (V, D). RoPE pairs are neighbours (2i, 2i+1). Raises ValueError when bytes are
    left over or missing.
    """
    raw = Path(path).read_bytes()
    dim, hidden, layers, heads, kv_heads, vocab, seq = np.frombuffer(raw, "<i4", 7).tolist()
    shared = vocab > 0  # a negative vocabulary marks a separate classifier
    shape = Shape(dim, hidden, layers, heads, kv_heads, abs(vocab), seq, tie_word_embeddings=shared)
    floats = np.frombuffer(raw, "<f4", offset=HEADER_BYTES)
    hd = shape.head_dim
    layout = [
        ("tok_emb", (shape.vocab_size, dim)),
        ("rms_att", (layers, dim)),
        ("wq", (layers, heads * hd, dim)),
        ("wk", (layers, kv_heads * hd, dim)),
        ("wv", (layers, kv_heads * hd, dim)),
        ("wo", (layers, dim, heads * hd)),
        ("rms_ffn", (layers, dim)),
        ("w1", (layers, hidden, dim)),
        ("w2", (layers, dim, hidden)),
        ("w3", (layers, hidden, dim)),
        ("rms_final", (dim,)),
        ("freq_cis_real", (seq, hd // 2)),  # rope tables, recomputed by every reader
        ("freq_cis_imag", (seq, hd // 2)),
    ]
    if not shared:
        layout.append(("wcls", (shape.vocab_size, dim)))
    tensors, at = {}, 0
    for name, dims in layout:
        size = int(np.prod(dims))
        tensors[name] = floats[at : at + size].reshape(dims)
        at += size
    if at != floats.size:
        raise ValueError(f"{path}: {floats.size} floats in the file, {at} expected")
    return shape, tensors


def half_split(matrix: np.ndarray, heads: int) -> np.ndarray:
    """Reorders the rows (heads*hd, D) so that RoPE pairs (2i, 2i+1) become (i, i + hd/2), the order of Hugging Face Llama.

    Scores are dot products over the rows of a head, so one order for queries and keys alike changes nothing.
    """
    out, dim = matrix.shape
    return matrix.reshape(heads, out // heads // 2, 2, dim).transpose(0, 2, 1, 3).reshape(out, dim)


def to_llama(shape: Shape, t: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The same weights under Hugging Face Llama names, matrices (out, in), RoPE pairs half-split."""
    weights = {"model.embed_tokens.weight": t["tok_emb"], "model.norm.weight": t["rms_final"]}
    for i in range(shape.num_hidden_layers):
        p = f"model.layers.{i}."
        weights |= {
            p + "input_layernorm.weight": t["rms_att"][i],
            p + "self_attn.q_proj.weight": half_split(t["wq"][i], shape.num_attention_heads),
            p + "self_attn.k_proj.weight": half_split(t["wk"][i], shape.num_key_value_heads),
            p + "self_attn.v_proj.weight": t["wv"][i],
            p + "self_attn.o_proj.weight": t["wo"][i],
            p + "post_attention_layernorm.weight": t["rms_ffn"][i],
            p + "mlp.gate_proj.weight": t["w1"][i],
            p + "mlp.down_proj.weight": t["w2"][i],
            p + "mlp.up_proj.weight": t["w3"][i],
        }
    return weights
