"""Writes static/models/index.json: what the site offers, with sizes and hashes. Run it after every export.

    python index_models.py
"""
from __future__ import annotations

import hashlib
import json
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent / "static" / "models"
FILES = [
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "onnx/model_quantized.onnx",
    "onnx/model_lab.onnx",
    "onnx/model.onnx",
]
# In the order of the site's list; the first that exists is the default.
CATALOGUE = {
    "stories": ("Stories", "故事模型", "MIT"),
    "stories-draft": ("Stories, draft for speculative decoding", "故事草稿模型（用于投机解码）", "MIT"),
    "tang": ("Tang verse, one character a token", "唐诗模型（一字一个词元）", "MIT"),
    "stories260K": ("stories260K, the smallest tinyllama", "stories260K（最小的 tinyllama）", "MIT"),
}


def entry(name: str, title: dict[str, str], licence: str, default: bool) -> dict:
    folder = MODELS / name
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    files = []
    for path in FILES:
        content = (folder / path).read_bytes()
        files.append({"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    return {
        "name": name,
        "title": title,
        "files": files,
        "parameters": parameters(config),
        "vocab": config["vocab_size"],
        "context": config["max_position_embeddings"],
        "licence": licence,
        "default": default,
    }


def parameters(c: dict) -> int:
    """Trained numbers of a Llama-like network, from its config."""
    d, f, layers, hd = c["hidden_size"], c["intermediate_size"], c["num_hidden_layers"], c["head_dim"]
    heads, kv = c["num_attention_heads"], c["num_key_value_heads"]
    layer = 2 * d + d * hd * (heads + 2 * kv) + heads * hd * d + 3 * d * f
    return c["vocab_size"] * d * (1 if c["tie_word_embeddings"] else 2) + layers * layer + d


def main() -> None:
    names = [name for name in CATALOGUE if (MODELS / name / "config.json").exists()]
    models = []
    for name in names:
        en, zh, licence = CATALOGUE[name]
        models.append(entry(name, {"en": en, "zh": zh}, licence, name == names[0]))
    text = json.dumps(models, ensure_ascii=False, indent=2)
    (MODELS / "index.json").write_text(text + "\n", encoding="utf-8")
    for m in models:
        print(f"{m['name']:14} {m['parameters']:>9,} parameters, {sum(f['bytes'] for f in m['files']):>11,} bytes in all")


if __name__ == "__main__":
    main()
