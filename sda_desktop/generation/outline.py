"""The outline of a sound, small enough to be kept with thousands of others."""

from __future__ import annotations

import base64
import binascii

import numpy as np
from numpy.typing import NDArray

POINTS = 96
_FULL_SCALE = 127

Outline = NDArray[np.float32]  # (2, POINTS): minima and maxima, -1 to 1


def outline_of(samples: NDArray[np.float32]) -> Outline:
    """Minima and maxima (2, POINTS) of a sound (channels, frames); its channels share one outline.

    A sound of fewer frames than points repeats them; an empty one is silence.
    """
    frames = samples.shape[-1]
    if frames == 0:
        return np.zeros((2, POINTS), np.float32)
    rows = np.atleast_2d(samples)
    starts = np.linspace(0, frames, POINTS, endpoint=False).astype(np.int64)
    low = np.minimum.reduceat(rows, starts, axis=1).min(axis=0)
    high = np.maximum.reduceat(rows, starts, axis=1).max(axis=0)
    return np.stack([low, high]).astype(np.float32)


def pack_outline(outline: Outline) -> str:
    """An outline (2, POINTS) as text: steps of 1/127, more than a small picture shows."""
    if outline.shape != (2, POINTS):
        raise ValueError(f"an outline is (2, {POINTS}), not {outline.shape}")
    steps = np.round(np.nan_to_num(np.clip(outline, -1, 1)) * _FULL_SCALE).astype(np.int8)
    return base64.b64encode(steps.tobytes()).decode("ascii")


def unpack_outline(text: str) -> Outline:
    """The inverse of pack_outline.  What is no outline is silence: it is a picture, no more."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if len(data) != 2 * POINTS:
        return np.zeros((2, POINTS), np.float32)
    steps = np.frombuffer(data, np.int8).reshape(2, POINTS)
    return np.clip(steps.astype(np.float32) / _FULL_SCALE, -1, 1)
