"""How the model is told where in a sound it is."""

from __future__ import annotations

import torch
from torch import Tensor

_TIME_CONSTANTS_S = (0.03, 0.06, 0.12, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
TIME_FEATURES = 2 * (len(_TIME_CONSTANTS_S) + 1 + 1)


def _decays(seconds: Tensor) -> Tensor:
    """(B, S) -> (B, S, 10): one decaying exponential per time constant, and a slow logarithm."""
    elapsed = seconds.clamp_min(0).unsqueeze(-1)
    constants = torch.tensor(_TIME_CONSTANTS_S, device=seconds.device)
    return torch.cat([torch.exp(-elapsed / constants), torch.log1p(10 * elapsed) / 4], -1)


def time_features(start_s: Tensor, duration_s: Tensor, steps: int, step_seconds: float) -> Tensor:
    """Time since the onset and time until the end of each latent step.

    start_s, duration_s: (B,), where the crop begins in its sound and how long that sound is.
    Returns (B, steps, TIME_FEATURES).  Decaying exponentials rather than sinusoids: they stay bounded and
    monotonic outside the trained range, so a latent learned on short crops can be unrolled further.
    """
    at = start_s[:, None] + step_seconds * torch.arange(steps, device=start_s.device)
    return place_features(at, duration_s[:, None] - at)


def place_features(elapsed_s: Tensor, left_s: Tensor) -> Tensor:
    """(B, S) times since the onset and until the end of steps in any order -> (B, S, TIME_FEATURES)."""
    # Which side of the onset and of the end a step is on: silence may come before and after a sound.
    sides = torch.tanh(20 * torch.stack([elapsed_s, left_s], -1))
    return torch.cat([_decays(elapsed_s), _decays(left_s), sides], -1)
