"""Which files of the chosen folders are sounds: recursively, each once, and never the app's own output."""

from __future__ import annotations

import json
import os
import stat
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sda_desktop import paths
from sda_desktop.audio.decoding import shown, shown_whole
from sda_desktop.audio.io import SUPPORTED_SUFFIXES
from sda_desktop.errors import BadInputError, Cancelled
from sda_desktop.words import say

RUN_MANIFEST = "run.json"
RUN_MARKER = "sda_desktop_run"
# Suffixes of sounds that are named as unsupported; whatever else lies in the folders is not mentioned.
# fmt: off
UNSUPPORTED_SUFFIXES: frozenset[str] = frozenset({
    ".8svx", ".aac", ".ac3", ".aifc", ".alac", ".amr", ".ape", ".au", ".caf", ".dff", ".dsf", ".dts", ".m4a",
    ".m4b", ".mka", ".mp2", ".mpc", ".oga", ".rex", ".rf64", ".rx2", ".sd2", ".snd", ".spx", ".tta", ".voc",
    ".w64", ".weba", ".wma", ".wv",
})
# fmt: on


@dataclass(slots=True)
class Discovery:
    """What was found: sounds, sounds of unsupported kinds, and folders that could not be looked into."""

    supported: list[Path] = field(default_factory=list)
    unsupported: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def find_sounds(
    sources: Sequence[Path], *, stop: threading.Event | None = None
) -> tuple[list[Path], list[Path]]:
    """Sound files in and below the sources: (supported, of a kind that cannot be read), each sorted.

    Raises BadInputError if a source does not exist, and Cancelled.
    """
    found = discover(sources, stop=stop)
    return found.supported, found.unsupported


def discover(sources: Sequence[Path], *, stop: threading.Event | None = None) -> Discovery:
    """Look through the sources.  Raises as find_sounds does."""
    walk = _Walk(stop)
    for source in sources:
        walk.add(source)
    walk.found.supported.sort()
    walk.found.unsupported.sort()
    return walk.found


class _Walk:
    """One look through all sources, remembering where it has been."""

    def __init__(self, stop: threading.Event | None) -> None:
        self.found = Discovery()
        self._stop = stop
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._own = [_real(place) for place in (paths.data_dir(), paths.cache_dir(), paths.log_dir())]
        self._demo = _real(paths.demo_dir())

    def add(self, source: Path) -> None:
        """A folder or file that the user chose."""
        try:
            mode = source.stat().st_mode
        except PermissionError as error:
            raise BadInputError(
                say("{source} may not be read by you.", source=shown(source)),
                say("Change its permissions or choose another."),
            ) from error
        except OSError as error:
            what = say("is a link that leads nowhere") if source.is_symlink() else say("does not exist")
            raise BadInputError(
                f"{shown(source)} {what}.",
                say("Check the name and the place: {source}", source=shown_whole(source)),
            ) from error
        if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
            raise BadInputError(
                say("{source} is neither a folder nor a file.", source=shown(source)),
                say("Choose another one."),
            )
        # Absolute but with the user's own names: a linked folder stays where he sees it.
        source = source.absolute()
        folder = source if stat.S_ISDIR(mode) else source.parent
        run = next((place for place in (folder, *folder.parents) if is_run_folder(place)), None)
        if run is not None:
            self.found.notes.append(
                say("{source} belongs to a training run: its sounds are left out.", source=shown(source))
            )
        elif self._is_own(_real(folder)):
            self.found.notes.append(
                say("{source} holds files of this app: its sounds are left out.", source=shown(source))
            )
        elif stat.S_ISREG(mode):
            self._take(source, _real(source))
        else:
            self._walk(source)

    def _walk(self, top: Path) -> None:
        """Folders breadth first, linked ones after all real ones so that a real name wins over a link's."""
        real_ones, linked = [top], list[Path]()
        while real_ones or linked:
            folder = real_ones.pop(0) if real_ones else linked.pop(0)
            if self._stop is not None and self._stop.is_set():
                raise Cancelled
            real = _real(folder)
            if real in self._folders or self._is_own(real):
                continue
            self._folders.add(real)
            try:
                with os.scandir(folder) as entries:
                    listing = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                place = shown_whole(folder)
                self.found.notes.append(
                    say("The folder {place} is left out: you have no permission to look inside.", place=place)
                    if isinstance(error, PermissionError)
                    else say("The folder {place} is left out: it cannot be read.", place=place)
                )
                continue
            if any(entry.name == RUN_MANIFEST for entry in listing) and is_run_folder(folder):
                continue
            for entry in listing:
                if not _is_hidden(entry):
                    self._sort_in(entry, folder / entry.name, real, real_ones, linked)

    def _sort_in(
        self, entry: os.DirEntry[str], path: Path, real: str, real_ones: list[Path], linked: list[Path]
    ) -> None:
        try:
            link = entry.is_symlink()
            if entry.is_dir():
                (linked if link else real_ones).append(path)
                return
            # Not pipes and devices, which would block whoever opens them.  A broken link is examined, so
            # that it is listed with the reason.
            ordinary = entry.is_file() or (link and not path.exists())
        except OSError:
            ordinary = True  # examined, and listed with the reason
            link = False
        if ordinary:
            self._take(path, _real(path) if link else os.path.normcase(os.path.join(real, entry.name)))

    def _take(self, path: Path, real: str) -> None:
        suffix = path.suffix.lower()
        if path.name.startswith(".") or real in self._files:
            return
        if suffix in SUPPORTED_SUFFIXES:
            self.found.supported.append(path)
        elif suffix in UNSUPPORTED_SUFFIXES:
            self.found.unsupported.append(path)
        else:
            return
        self._files.add(real)

    def _is_own(self, real: str) -> bool:
        """Whether a folder belongs to the app's data, cache or logs (the demo sounds may be used)."""
        return not _is_within(real, self._demo) and any(_is_within(real, own) for own in self._own)


def is_run_folder(folder: Path) -> bool:
    """Whether `folder` is a training run of this app (its run.json carries our marker)."""
    try:
        manifest = json.loads((folder / RUN_MANIFEST).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and RUN_MARKER in manifest


def _real(path: Path) -> str:
    """One name for each place on the disk."""
    return os.path.normcase(os.path.realpath(path))


def _is_within(real: str, folder: str) -> bool:
    return real == folder or real.startswith(folder.rstrip(os.sep) + os.sep)


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return True
    if sys.platform == "win32":
        try:
            attributes = entry.stat(follow_symlinks=False).st_file_attributes
        except OSError:
            return False
        return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)
    return False
