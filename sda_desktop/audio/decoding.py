"""Decoding sound files block by block, believing what is decoded and not what the header says."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from sda_desktop.audio.containers import missing_from_file
from sda_desktop.audio.mp3 import OpenEndedFile, states_length
from sda_desktop.errors import AudioFileError
from sda_desktop.words import say

BLOCK_FRAMES = 65_536

_MINIMUM_RATE_HZ, _MAXIMUM_RATE_HZ = 1_000, 768_000
_MAXIMUM_CHANNELS = 64
_UNKNOWN_FRAMES = 1 << 62  # libsndfile says 2^63 - 1 for a stream of unknown length
_MPEG_FRAMES = 2 * 1152  # an MP3 file may count the decoder's own delay
_BIT_DEPTHS = {
    "PCM_S8": 8,
    "PCM_U8": 8,
    "PCM_16": 16,
    "PCM_24": 24,
    "PCM_32": 32,
    "FLOAT": 32,
    "DOUBLE": 64,
}


def shown(path: Path) -> str:
    """The name of `path` as it can be printed, even where it is not valid text."""
    return _printable(path.name)


def shown_whole(path: Path) -> str:
    """The whole of `path` as it can be printed, even where it is not valid text."""
    return _printable(str(path))


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


class UnreadableError(AudioFileError):
    """A sound file that cannot be read or decoded.

    what: the message without the name of the file ("is damaged after 1.5 s"), for a list of sounds.
    """

    def __init__(self, path: Path, what: str, remedy: str = "", details: str = "") -> None:
        super().__init__(f"{shown(path)} {what}.", remedy, details)
        self.what = what


class TruncatedAudioError(UnreadableError):
    """The file ends before its own header says it should, or breaks off."""


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """What a header claims.  `frames` is 0 where it does not say; `bit_depth` is None for lossy formats."""

    sample_rate_hz: int
    channels: int
    frames: int
    bit_depth: int | None
    container: str
    subtype: str

    @property
    def duration_s(self) -> float:
        """Length in seconds by the header."""
        return self.frames / self.sample_rate_hz


def _check_file(path: Path) -> None:
    """Raise UnreadableError for what libsndfile would call a bad format, and for pipes, which would block."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(path, say("is not a file"))
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise UnreadableError(path, say("is no longer there"), say("Put it back or leave it out.")) from error
    except PermissionError as error:
        raise UnreadableError(
            path, say("may not be read by you"), say("Change its permissions or leave it out."), str(error)
        ) from error
    except OSError as error:
        raise UnreadableError(
            path, say("cannot be opened"), say("Check the disk it is on."), f"{type(error).__name__}: {error}"
        ) from error
    if status.st_size == 0:
        raise UnreadableError(path, say("is an empty file (0 bytes)"), say("Export or copy it again."))


def _format(file: soundfile.SoundFile) -> AudioFormat:
    frames = int(file.frames)
    return AudioFormat(
        sample_rate_hz=int(file.samplerate),
        channels=int(file.channels),
        frames=0 if frames >= _UNKNOWN_FRAMES else frames,
        bit_depth=_BIT_DEPTHS.get(file.subtype),
        container=str(file.format),
        subtype=str(file.subtype),
    )


def _not_seekable() -> bool:
    return False


