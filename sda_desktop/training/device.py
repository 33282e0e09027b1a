"""What differs between training on the processor and on a graphics card.

On the processor a number is read at once, for nothing.  On a card every read waits for all that was queued
before, and then the card waits for more work: there arithmetic on the card decides whether a step is finite,
how much its gradient is shortened and how far the average moves, and the figures of a step are read when
they have come over by themselves, a few steps later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class DevicePolicy:
    """How a step is done on a device."""

    device: torch.device
    defers: bool = False  # nothing is read within a step
    mixed_precision: bool = (
        False  # bfloat16 inside the networks; measurements, losses and weights stay float32
    )

    @classmethod
    def of(cls, device: torch.device) -> DevicePolicy:
        """The one that suits the device."""
        is_cuda = device.type == "cuda"
        return cls(device, is_cuda, is_cuda and torch.cuda.is_bf16_supported())

    @property
    def noise_device(self) -> torch.device:
        """Where the noise of a step is drawn: on a card by its own generator, so that none is sent over."""
        return self.device if self.device.type == "cuda" else torch.device("cpu")

    def pinned(self, tensor: Tensor) -> Tensor:
        """The tensor in memory that the device copies from by itself; as it is if it is there already."""
        if self.device.type != "cuda" or tensor.device.type != "cpu" or tensor.is_pinned():
            return tensor
        return tensor.pin_memory()

    def send(self, tensor: Tensor) -> Tensor:
        """The tensor on the device; the host does not wait for it."""
        return self.pinned(tensor).to(self.device, non_blocking=True)


class Reading:
    """A few numbers on their way from the device."""

    def __init__(self, values: Tensor) -> None:
        """values: (n,); the copy is queued behind what makes them."""
        self._arrived: torch.cuda.Event | None = None
        self._values = values
        if values.device.type == "cuda":
            self._values = torch.empty(values.shape, dtype=values.dtype, device="cpu", pin_memory=True)
            self._values.copy_(values, non_blocking=True)
            self._arrived = torch.cuda.Event()
            self._arrived.record()

    @property
    def is_ready(self) -> bool:
        """Whether reading does not wait."""
        return self._arrived is None or bool(self._arrived.query())

    def numbers(self) -> list[float]:
        """Wait for them."""
        if self._arrived is not None:
            self._arrived.synchronize()
        numbers: list[float] = self._values.tolist()
        return numbers


def use_mixed_precision(networks: Iterable[nn.Module], device: torch.device) -> None:
    """Have these networks compute in bfloat16 where autocast finds that safe; what they return is float32."""
    for network in networks:
        network.forward = _mixed(network.forward, device)


def _mixed(forward: Callable[..., Any], device: torch.device) -> Callable[..., Any]:
    def mixed(*inputs: Tensor) -> Any:  # noqa: ANN401 - what forward returns: a tuple of tensors
        with torch.autocast(device.type, torch.bfloat16):
            outputs = forward(*inputs)
        floats = [tensor.float() for tensor in outputs]
        return type(outputs)(*floats) if hasattr(outputs, "_fields") else tuple(floats)

    return mixed
