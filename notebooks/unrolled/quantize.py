"""Weights as int8 with one scale per output channel.

The graphs keep the integers as constants followed by Cast and Mul. ONNX Runtime folds both into a float32 constant when a
session is made, so that the download is a quarter, the speed is float32's, and every backend computes the same numbers.
(DequantizeLinear would say the same in one node, but ONNX Runtime keeps it unfolded for its integer kernels.)
"""
from __future__ import annotations

import numpy as np

LEVELS = 127  # symmetric: -127 .. 127


def best_scale(channel: np.ndarray) -> float:
    """The scale of least squared error for one channel (n,), found among clips from 70 % to 100 % of the largest weight."""
    largest = float(np.abs(channel).max())
    if largest == 0:
        return 1.0
    candidates = largest * np.linspace(0.7, 1, 31) / LEVELS  # (31,)
    q = np.clip(np.round(channel / candidates[:, None]), -LEVELS, LEVELS) * candidates[:, None]  # (31, n)
    return float(candidates[((q - channel) ** 2).sum(1).argmin()])


def quantize(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """matrix (out, in) -> integers (out, in) int8 and scales (out, 1) float32, so that integers * scales ~ matrix."""
    matrix = np.asarray(matrix, np.float64)
    scale = np.array([[best_scale(row)] for row in matrix], np.float32)
    return np.clip(np.round(matrix / scale), -LEVELS, LEVELS).astype(np.int8), scale


def dequantize(q: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """The float32 product a session folds to, bit for bit."""
    return q.astype(np.float32) * scale


def quantized_weights(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Every matrix rounded through int8, vectors (norms) untouched: what a quantized graph computes with."""
    return {n: dequantize(*quantize(w)) if np.ndim(w) == 2 else np.asarray(w, np.float32) for n, w in weights.items()}
