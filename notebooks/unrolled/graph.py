"""ONNX graphs of a Llama-like network, written node by node.

Two graphs of the same weights:

- **fused** generates: GroupQueryAttention rotates, appends to the cache and attends in one operator; SkipSimplifiedLayerNormalization
  adds and normalises; QuickGelu with alpha 1 is SiLU. Few nodes, because at this size a step costs its operators' overhead.
- **laboratory** looks: plain operators, an additional input `attention_bias` (query, key) added to the scores, and outputs
  `attentions.<i>` (batch, heads, query, key).

Inputs and outputs are those that transformers.js feeds and reads:
`input_ids` (batch, sequence) int64, `attention_mask` (batch, past + sequence) int64, `position_ids` (batch, sequence) int64,
`past_key_values.<i>.key|value` (batch, kvHeads, past, headDim) float32 -> `logits` (batch, sequence, vocab) float32,
`present.<i>.key|value` (batch, kvHeads, past + sequence, headDim) float32.

Operator contracts: github.com/microsoft/onnxruntime `docs/ContribOperators.md`.
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .llama2c import Shape
from .quantize import quantize
from .reference import angles

MICROSOFT = "com.microsoft"
INT64, FLOAT, INT32 = TensorProto.INT64, TensorProto.FLOAT, TensorProto.INT32
LOWEST = np.finfo(np.float32).min  # a masked score: finite, so that a wholly masked row is uniform and not NaN
SHARED_FILE = "model_quantized.onnx"  # whose bytes the laboratory graph reads


class Builder:
    """Collects nodes and initializers; every method returns the name of the value that it makes."""

    def __init__(self):
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[str, onnx.TensorProto] = {}

    def op(self, kind: str, *inputs: str, name: str, outputs: list[str] | None = None, domain: str = "", **attributes) -> str:
        outputs = outputs or [name]
        self.nodes.append(helper.make_node(kind, list(inputs), outputs, name=name, domain=domain, **attributes))
        return outputs[0]

    def const(self, name: str, value: np.ndarray) -> str:
        if name not in self.initializers:
            self.initializers[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def weight(self, name: str, matrix: np.ndarray, store: str, transpose: bool) -> str:
        """A matrix (out, in) as a constant: (in, out) for MatMul when `transpose`, else as it is, for the embedding's rows.

        `store` = float32 | float16 | int8: how its bytes lie in the file; a session computes with float32 in every case.
        """
        turn = np.transpose if transpose else np.asarray
        if store == "float32":
            return self.const(name, turn(np.asarray(matrix, np.float32)))
        if store == "float16":
            return self.op("Cast", self.const(name + ".float16", turn(matrix).astype(np.float16)), name=name, to=FLOAT)
        q, scale = quantize(matrix)  # (out, in), (out, 1)
        integers = self.const(name + ".int8", turn(q))
        as_float = self.op("Cast", integers, name=name + ".float", to=FLOAT)
        return self.op("Mul", as_float, self.const(name + ".scale", turn(scale)), name=name)


def build(
    shape: Shape, weights: dict[str, np.ndarray], *, store: str, laboratory: bool, store_embedding: str | None = None
) -> onnx.ModelProto:
    """weights: Hugging Face Llama names, matrices (out, in), RoPE half-split. See the module's text for inputs and outputs.

    `store`: see `Builder.weight`; the embedding, which is also the head when tied, may be stored more finely.
    """
    s, b = shape, Builder()
    hd, heads, kv, layers = s.head_dim, s.num_attention_heads, s.num_key_value_heads, s.num_hidden_layers
    w = {name: np.asarray(value, np.float32) for name, value in weights.items()}
    norm = lambda name: b.const(name, w[name])  # noqa: E731
    matmul = lambda x, matrix, name: b.op("MatMul", x, b.weight(name, matrix, store, True), name=name + ".out")  # noqa: E731

    angle = angles(np.arange(s.max_position_embeddings), hd, s.rope_theta)  # (positions, hd/2)
    cos, sin = (b.const(f"rope.{f.__name__}", f(angle).astype(np.float32)) for f in (np.cos, np.sin))

    embedding = b.weight("embedding", w["model.embed_tokens.weight"], store_embedding or store, False)  # (V, D)
    residual = b.op("Gather", embedding, "input_ids", name="embedded")  # (batch, sequence, D)
    attention = _laboratory(b, s, cos, sin) if laboratory else _fused(b, s, cos, sin)

    hidden = b.op("SimplifiedLayerNormalization", residual, norm("model.layers.0.input_layernorm.weight"),
                  name="layers.0.norm", axis=-1, epsilon=s.rms_norm_eps, stash_type=1)  # fmt: skip
    for i in range(layers):
        p, n = f"model.layers.{i}.", f"layers.{i}."
        packed = np.concatenate([w[f"{p}self_attn.{x}_proj.weight"] for x in "qkv"])  # ((H + 2 KV) hd, D)
        qkv = matmul(hidden, packed, n + "qkv")
        mixed = attention(i, qkv)  # (batch, sequence, H hd)
        attended = matmul(mixed, w[p + "self_attn.o_proj.weight"], n + "o")
        hidden, residual = _add_norm(b, s, attended, residual, norm(p + "post_attention_layernorm.weight"), n + "mlp_norm")
        gate, up = (matmul(hidden, w[f"{p}mlp.{x}_proj.weight"], n + x) for x in ("gate", "up"))  # (batch, sequence, F)
        if laboratory:
            silu = b.op("Mul", gate, b.op("Sigmoid", gate, name=n + "sigmoid"), name=n + "silu")
        else:
            silu = b.op("QuickGelu", gate, name=n + "silu", domain=MICROSOFT, alpha=1.0)
        fed = matmul(b.op("Mul", silu, up, name=n + "gated"), w[p + "mlp.down_proj.weight"], n + "down")
        last = i == layers - 1
        following = "model.norm.weight" if last else f"model.layers.{i + 1}.input_layernorm.weight"
        hidden, residual = _add_norm(b, s, fed, residual, norm(following), "final_norm" if last else f"layers.{i + 1}.norm", last)

    if s.tie_word_embeddings:
        head = b.op("Transpose", embedding, name="head", perm=[1, 0])  # (D, V), folded like the embedding itself
    else:
        head = b.weight("lm_head", w["lm_head.weight"], store, True)
    b.op("MatMul", hidden, head, name="logits")
    return _model(b, s, laboratory)


def _add_norm(b: Builder, s: Shape, x: str, residual: str, weight: str, name: str, last: bool = False) -> tuple[str, str]:
    """RMSNorm(x + residual) and the sum itself, in one operator."""
    outputs = [name] if last else [name, "", "", name + ".sum"]  # the second and third would be mean and inverse deviation
    b.op("SkipSimplifiedLayerNormalization", x, residual, weight, name=name, outputs=outputs, domain=MICROSOFT, epsilon=s.rms_norm_eps)
    return name, name + ".sum"


def _fused(b: Builder, s: Shape, cos: str, sin: str):
    """attention(i, qkv) by GroupQueryAttention.

    It rotates by itself, at positions counted from the mask's length (`position_ids` then stays unread), but only heads whose
    size is a multiple of 16; other sizes are rotated by RotaryEmbedding before it.
    """
    hd, heads, kv = s.head_dim, s.num_attention_heads, s.num_key_value_heads
    built_in = hd % 16 == 0
    one = b.const("one", np.array([1], np.int64))
    length = b.op("ReduceSum", "attention_mask", one, name="length", keepdims=0)  # (batch,)
    last = b.op("Cast", b.op("Sub", length, one, name="last"), name="seqlens_k", to=INT32)  # (batch,) index of the last key
    size = b.op("Shape", "attention_mask", name="mask_width", start=1, end=2)  # (1,)
    total = b.op("Cast", b.op("Squeeze", size, name="mask_width_0d"), name="total_sequence_length", to=INT32)

    def rotated(i: int, qkv: str) -> list[str]:
        n = f"layers.{i}."
        b.op("Split", qkv, b.const("qkv_sizes", np.array([heads * hd, kv * hd, kv * hd], np.int64)), name=n + "split", axis=-1,
             outputs=[n + "q", n + "k", n + "v"])  # fmt: skip
        turn = lambda x: b.op("RotaryEmbedding", n + x, "position_ids", cos, sin, name=f"{n}{x}.rotated", domain=MICROSOFT)  # noqa: E731
        return [turn("q"), turn("k"), n + "v"]

    def attention(i: int, qkv: str) -> str:
        out = f"layers.{i}.attention"
        query = [qkv, "", ""] if built_in else rotated(i, qkv)
        tables = [cos, sin] if built_in else []
        return b.op(
            "GroupQueryAttention", *query, f"past_key_values.{i}.key", f"past_key_values.{i}.value", last, total, *tables,
            name=out, outputs=[out, f"present.{i}.key", f"present.{i}.value"], domain=MICROSOFT,
            num_heads=heads, kv_num_heads=kv, do_rotary=int(built_in), rotary_interleaved=0, scale=float(hd**-0.5),
        )  # fmt: skip

    return attention


def _laboratory(b: Builder, s: Shape, cos: str, sin: str):
    """attention(i, qkv) in plain operators, with `attention_bias` and outputs `attentions.<i>`."""
    hd, heads, kv = s.head_dim, s.num_attention_heads, s.num_key_value_heads
    ints = lambda name, *values: b.const(name, np.array(values, np.int64))  # noqa: E731
    zero, one = b.const("zero_0d", np.array(0, np.int64)), b.const("one_0d", np.array(1, np.int64))
    width = lambda x: b.op("Squeeze", b.op("Shape", x, name=x + ".shape", start=1, end=2), name=x + ".width")  # noqa: E731
    queries, keys = width("input_ids"), width("attention_mask")
    past = b.op("Sub", keys, queries, name="past")
    row = b.op("Add", b.op("Range", zero, queries, one, name="query"), past, name="query_position")  # (query,)
    row = b.op("Unsqueeze", row, ints("axis_1", 1), name="query_position_column")  # (query, 1)
    seen = b.op("LessOrEqual", b.op("Range", zero, keys, one, name="key_position"), row, name="causal")  # (query, key)
    real = b.op("Unsqueeze", b.op("Cast", "attention_mask", name="mask_bool", to=TensorProto.BOOL), ints("axes_1_2", 1, 2), name="mask_4d")
    allowed = b.op("And", real, seen, name="allowed")  # (batch, 1, query, key)
    lowest, scale = b.const("lowest", np.array(LOWEST, np.float32)), b.const("scale", np.array(hd**-0.5, np.float32))

    turn = {}  # cos and sin of each position, (batch, 1, sequence, hd/2)
    for name, table in (("cos", cos), ("sin", sin)):
        gathered = b.op("Gather", table, "position_ids", name=name + ".gathered")
        turn[name] = b.op("Unsqueeze", gathered, ints("axis_1", 1), name=name)

    def rope(x: str) -> str:
        """x (batch, heads, sequence, hd), pairs (i, i + hd/2)."""
        low, high = x + ".low", x + ".high"
        b.op("Split", x, ints("halves", hd // 2, hd // 2), name=x + ".split", outputs=[low, high], axis=-1)
        mul = lambda part, by: b.op("Mul", part, turn[by], name=f"{part}.{by}")  # noqa: E731
        first = b.op("Sub", mul(low, "cos"), mul(high, "sin"), name=x + ".first")
        second = b.op("Add", mul(low, "sin"), mul(high, "cos"), name=x + ".second")
        return b.op("Concat", first, second, name=x + ".rotated", axis=-1)

    def attention(i: int, qkv: str) -> str:
        n = f"layers.{i}."
        parts = {"q": heads, "k": kv, "v": kv}
        b.op("Split", qkv, ints("qkv_sizes", *(count * hd for count in parts.values())), name=n + "split", axis=-1,
             outputs=[n + part for part in parts])  # fmt: skip
        split = {}
        for part, count in parts.items():  # (batch, sequence, count hd) -> (batch, count, sequence, hd)
            by_head = b.op("Reshape", n + part, ints(f"heads_{count}", 0, 0, count, hd), name=n + part + ".by_head")
            split[part] = b.op("Transpose", by_head, name=n + part + ".heads", perm=[0, 2, 1, 3])
        cached = {}
        for part, name, new in (("k", "key", rope(split["k"])), ("v", "value", split["v"])):
            cached[part] = b.op("Concat", f"past_key_values.{i}.{name}", new, name=f"present.{i}.{name}", axis=2)
        # A group of query heads shares one key head: a fifth axis broadcasts it.
        q = b.op("Reshape", rope(split["q"]), ints("grouped", 0, kv, heads // kv, -1, hd), name=n + "q.grouped")  # (batch, kv, group, query, hd)
        k, v = (b.op("Unsqueeze", cached[x], ints("axis_2", 2), name=n + x + ".grouped") for x in "kv")  # (batch, kv, 1, key, hd)
        k = b.op("Transpose", k, name=n + "k.transposed", perm=[0, 1, 2, 4, 3])
        raw = b.op("Mul", b.op("MatMul", q, k, name=n + "dots"), scale, name=n + "scaled")  # (batch, kv, group, query, key)
        width = b.op("Shape", raw, name=n + "tail", start=3, end=5)
        to_heads = b.op("Concat", ints("copy_heads", 0, heads), width, name=n + "to_heads", axis=0)
        to_groups = b.op("Concat", ints("copy_groups", 0, kv, heads // kv), width, name=n + "to_groups", axis=0)
        scores = b.op("Add", b.op("Reshape", raw, to_heads, name=n + "scores"), "attention_bias", name=n + "biased")
        masked = b.op("Where", allowed, scores, lowest, name=n + "masked")  # (batch, heads, query, key)
        weights = b.op("Softmax", masked, name=f"attentions.{i}", axis=-1)
        grouped = b.op("Reshape", weights, to_groups, name=n + "weights.grouped")
        mixed = b.op("MatMul", grouped, v, name=n + "mixed.grouped")  # (batch, kv, group, query, hd)
        mixed = b.op("Transpose", mixed, name=n + "mixed.transposed", perm=[0, 3, 1, 2, 4])
        return b.op("Reshape", mixed, ints("merged", 0, 0, heads * hd), name=n + "mixed")

    return attention


def _model(b: Builder, s: Shape, laboratory: bool) -> onnx.ModelProto:
    value = helper.make_tensor_value_info  # transformers.js reads the name `batch_size` when it makes an empty cache
    layers, cache = range(s.num_hidden_layers), lambda length: ["batch_size", s.num_key_value_heads, length, s.head_dim]  # noqa: E731
    inputs = [
        value("input_ids", INT64, ["batch_size", "sequence_length"]),
        value("attention_mask", INT64, ["batch_size", "total_sequence_length"]),
        value("position_ids", INT64, ["batch_size", "sequence_length"]),
    ]
    outputs = [value("logits", FLOAT, ["batch_size", "sequence_length", s.vocab_size])]
    for i in layers:
        inputs += [value(f"past_key_values.{i}.{x}", FLOAT, cache("past_sequence_length")) for x in ("key", "value")]
        outputs += [value(f"present.{i}.{x}", FLOAT, cache("total_sequence_length")) for x in ("key", "value")]
    if laboratory:
        inputs.append(value("attention_bias", FLOAT, ["sequence_length", "total_sequence_length"]))
        outputs += [value(f"attentions.{i}", FLOAT, ["batch_size", s.num_attention_heads, "sequence_length", "total_sequence_length"]) for i in layers]
    graph = helper.make_graph(b.nodes, "laboratory" if laboratory else "llama", inputs, outputs, list(b.initializers.values()))
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="llm-unrolled")


def share(model: onnx.ModelProto, file: str | Path) -> int:
    """Points `model`'s initializers at the same bytes inside the ONNX file `file`; returns how many bytes are shared.

    An ONNX file holds each initializer's raw_data as one run of bytes, so another model may name that run as its external
    data: (location, offset, length). Small ones (under 64 bytes) stay inside.
    """
    content = Path(file).read_bytes()
    own = {t.name: t for t in onnx.load_from_string(content).graph.initializer}
    shared, at = 0, 0
    offsets = {}
    for name, tensor in own.items():  # in file order, so a search from the last end finds each in turn
        if len(tensor.raw_data) >= 64:
            found = content.index(tensor.raw_data, at)
            offsets[name], at = found, found + len(tensor.raw_data)
    for tensor in model.graph.initializer:
        if tensor.name in offsets and tensor.raw_data == own[tensor.name].raw_data:
            length = len(tensor.raw_data)
            if content[offsets[tensor.name]:][:length] != tensor.raw_data:
                raise ValueError(f"{tensor.name}: bytes not found in {file}")
            for key, entry in (("location", Path(file).name), ("offset", offsets[tensor.name]), ("length", length)):
                tensor.external_data.add(key=key, value=str(entry))
            tensor.data_location = TensorProto.EXTERNAL
            tensor.ClearField("raw_data")
            shared += length
    return shared
