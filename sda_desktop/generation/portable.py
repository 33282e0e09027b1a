"""What of a run may leave this computer: names of sounds and folders, but no places.

A path is cut down to the name of the file and of the folder that holds it; what would name a user's home is
left out.  Everything here may be applied twice and then changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from sda_desktop.training.about import MAX_NAME, one_line
from sda_desktop.training.metrics import EpochMetrics, StepMetrics, event_from_json

NAMELESS = "sounds"
_ABSOLUTE = re.compile(r"[/\\~]|[A-Za-z]:[/\\]|file:")
_SEPARATORS = re.compile(r"[/\\]+")
_HOMES = ("home", "users", "documents and settings", "media", "run")
# Of run.json: sentences in which a place may stand, and what is known to this computer only.
_PRIVATE_KEYS = ("problem",)


def portable_name(path: str) -> str:
    """ "kicks/deep.wav" for "/home/anna/Music/kicks/deep.wav"; of a folder only its own name."""
    parts = [part for part in _SEPARATORS.split(path) if part not in ("", ".", "..", "~", "file:")]
    parts = [part for part in parts if not re.fullmatch(r"[A-Za-z]:", part)]
    home = [part for part in _SEPARATORS.split(str(Path.home())) if part]
    if home and parts[: len(home)] == home:
        parts = parts[len(home) :]
    if parts and parts[0].casefold() in _HOMES:
        parts = parts[2:]
    is_file = bool(parts) and PurePosixPath(parts[-1]).suffix != ""
    kept = parts[-2:] if is_file else parts[-1:]
    return "/".join(part for part in kept if not home or part != home[-1]) or NAMELESS


def portable(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """JSON values with every path in them cut down to its name."""
    if isinstance(value, str):
        return portable_name(value) if _is_place(value) else value
    if isinstance(value, Mapping):
        return {str(key): portable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [portable(item) for item in value]
    return value


def portable_manifest(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """run.json as it may go out and come in: nothing trains in it, and it names no places."""
    kept = {key: portable(value) for key, value in manifest.items() if key not in _PRIVATE_KEYS}
    kept["name"] = one_line(str(manifest.get("name", "")))[:MAX_NAME]
    kept["status"] = "finished" if manifest.get("status") == "finished" else "stopped"
    return kept


def portable_state(state: Mapping[str, Any]) -> dict[str, Any]:
    """The state.json of a checkpoint without places."""
    return {str(key): portable(value) for key, value in state.items() if key != "metrics_position"}


def portable_metrics(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of metrics.jsonl that hold curves: numbers only.  What cannot be read is left out."""
    for line in lines:
        if not line.endswith(b"\n"):
            continue  # being written at this moment, or torn
        try:
            event = event_from_json(line.decode("utf-8"))
        except (ValueError, AttributeError, RecursionError):
            continue
        if isinstance(event, StepMetrics | EpochMetrics):
            yield line


def json_bytes(value: Mapping[str, Any]) -> bytes:
    """A JSON file.  Infinities and NaN are kept, as a training state may hold them."""
    text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    return text.encode("utf-8", errors="backslashreplace")


def _is_place(text: str) -> bool:
    return bool(_ABSOLUTE.match(text)) or ".." in _SEPARATORS.split(text)
