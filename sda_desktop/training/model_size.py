"""What a model of some size costs: numbers to keep, work per step, memory.  Known before there is one."""

from __future__ import annotations

from typing import Protocol

# As in the networks, whose modules bring torch.
_TIME_FEATURES, _LEVEL_BANDS, _SHAPE_BANDS, _MEL_BANDS, _BINS, _HEADS = 22, 64, 16, 128, 512, 4
_STANDARDISERS = _BINS + _MEL_BANDS + _SHAPE_BANDS + _LEVEL_BANDS + 4  # means and spreads
_TENSORS = 153  # trained ones
_KERNEL = 7


class Size(Protocol):
    """The settings that the size of a model follows from."""

    @property
    def channels(self) -> int: ...

    @property
    def global_latents(self) -> int: ...

    @property
    def local_latents(self) -> int: ...


def fine_channels(channels: int) -> int:
    """Channels at the full frame rate."""
    return max(16, channels * 2 // 3 // 8 * 8)


def local_numbers(size: Size) -> int:
    """Numbers per latent step, learned and measured."""
    return size.local_latents + _LEVEL_BANDS


def parameters(size: Size) -> int:
    """How many numbers of the model are trained."""
    wide, fine = size.channels, fine_channels(size.channels)
    local = local_numbers(size)
    encoder = (
        _linear(2 * _MEL_BANDS, fine)
        + _linear(2 * fine, fine)
        + 2 * _block(fine)
        + _linear(2 * fine, wide)
        + 2 * _block(wide)
        + _linear(wide, 2 * size.local_latents)
        + _linear(_TIME_FEATURES, wide)
        + _linear(wide, _HEADS)
        + _linear((_HEADS + 2) * wide, wide)
        + _linear(wide, 2 * size.global_latents)
    )
    prior = (
        _linear(size.global_latents, wide)
        + _linear(_TIME_FEATURES, wide)
        + 2 * _block(wide)
        + _linear(wide, 2 * local)
    )
    decoder = (
        _linear(local, wide)
        + 6 * _block(wide)
        + 2 * _linear(wide, 2 * wide)
        + _linear(wide, 2 * fine)
        + _block(fine)
        + 2 * fine
        + _linear(fine, _BINS)
        + _linear(fine, _SHAPE_BANDS)
    )
    return encoder + prior + decoder


def _linear(inputs: int, outputs: int) -> int:
    return (inputs + 1) * outputs


def _block(channels: int) -> int:
    """A temporal block: a depthwise convolution, a norm, a perceptron twice as wide, a scale."""
    perceptron = _linear(channels, 2 * channels) + _linear(2 * channels, channels)
    return (_KERNEL + 1 + 2 + 1) * channels + perceptron


def multiplications(size: Size) -> int:
    """About how many of them one frame takes through the networks, forwards."""
    wide, fine = size.channels, fine_channels(size.channels)
    local = local_numbers(size)
    at_frames = 4 * fine**2 + fine * (_BINS + _SHAPE_BANDS)
    at_half = (2 * _MEL_BANDS + 4 * fine) * fine + 8 * wide**2 + 2 * wide * fine
    at_quarter = 6 * fine**2 + 10 * wide**2
    at_steps = 2 * fine * wide + 26 * wide**2 + 5 * local * wide
    return at_frames + at_half // 2 + at_quarter // 4 + at_steps // 8


def weights_bytes(size: Size) -> int:
    """One copy of the model's weights, in a file or in memory."""
    return 4 * (parameters(size) + _STANDARDISERS)


def training_bytes(size: Size) -> int:
    """The tensors of a checkpoint: weights, their average, two moments and a counter of the optimizer."""
    return 2 * weights_bytes(size) + 8 * parameters(size) + 4 * _TENSORS
