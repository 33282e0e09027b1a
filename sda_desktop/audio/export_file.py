"""The file that an export becomes: a name that replaces nothing unasked, an encoder, tags.

libsndfile writes the tags of WAV, FLAC and OGG.  In MP3 it spells everything beyond ASCII wrong and names the
encoder as the software, so that the ID3 tag is written here; it is small enough not to need a library.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import soundfile

from sda_desktop.audio.decoding import shown
from sda_desktop.audio.export_chain import Block, Rounding
from sda_desktop.audio.export_options import ExportOptions, Tags
from sda_desktop.audio.io import Sink
from sda_desktop.errors import AudioFileError, BadInputError
from sda_desktop.storage import fsync_dir, replace_durably, storage_error, temporary_beside
from sda_desktop.words import say

# libsndfile's names: container, coding, and how hard it compresses (0 is the best quality).
_CODINGS: dict[tuple[str, str], tuple[str, str, dict[str, Any]]] = {
    ("wav", "16"): ("WAV", "PCM_16", {}),
    ("wav", "24"): ("WAV", "PCM_24", {}),
    ("wav", "32f"): ("WAV", "FLOAT", {}),
    ("flac", "16"): ("FLAC", "PCM_16", {}),
    ("flac", "24"): ("FLAC", "PCM_24", {}),
    # Of sounds, not of speech or whole songs: about 170 kbit/s in mono.
    ("ogg", ""): ("OGG", "VORBIS", {"compression_level": 0.1}),
    # 320 kbit/s.  Measured on real sounds, 66 dB of signal to noise against 44 dB at the best varying rate.
    ("mp3", ""): ("MP3", "MPEG_LAYER_III", {"compression_level": 0.0, "bitrate_mode": "CONSTANT"}),
}
_ID3_FRAMES = {"title": b"TIT2", "software": b"TSSE"}


class AlreadyThereError(BadInputError):
    """There is a file of that name, and nothing was said about replacing it.

    path: the file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(
            say("{path} exists already in {parent}.", path=shown(path), parent=path.parent),
            say("Choose another name, or say to replace it."),
        )
        self.path = path


def unused_path(path: Path) -> Path:
    """`path`, or the same with a number behind its name where there is something already."""
    candidate, number = path, 2
    while os.path.lexists(candidate):
        candidate = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return candidate


@contextmanager
def new_file(path: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """A new binary file that appears at `path`, complete, when the block ends; nothing is left if it raises.

    The folder is made where it is not there.  Raises AlreadyThereError at once, or at the end where another
    program was faster, and StorageError for every OSError, also for one raised in the block.
    """
    if path.is_dir() or (not overwrite and os.path.lexists(path)):
        raise AlreadyThereError(path)
    temporary = temporary_beside(path)
    made: list[Path] = []
    try:
        try:
            made = _make_folder(path.parent)
            with temporary.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if overwrite:
                replace_durably(temporary, path)
            else:
                _place(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            with suppress(OSError):
                for folder in made:
                    folder.rmdir()
            raise
    except OSError as error:
        raise storage_error(error, path) from error


def _make_folder(folder: Path) -> list[Path]:
    """Make the folder; returns those that were not there, the innermost first.  Raises OSError."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _place(temporary: Path, path: Path) -> None:
    """Give the finished file its name if that is still free.  Raises OSError, AlreadyThereError."""
    try:
        if os.name == "nt":
            os.rename(temporary, path)  # which replaces nothing there
        else:
            os.link(temporary, path)
            temporary.unlink()
    except FileExistsError:
        raise AlreadyThereError(path) from None
    except OSError:
        # Sticks and shares that know no links: look, and rename at once.
        if os.path.lexists(path):
            raise AlreadyThereError(path) from None
        replace_durably(temporary, path)
    fsync_dir(path.parent)


def encode(file: BinaryIO, path: Path, blocks: Iterable[Block], options: ExportOptions, tags: Tags) -> int:
    """Write the sound (blocks of (channels, frames), at the format's rate) and its tags; returns the frames.

    path: for the message.  Raises OSError as met in writing, AudioFileError where the encoder refuses or the
    sound is empty.
    """
    encoder = _Encoder(file, path, options, tags)
    frames = 0
    try:
        for block in blocks:
            encoder.write(block)
            frames += block.shape[1]
    finally:
        encoder.close()
    encoder.sink.raise_error()
    if not frames:
        raise AudioFileError(
            say("{path} was not written: the sound is empty.", path=shown(path)), say("Choose another sound.")
        )
    return frames


class _Encoder:
    """libsndfile, opened when the first block tells the number of channels."""

    def __init__(self, file: BinaryIO, path: Path, options: ExportOptions, tags: Tags) -> None:
        self._path = path
        self._format = options.format
        self._tags = tags.as_strings()
        self._target: soundfile.SoundFile | None = None
        self._bits = int(self._format.subtype) if self._format.subtype in ("16", "24") else 0
        if self._bits:
            self._rounding = Rounding(self._bits, options.dither_seed, options.silence_stays_silent)
        if self._format.kind == "mp3":
            file.write(id3_tag(self._tags))
        self.sink = Sink(file)

    def write(self, block: Block) -> None:
        """Write (channels, frames).  Raises OSError, AudioFileError."""
        # Whole numbers of 32 bits, of which libsndfile takes the upper ones.
        samples = self._rounding(block) << (32 - self._bits) if self._bits else np.ascontiguousarray(block.T)
        try:
            if self._target is None:
                self._target = self._open(block.shape[0])
            self._target.write(samples)
        except (soundfile.LibsndfileError, AssertionError) as error:
            self.sink.raise_error()
            raise AudioFileError(
                say("{path} could not be written.", path=shown(self._path)), "", str(error)
            ) from error
        self.sink.raise_error()

    def _open(self, channels: int) -> soundfile.SoundFile:
        container, coding, quality = _CODINGS[self._format.kind, self._format.subtype]
        target = soundfile.SoundFile(
            self.sink,
            "w",
            self._format.sample_rate_hz,
            channels,
            format=container,
            subtype=coding,
            **quality,
        )
        if self._format.kind != "mp3":
            for name, text in self._tags.items():
                setattr(target, name, text)
        return target

    def close(self) -> None:
        """Write what the encoder still holds; a fault is then in the sink."""
        if self._target is not None:
            with suppress(soundfile.LibsndfileError, AssertionError):
                self._target.close()


def id3_tag(strings: dict[str, str]) -> bytes:
    """An ID3v2.3 tag, the version that everything reads (id3.org, 1999), in UTF-16."""
    frames = b""
    for name, text in strings.items():
        encoded = text.encode("utf-16")
        if name == "comment":
            # Language, an empty short description, the text.
            frames += _id3_frame(b"COMM", b"eng" + "\0".encode("utf-16") + encoded)
        else:
            frames += _id3_frame(_ID3_FRAMES[name], encoded)
    size = len(frames)
    seven_bits = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + seven_bits + frames


def _id3_frame(name: bytes, content: bytes) -> bytes:
    utf_16 = b"\x01"
    return name + struct.pack(">IH", 1 + len(content), 0) + utf_16 + content
