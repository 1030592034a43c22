"""Writes the folder that a page, or transformers.js, loads: config, tokenizer, and the ONNX graphs."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx

from . import graph, tokenizer
from .llama2c import Shape


def config(s: Shape) -> dict:
    """config.json: the fields of a Hugging Face LlamaConfig."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": s.hidden_size,
        "intermediate_size": s.intermediate_size,
        "num_hidden_layers": s.num_hidden_layers,
        "num_attention_heads": s.num_attention_heads,
        "num_key_value_heads": s.num_key_value_heads,
        "head_dim": s.head_dim,
        "vocab_size": s.vocab_size,
        "max_position_embeddings": s.max_position_embeddings,
        "rope_theta": s.rope_theta,
        "rope_scaling": None,
        "rms_norm_eps": s.rms_norm_eps,
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        "tie_word_embeddings": s.tie_word_embeddings,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "use_cache": True,
        "torch_dtype": "float32",
    }


def generation_config(s: Shape) -> dict:
    return {"bos_token_id": 1, "eos_token_id": 2, "max_length": s.max_position_embeddings}


def write(
    folder: str | Path, shape: Shape, weights: dict[str, np.ndarray], tokens: dict, store_embedding: str = "int8"
) -> dict[str, int]:
    """Writes every file of a model but its card; returns bytes by path. weights as for `graph.build`, tokens = tokenizer.json.

    `store_embedding`: how the quantized graph keeps its embedding, int8 | float16.
    """
    folder = Path(folder)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    text = {
        "config.json": config(shape),
        "generation_config.json": generation_config(shape),
        "tokenizer_config.json": tokenizer.config(shape.max_position_embeddings),
    }
    for name, content in text.items():
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    compact = json.dumps(tokens, ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(compact + "\n", encoding="utf-8")
    small = {"store": "int8", "store_embedding": store_embedding}
    onnx.save(graph.build(shape, weights, store="float32", laboratory=False), folder / "onnx" / "model.onnx")
    onnx.save(graph.build(shape, weights, **small, laboratory=False), folder / "onnx" / graph.SHARED_FILE)
    laboratory = graph.build(shape, weights, **small, laboratory=True)
    graph.share(laboratory, folder / "onnx" / graph.SHARED_FILE)
    (folder / "onnx" / "model_lab.onnx").write_bytes(laboratory.SerializeToString())
    return {str(p.relative_to(folder)): p.stat().st_size for p in sorted(folder.rglob("*")) if p.is_file()}


def parameters(shape: Shape, weights: dict[str, np.ndarray]) -> int:
    """How many numbers were trained; a tied head is counted once."""
    return sum(int(np.size(w)) for n, w in weights.items() if not (shape.tie_word_embeddings and n == "lm_head.weight"))
