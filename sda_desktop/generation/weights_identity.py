"""The identity of a model from its weights on the disk, without loading them into a network."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from sda_desktop.training.checkpoint_manifest import Damage, read_bytes
from sda_desktop.words import say

WEIGHTS_FILE = "average.safetensors"  # of a checkpoint: what is played
DIGITS = 32


def identity_of_file(weights: Path) -> str:
    """The same as instrument.identity_of for the network with the weights of this safetensors file.

    Raises Damage if it is none.
    """
    data = memoryview(read_bytes(weights))
    length = int.from_bytes(data[:8], "little")
    if length > len(data) - 8:
        raise Damage(say("{name} is not a valid tensor file", name=weights.name))
    digest = hashlib.sha256()
    try:
        header = json.loads(bytes(data[8 : 8 + length]))
        header.pop("__metadata__", None)
        for name in sorted(header):
            first, end = header[name]["data_offsets"]
            digest.update(name.encode())
            digest.update(data[8 + length + first : 8 + length + end])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damage(say("{name} is not a valid tensor file", name=weights.name), repr(error)) from error
    return digest.hexdigest()[:DIGITS]
