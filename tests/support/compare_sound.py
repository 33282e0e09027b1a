"""Whether what a sound card was given is what a file holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Match:
    """Where and how a sound stands in a recording.

    start: frame of the recording at which it begins.  gain: what it was multiplied by.
    error_db: level of what differs, against the level of the sound; -60 is a good playback.
    """

    start: int
    gain: float
    error_db: float


def find_sound(recording: NDArray[np.float32], sound: NDArray[np.float32]) -> Match:
    """Find a mono sound in a mono recording of the same rate, at its most likely place."""
    if len(recording) < len(sound):
        recording = np.pad(recording, (0, len(sound) - len(recording)))
    size = 1 << (len(recording) + len(sound)).bit_length()
    spectrum = np.fft.rfft(recording, size) * np.conj(np.fft.rfft(sound, size))
    likeness = np.fft.irfft(spectrum, size)[: len(recording) - len(sound) + 1]
    start = int(np.argmax(likeness))
    heard = recording[start : start + len(sound)].astype(np.float64)
    wanted = sound.astype(np.float64)
    energy = float(wanted @ wanted)
    if energy == 0.0:
        raise ValueError("A silent sound is found everywhere.")
    gain = float(heard @ wanted) / energy
    if gain <= 0.0:
        return Match(start, gain, 0.0)
    difference = heard / gain - wanted
    return Match(start, gain, 10 * float(np.log10(float(difference @ difference) / energy + 1e-12)))
