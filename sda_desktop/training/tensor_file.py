"""Tensors in the safetensors format (https://github.com/huggingface/safetensors, "Format").

Reading is the library's.  Writing is done here, as a stream of the tensors' own memory: the library would
first build the whole file in memory, holding the interpreter, and with it the window, for as long.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sda_desktop.errors import CheckpointError
from sda_desktop.words import say

if TYPE_CHECKING:
    from torch import Tensor

# What a training state is made of.  Anything else in a file was not written by this app.
_CODES = {
    "float64": "F64",
    "int64": "I64",
    "float32": "F32",
    "int32": "I32",
    "float16": "F16",
    "bfloat16": "BF16",
    "uint8": "U8",
    "bool": "BOOL",
}


def _dtype_name(tensor: Tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")


def safetensors_chunks(group: str, tensors: Mapping[str, Tensor]) -> Iterator[bytes | memoryview]:
    """The file's contents piece by piece: a header, then each tensor's memory without a copy.

    Tensors may be on any device and share memory.  Raises CheckpointError for a type that no training
    state has; group: its name in that error.
    """
    import torch

    for name, tensor in tensors.items():
        if (dtype := _dtype_name(tensor)) not in _CODES:
            raise CheckpointError(
                say(
                    "The tensor {group}/{name} has the type {dtype}, which cannot be saved.",
                    group=group,
                    name=name,
                    dtype=dtype,
                )
            )
    # The widest types first, which keeps every tensor aligned.
    names = sorted(tensors, key=lambda name: (-tensors[name].element_size(), name))
    header, position = {}, 0
    for name in names:
        tensor = tensors[name]
        end = position + tensor.numel() * tensor.element_size()
        code = _CODES[_dtype_name(tensor)]
        header[name] = {"dtype": code, "shape": list(tensor.shape), "data_offsets": [position, end]}
        position = end
    text = json.dumps(header, separators=(",", ":")).encode("ascii")
    text += b" " * (-len(text) % 8)
    yield len(text).to_bytes(8, "little") + text
    for name in names:
        flat = tensors[name].detach().cpu().reshape(-1)
        yield flat.view(torch.uint8).numpy().data


def parse_safetensors(data: bytes) -> dict[str, Tensor]:
    """The tensors in `data`, on the CPU.  Raises ValueError saying what is wrong, as a clause."""
    import safetensors
    from safetensors.torch import load

    try:
        tensors: dict[str, Tensor] = load(data)
    except (safetensors.SafetensorError, LookupError, ValueError, RuntimeError, AssertionError) as error:
        raise ValueError("is not a valid tensor file") from error
    for name, tensor in tensors.items():
        if (dtype := _dtype_name(tensor)) not in _CODES:
            raise ValueError(f"holds the tensor {name} of the unexpected type {dtype}")
    return tensors