class AudioDecoder:
    """An open sound file that is decoded once from start to end; a context manager.

    `format` is what the header says.  Raises UnreadableError where the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        _check_file(path)
        self._open_ended: OpenEndedFile | None = None
        with ExitStack() as undo:
            self._file = self._open()
            undo.callback(self.close)
            self.format = _format(self._file)
            if self.format.container == "MP3" and not states_length(path):
                self._file.close()
                self._open_ended = OpenEndedFile(path)
                self._file = self._open()
                self.format = replace(_format(self._file), frames=0)
            self._check_header()
            # soundfile seeks after every read of a seekable file: a FLAC decoder then searches for its place
            # each time, and the end of a stream whose header does not give the length becomes an error.
            self._file.seekable = _not_seekable
            undo.pop_all()

    def _open(self) -> soundfile.SoundFile:
        # Bytes, because a name that is not valid UTF-8 cannot be encoded by soundfile.
        name = str(self.path) if sys.platform == "win32" else os.fsencode(self.path)
        try:
            return soundfile.SoundFile(self._open_ended or name)
        except (soundfile.LibsndfileError, OSError, ValueError, RuntimeError) as error:
            raise UnreadableError(
                self.path,
                say("cannot be read: it is damaged, or not the kind of sound its name says"),
                say("Export it again as WAV or FLAC."),
                f"{type(error).__name__}: {_printable(str(error))}",
            ) from error

    def _check_header(self) -> None:
        rate_hz, channels = self.format.sample_rate_hz, self.format.channels
        if not _MINIMUM_RATE_HZ <= rate_hz <= _MAXIMUM_RATE_HZ or not 1 <= channels <= _MAXIMUM_CHANNELS:
            what = say(
                "has an impossible header ({rate_hz} Hz, {channels} channels)",
                rate_hz=rate_hz,
                channels=channels,
            )
            raise UnreadableError(self.path, what, say("Export it again as WAV or FLAC."))

    def __enter__(self) -> AudioDecoder:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file.  Harmless when done twice."""
        self._file.close()
        if self._open_ended is not None:
            self._open_ended.close()

    def blocks(self, block_frames: int = BLOCK_FRAMES) -> Iterator[NDArray[np.float32]]:
        """Decode in blocks of float32 (channels, frames).

        Raises TruncatedAudioError after the last block when the file ends before its header says, and
        UnreadableError (or, for a FLAC file, TruncatedAudioError) where it cannot be decoded any further.
        """
        decoded = 0
        while True:
            try:
                block = self._file.read(block_frames, dtype="float32", always_2d=True)  # (frames, channels)
            except (soundfile.LibsndfileError, OSError, RuntimeError) as error:
                if self._open_ended is not None and self._open_ended.near_end:
                    break  # whatever follows the last frame
                raise self._broken_off(decoded, str(error)) from error
            if len(block) == 0:
                break
            decoded += len(block)
            yield np.ascontiguousarray(block.T)  # (channels, frames)
        tolerated = _MPEG_FRAMES if self.format.container == "MP3" else 0
        if decoded < self.format.frames - tolerated:
            raise self._ends_early(decoded)
        try:
            missing = missing_from_file(self.path, self.format.container)
        except OSError as error:
            raise UnreadableError(self.path, say("vanished while it was read"), "", str(error)) from error
        if missing:
            raise TruncatedAudioError(
                self.path,
                say("is cut off: {missing}", missing=missing),
                say("Copy or export it again."),
                f"{decoded} frames decoded",
            )

    def _ends_early(self, decoded: int) -> UnreadableError:
        # An Ogg file gives its length at its end, so the end is there and something before it is not.
        kind, word = (
            (UnreadableError, say("damaged"))
            if self.format.container == "OGG"
            else (TruncatedAudioError, say("cut off"))
        )
        return kind(
            self.path,
            say(
                "is {word}: only {decoded} of {frames} can be read",
                word=word,
                decoded=self._seconds(decoded),
                frames=self._seconds(self.format.frames),
            ),
            say("Copy or export it again."),
            f"{decoded} of {self.format.frames} frames",
        )

    def _broken_off(self, decoded: int, why: str) -> UnreadableError:
        # A FLAC decoder gives the same error for a missing end as for damage in the middle.
        kind, word = (
            (TruncatedAudioError, say("cut off or damaged"))
            if self.format.container == "FLAC"
            else (UnreadableError, say("damaged"))
        )
        whole = say(" of {frames}", frames=self._seconds(self.format.frames)) if self.format.frames else ""
        return kind(
            self.path,
            say("is {word} after {decoded}{whole}", word=word, decoded=self._seconds(decoded), whole=whole),
            say("Copy or export it again."),
            why,
        )

    def _seconds(self, frames: int) -> str:
        return f"{frames / self.format.sample_rate_hz:.2f} s"
