"""The demo sounds: a few dozen short sounds made by our own code, so that training is one click away."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np

from sda_desktop import paths
from sda_desktop.audio import demo_voices as voices
from sda_desktop.audio.demo_voices import RATE_HZ, Signal, note_hz
from sda_desktop.audio.io import write_wav
from sda_desktop.errors import StorageError
from sda_desktop.storage import remove_leftovers, replace_durably, storage_error, temporary_beside
from sda_desktop.words import say

Voice = Callable[[np.random.Generator], Signal]

_SCALE_HZ = [note_hz(note) for note in ("A4", "C5", "D5", "E5", "G5", "A5", "C6", "E6")]


def _pluck(note: str, seconds: float, bright: float, position: float) -> Voice:
    return partial(voices.pluck, hz=note_hz(note), seconds=seconds, bright=bright, position=position)


def _bell(note: str, seconds: float, ratio: float, index: float) -> Voice:
    return partial(voices.bell, hz=note_hz(note), seconds=seconds, ratio=ratio, index=index)


def _bar(note: str, seconds: float, wooden: bool) -> Voice:
    return partial(voices.bar, hz=note_hz(note), seconds=seconds, wooden=wooden)


def _pad(notes: str, bright_hz: float) -> Voice:
    return partial(voices.pad, notes=notes.split(), seconds=3.0, bright_hz=bright_hz)


def _air(seconds: float, path_hz: tuple[float, ...], octaves: float, gusts: float) -> Voice:
    return partial(voices.moving_noise, seconds=seconds, path_hz=path_hz, octaves=octaves, gusts=gusts)


def _drum(hz: float, seconds: float, bend: float, skin: float) -> Voice:
    return partial(voices.drum, hz=hz, seconds=seconds, bend=bend, skin=skin)


# Name: (peak in dB full scale, voice).  A name also seeds its sound, so none changes when others come.
RECIPES: dict[str, tuple[float, Voice]] = {
    "Pluck 01 A2": (-3.0, _pluck("A2", 2.4, 0.35, 0.21)),
    "Pluck 02 E3": (-3.0, _pluck("E3", 2.0, 0.75, 0.13)),
    "Pluck 03 A3": (-3.0, _pluck("A3", 1.8, 0.50, 0.28)),
    "Pluck 04 C4": (-3.0, _pluck("C4", 1.6, 0.90, 0.09)),
    "Pluck 05 D4": (-3.0, _pluck("D4", 1.5, 0.40, 0.33)),
    "Pluck 06 G4": (-4.0, _pluck("G4", 1.2, 0.70, 0.17)),
    "Pluck 07 A4": (-4.0, _pluck("A4", 1.0, 0.55, 0.24)),
    "Bell 01 E4": (-4.0, _bell("E4", 3.0, 1.4, 3.0)),
    "Bell 02 A4": (-4.0, _bell("A4", 2.6, 3.5, 2.0)),
    "Bell 03 C5": (-4.0, _bell("C5", 2.2, 1.41, 1.6)),
    "Bell 04 G5": (-6.0, _bell("G5", 1.8, 2.76, 1.2)),
    "Marimba 01 A3": (-3.0, _bar("A3", 1.1, True)),
    "Marimba 02 D4": (-3.0, _bar("D4", 0.9, True)),
    "Marimba 03 G4": (-3.0, _bar("G4", 0.7, True)),
    "Glass bar 01 C5": (-5.0, _bar("C5", 1.6, False)),
    "Glass bar 02 E5": (-5.0, _bar("E5", 1.4, False)),
    "Pad 01 A minor": (-4.0, _pad("A2 E3 A3 C4", 1_100.0)),
    "Pad 02 C major": (-4.0, _pad("C3 G3 C4 E4", 900.0)),
    "Pad 03 D open": (-4.0, _pad("D3 A3 D4 G4", 1_600.0)),
    "Pad 04 E high": (-5.0, _pad("E4 G4 D5", 2_400.0)),
    "Wind 01 low": (-5.0, _air(3.0, (260.0, 520.0, 330.0, 240.0), 0.35, 0.5)),
    "Wind 02 whistling": (-6.0, _air(2.6, (700.0, 1_250.0, 950.0), 0.12, 0.4)),
    "Breath 01 in": (-6.0, _air(1.1, (900.0, 2_600.0), 0.9, 0.1)),
    "Breath 02 out": (-6.0, _air(1.4, (1_900.0, 700.0), 0.9, 0.1)),
    "Wave 01": (-4.0, _air(3.0, (300.0, 1_400.0, 3_200.0, 900.0), 1.6, 0.3)),
    "Rain 01": (
        -5.0,
        partial(voices.grains, seconds=2.5, notes_hz=(1_500.0, 6_000.0), number=160, length_s=0.02),
    ),
    "Shimmer 01": (
        -4.0,
        partial(voices.grains, seconds=3.0, notes_hz=_SCALE_HZ, number=46, length_s=0.5),
    ),
    "Fire 01": (-3.0, partial(voices.crackle, seconds=2.5, per_s=70.0)),
    "Kick 01 deep": (-1.0, _drum(46.0, 0.7, 3.2, 0.15)),
    "Kick 02 tight": (-1.0, _drum(58.0, 0.35, 4.5, 0.4)),
    "Tom 01 low": (-2.0, _drum(92.0, 0.8, 0.7, 0.25)),
    "Tom 02 high": (-2.0, _drum(165.0, 0.55, 0.6, 0.25)),
    "Snare 01": (-2.0, partial(voices.snare, hz=185.0, seconds=0.40, rattle=0.9)),
    "Snare 02 dry": (-2.0, partial(voices.snare, hz=232.0, seconds=0.22, rattle=0.5)),
    "Hat 01 closed": (-6.0, partial(voices.hat, seconds=0.20)),
    "Hat 02 open": (-6.0, partial(voices.hat, seconds=0.75)),
    "Clap 01": (-3.0, partial(voices.clap, seconds=0.45)),
    "Shaker 01": (-6.0, partial(voices.shaker, seconds=0.45)),
    "Click 01 wood": (-4.0, partial(voices.click, hz=1_180.0, seconds=0.25)),
    "Click 02 shell": (-4.0, partial(voices.click, hz=2_640.0, seconds=0.20)),
}


def render(name: str) -> Signal:
    """One demo sound, (frames,) at RATE_HZ; the same every time."""
    peak_db, voice = RECIPES[name]
    return voices.finished(voice(np.random.default_rng(zlib.crc32(name.encode()))), peak_db)


def ensure_demo_sounds(folder: Path | None = None) -> Path:
    """The folder of the demo sounds, made first if it is not there; sounds deleted from it come back.

    All appear at once: whoever looks meanwhile sees no folder.  Raises StorageError.
    """
    folder = folder if folder is not None else paths.demo_dir()
    if folder.is_dir():
        _write_missing(folder)
        return folder
    if folder.exists():
        raise StorageError(
            say("{folder} is in the way of the demo sounds.", folder=folder), say("Move or delete that file.")
        )
    temporary = temporary_beside(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder.parent)
        temporary.mkdir()
        _write_missing(temporary)
        try:
            replace_durably(temporary, folder)
        except OSError:
            if not folder.is_dir():
                raise
            _write_missing(folder)  # another process was faster
    except OSError as error:
        raise storage_error(error, folder) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(temporary)
    return folder


def _write_missing(folder: Path) -> None:
    for name in RECIPES:
        path = folder / f"{name}.wav"
        if not path.exists():
            write_wav(path, render(name).astype(np.float32), RATE_HZ)
