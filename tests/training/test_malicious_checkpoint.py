"""A model from a stranger opens a sentence, never code."""

from __future__ import annotations

import hashlib
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from sample_checkpoints import edit_manifest
from training_runs import Recorder, run_resumed, run_training

import sda_desktop
from sda_desktop.errors import CheckpointError
from sda_desktop.generation import TrainedModel


class _Payload:
    """Unpickling it creates a file."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.trace,)


@pytest.fixture
def crafted(small_corpus: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A checkpoint with a correct manifest whose weights are a pickle, and the file that it would create."""
    complete = run_training(small_corpus, tmp_path / "run", Recorder(), epochs=1)
    checkpoint, trace = Path(str(complete.checkpoint)), tmp_path / "executed"
    payload = pickle.dumps(_Payload(trace))
    entry = {"size": len(payload), "sha256": hashlib.sha256(payload).hexdigest()}

    def exchange(manifest: dict[str, Any]) -> None:
        for name in manifest["files"]:
            if name.endswith(".safetensors"):
                (checkpoint / name).write_bytes(payload)
                manifest["files"][name] = entry

    edit_manifest(checkpoint, exchange)
    return checkpoint, trace


def test_a_pickle_in_place_of_weights_is_refused_and_not_run(crafted: tuple[Path, Path]) -> None:
    checkpoint, trace = crafted
    with pytest.raises(CheckpointError):
        TrainedModel.load(checkpoint)
    with pytest.raises(CheckpointError):
        run_resumed(checkpoint, Recorder())
    assert not trace.exists()
    pickle.loads((checkpoint / "model.safetensors").read_bytes())
    assert trace.exists()  # the payload does work


def test_nothing_in_the_app_can_unpickle() -> None:
    package = Path(sda_desktop.__file__).parent
    unpicklers = re.compile(r"\b(?:import (?:pickle|marshal|shelve)|torch\.load\(|allow_pickle=True)")
    sources = {path.name: path.read_text(encoding="utf-8") for path in package.rglob("*.py")}
    assert sources
    assert [name for name, text in sources.items() if unpicklers.search(text)] == []
