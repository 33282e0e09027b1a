"""One zip with what somebody needs to find out why the app does not work; no sound and no weights.

report.json         versions, system, memory, disks, graphics cards, and what the window adds
logs/               the log with its older files, the traces of crashes
settings.ini        the preferences
runs/NAME/          run.json, the last lines of metrics.jsonl, and the names and sizes of the files

The home folder and the user's name in paths are replaced in every text.  Names of sound files stay.
"""

from __future__ import annotations

import json
import locale
import os
import platform
import shutil
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sda_desktop import __version__, licences, logs, paths, upgrades
from sda_desktop.errors import BadInputError, Cancelled, SdaError
from sda_desktop.redaction import Redactor
from sda_desktop.storage import atomic_write, existing
from sda_desktop.training.run_folder import METRICS_FILE, run_folders
from sda_desktop.training.run_place import RUN_FILE
from sda_desktop.words import say

SUFFIX = ".zip"
REPORT = "report.json"
CRASH_FILES = ("crash.txt", "crash-previous.txt")
METRICS_LINES = 200
_MOST_BYTES = 4_000_000  # of one text
_MOST_METRICS_BYTES = 400_000
_MOST_FILES_LISTED = 2000
# Nothing else of the environment is anybody's business.
_VARIABLES = (
    "SDA_DESKTOP_HOME", "LANG", "LC_ALL", "DESKTOP_SESSION", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE",
    "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "CUDA_VISIBLE_DEVICES", "OMP_NUM_THREADS",
    "MKL_NUM_THREADS", "PYTORCH_ENABLE_MPS_FALLBACK", "PULSE_SERVER", "PIPEWIRE_REMOTE",
)  # fmt: skip
_VARIABLES_BEGIN = ("QT_", "PYTORCH_", "LIBGL_", "MESA_")
_ONLY_WHETHER = frozenset({"SSH_CONNECTION"})


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written, and what could not be read."""

    path: Path
    size_bytes: int
    members: tuple[str, ...]
    problems: tuple[str, ...]


def suggested_name() -> str:
    """A file name with the date and the time in it."""
    return f"SDA Desktop diagnostics {time.strftime('%Y-%m-%d %H-%M')}{SUFFIX}"


def save(
    target: Path,
    facts: Mapping[str, Any] | None = None,
    *,
    overwrite: bool = False,
    stop: threading.Event | None = None,
) -> Saved:
    """Write the zip.

    target: gets the suffix .zip if it has none.  facts: JSON values that stand in the report beside those
    that are found out here, such as the window's.  A part that cannot be read is left out and told in the
    report.  Raises BadInputError (there is such a file, and not `overwrite`), StorageError, Cancelled; then
    there is no new file.
    """
    target = _with_suffix(Path(target).expanduser().absolute())
    if target.is_dir():
        raise BadInputError(say("{target} is a folder.", target=target), say("Choose another name."))
    if target.exists() and not overwrite:
        raise BadInputError(
            say("There is a file {target} already.", target=target),
            say("Choose another name, or say that it may be replaced."),
        )
    gathering = _Gathering(Redactor(), stop or threading.Event())
    with atomic_write(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in gathering.members(dict(facts or {})):
            # A clock that was never set lies before what the format can say.
            plain = name.encode("utf-8", "replace").decode()  # of a folder: it may be no valid text
            written = zipfile.ZipInfo(plain, max(time.localtime()[:6], (1980, 1, 1, 0, 0, 0)))
            archive.writestr(written, text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)
    return Saved(target, target.stat().st_size, tuple(gathering.names), tuple(gathering.problems))


def system_facts(problems: list[str] | None = None) -> dict[str, Any]:
    """Versions, system, memory, disks, graphics cards; what cannot be found out is told in `problems`."""
    told = problems if problems is not None else []
    questions: dict[str, Callable[[], Any]] = {
        "app": lambda: {"version": __version__, "frozen": hasattr(sys, "_MEIPASS")},
        "versions": licences.versions,
        "system": _system,
        "environment": _environment,
        "memory": _memory,
        "disks": _disks,
        "torch": _torch,
        "libsndfile": _libsndfile,
        "older_files": lambda: [str(path) for path in upgrades.kept_copies(paths.data_dir())],
    }
    facts: dict[str, Any] = {}
    for name, ask in questions.items():
        try:
            facts[name] = ask()
        except Exception as error:  # the report is wanted because something is broken
            told.append(f"{name}: {type(error).__name__}: {error}")
    return facts


@dataclass(slots=True)
class _Gathering:
    """Reads the parts one after the other, redacted."""

    redact: Redactor
    stop: threading.Event
    names: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def members(self, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Name and text of each part; the report comes last, as it tells what could not be read."""
        for place, read in self._parts():
            if self.stop.is_set():
                raise Cancelled
            try:
                text = read()
            except FileNotFoundError:
                continue
            except OSError as error:
                self.problems.append(f"{place}: {error}")
                continue
            yield self._named(place), self.redact(text)
        found = system_facts(self.problems)
        report = {"created": time.strftime("%Y-%m-%d %H:%M:%S %z"), **found, **facts}
        report["problems"] = self.problems
        self.problems = [self.redact(problem) for problem in self.problems]
        text = json.dumps(report, ensure_ascii=False, indent=1, default=str)
        yield self._named(REPORT), self.redact(text)

    def _parts(self) -> Iterator[tuple[str, Callable[[], str]]]:
        for name in (*logs.log_names(), *CRASH_FILES):
            yield f"logs/{name}", _reader(paths.log_dir() / name)
        if (recent := logs.remembered()) is not None:  # all there is where no file can be written
            yield "logs/this session.txt", lambda: "".join(f"{r.line()}\n" for r in recent.since()[1])
        yield "settings.ini", _reader(paths.settings_file())
        try:
            runs = sorted(run_folders())
        except SdaError as error:
            self.problems.append(str(error))
            return
        for run in runs:
            yield f"runs/{run.name}/{RUN_FILE}", _reader(run / RUN_FILE)
            yield f"runs/{run.name}/last-{METRICS_FILE}", _last_lines_reader(run / METRICS_FILE)
            yield f"runs/{run.name}/files.txt", _listing_reader(run)

    def _named(self, place: str) -> str:
        """The name in the archive: a run can be called as its user is."""
        name = self.redact(f"/{place}").lstrip("/")
        taken, number = name, 2
        while taken in self.names:
            taken, number = f"{name} {number}", number + 1
        self.names.append(taken)
        return taken


