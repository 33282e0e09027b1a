"""Sound files and arrays of samples: reading, scanning, caching, spectrograms, augmentation.

The public names are imported when they are first asked for, so that scanning a folder does not load torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sda_desktop.audio.spectrogram import AudioSpectrogram, SpectrogramConfig

__all__ = ["AudioSpectrogram", "SpectrogramConfig"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sda_desktop.audio import spectrogram

    value: object = getattr(spectrogram, name)
    return value
