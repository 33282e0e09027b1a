"""The optimizer, and its state as named tensors."""

from __future__ import annotations

from collections.abc import Mapping

import torch

# The first optimizer imports this, a second of work that belongs to the start, not to the click on Train.
import torch._dynamo
from torch import Tensor, nn

BETAS = (0.9, 0.99)


def make_optimizer(model: nn.Module, learning_rate: float, weight_decay: float) -> torch.optim.AdamW:
    """AdamW in its fused form where the device has one."""
    device = next(model.parameters()).device
    return torch.optim.AdamW(
        model.parameters(),
        lr=learning_rate,
        betas=BETAS,
        weight_decay=weight_decay,
        fused=device.type in ("cpu", "cuda"),
    )


def optimizer_tensors(model: nn.Module, optimizer: torch.optim.AdamW) -> dict[str, Tensor]:
    """The optimizer's state as a flat dictionary, keyed by slot and parameter name."""
    return {
        f"{slot}/{name}": value
        for name, parameter in model.named_parameters()
        for slot, value in optimizer.state.get(parameter, {}).items()
    }


def restore_optimizer(model: nn.Module, optimizer: torch.optim.AdamW, tensors: Mapping[str, Tensor]) -> None:
    """The inverse of optimizer_tensors, onto the parameters' device."""
    parameters = dict(model.named_parameters())
    for key, value in tensors.items():
        slot, name = key.split("/", 1)
        parameter = parameters[name]
        # The step counter of a fused optimizer lives where its parameter does, as float32.
        optimizer.state[parameter][slot] = value.clone().to(parameter.device)