def _with_suffix(path: Path) -> Path:
    return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)


def _reader(path: Path) -> Callable[[], str]:
    def read() -> str:
        return _tail(path, _MOST_BYTES).decode("utf-8", "replace")

    return read


def _last_lines_reader(path: Path) -> Callable[[], str]:
    def read() -> str:
        lines = _tail(path, _MOST_METRICS_BYTES).decode("utf-8", "replace").splitlines(keepends=True)
        return "".join(lines[-METRICS_LINES:])

    return read


def _listing_reader(run: Path) -> Callable[[], str]:
    def read() -> str:
        return "".join(f"{line}\n" for line in _listing(run))

    return read


def _tail(path: Path, most: int) -> bytes:
    """The last bytes of a file, from the beginning of a line.  Raises OSError."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - most))
        data = file.read(most)
    return data if size <= most else data[data.find(b"\n") + 1 :]


def _listing(run: Path) -> list[str]:
    """Size in bytes, time of the last change, and name of each file.  Raises OSError."""
    lines = []
    for folder, _, names in os.walk(run):
        for name in sorted(names):
            path = Path(folder, name)
            facts = path.lstat()
            changed = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(facts.st_mtime))
            lines.append(f"{facts.st_size:>12} {changed} {path.relative_to(run).as_posix()}")
            if len(lines) >= _MOST_FILES_LISTED:
                return [*lines, "and more"]
    return lines


def _system() -> dict[str, Any]:
    return {
        "platform": platform.platform(),
        "machine": platform.machine(),
        "python": sys.version,
        "executable": sys.executable,
        "processors": os.cpu_count(),
        "encoding": sys.getfilesystemencoding(),
        "locale": locale.getlocale()[0],
        "libc": " ".join(platform.libc_ver()),
    }


def _environment() -> dict[str, str]:
    chosen = (n for n in sorted(os.environ) if n in _VARIABLES or n.startswith(_VARIABLES_BEGIN))
    return {name: "set" if name in _ONLY_WHETHER else os.environ[name] for name in chosen}


def _memory() -> dict[str, int]:
    import psutil

    memory, swap = psutil.virtual_memory(), psutil.swap_memory()
    return {
        "total_bytes": memory.total,
        "available_bytes": memory.available,
        "swap_total_bytes": swap.total,
        "swap_used_bytes": swap.used,
        "app_bytes": psutil.Process().memory_info().rss,
    }


def _disks() -> dict[str, dict[str, Any]]:
    places = {"data": paths.data_dir(), "cache": paths.cache_dir(), "logs": paths.log_dir()}
    return {name: _disk(place) for name, place in places.items()}


def _disk(place: Path) -> dict[str, Any]:
    there = existing(place)
    usage = shutil.disk_usage(there)
    return {
        "folder": str(place),
        "total_bytes": usage.total,
        "free_bytes": usage.free,
        "writable": os.access(there, os.W_OK),
    }


def _torch() -> dict[str, Any] | None:
    """What PyTorch found, if it is loaded; loading it takes seconds, and may be what fails."""
    torch = sys.modules.get("torch")
    if torch is None or not hasattr(torch, "cuda") or not hasattr(torch, "backends"):
        return None
    there = torch.cuda.is_available()
    return {
        "version": torch.__version__,
        "threads": torch.get_num_threads(),
        "built_for_cuda": torch.version.cuda,
        "cuda_available": there,
        "cuda_devices": [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())]
        if there
        else [],
        "mps_available": torch.backends.mps.is_available(),
    }


def _libsndfile() -> str:
    import soundfile

    return str(soundfile.__libsndfile_version__)
