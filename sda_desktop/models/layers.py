"""Building blocks of the networks.  All work on (batch, time, channels)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class TemporalBlock(nn.Module):
    """Residual block: depthwise convolution over time, layer norm and a two-layer perceptron.

    The design of ConvNeXt (Liu et al., 2022) in one dimension, with its learned residual scale.
    """

    def __init__(self, channels: int, kernel: int = 7, expansion: int = 2) -> None:
        super().__init__()
        # A 2-D convolution one row high: its channels-last kernel is faster on the CPU than Conv1d.
        self.over_time = nn.Conv2d(channels, channels, (1, kernel), padding=(0, kernel // 2), groups=channels)
        self.norm = nn.LayerNorm(channels)
        self.expand = nn.Linear(channels, expansion * channels)
        self.project = nn.Linear(expansion * channels, channels)
        self.residual_scale = nn.Parameter(torch.full((channels,), 0.1))

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, C) -> (B, T, C)."""
        rows = x.transpose(1, 2).unsqueeze(2)  # (B, C, 1, T), a channels-last view: nothing is copied
        mixed = self.over_time(rows).squeeze(2).transpose(1, 2)
        return x + self.residual_scale * self.project(F.gelu(self.expand(self.norm(mixed))))


class MergeSteps(nn.Module):
    """Halve the time resolution: (B, T, channels_in) -> (B, T / 2, channels_out)."""

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__()
        self.mix = nn.Linear(2 * channels_in, channels_out)

    def forward(self, x: Tensor) -> Tensor:
        """Two neighbouring steps become one."""
        return self.mix(x.unflatten(1, (-1, 2)).flatten(2))


class SplitSteps(nn.Module):
    """Double the time resolution: (B, T, channels_in) -> (B, 2 T, channels_out)."""

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__()
        self.mix = nn.Linear(channels_in, 2 * channels_out)

    def forward(self, x: Tensor) -> Tensor:
        """One step becomes two neighbouring ones."""
        return self.mix(x).unflatten(2, (2, -1)).flatten(1, 2)


def blocks(channels: int, count: int) -> nn.Sequential:
    """`count` temporal blocks in a row."""
    return nn.Sequential(*(TemporalBlock(channels) for _ in range(count)))
