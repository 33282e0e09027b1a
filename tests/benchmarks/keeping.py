"""How long the history and the library take: to open, to search, to grow, to carry a model elsewhere.

    python keeping.py [--entries 5000] [--models 100] [--run RUN]

Milliseconds of wall clock.  Without --run the models are as large as real ones, but hold no weights.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from sda_desktop.generation.history import History
from sda_desktop.generation.library import keep_picture, list_models
from sda_desktop.generation.model_file import export_model, import_model
from sda_desktop.generation.recipe import Recipe, Stop
from sda_desktop.training.checkpoint_manifest import seal
from sda_desktop.training.run_folder import RunFolder

REPEATS = 10
SIZES = {"model.safetensors": 9_633_472, "average.safetensors": 9_633_472, "state.json": 35_144}
PREVIEW_FILES = 60


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=5000, help="in the history")
    parser.add_argument("--models", type=int, default=100, help="in the library")
    parser.add_argument("--run", type=Path, help="a trained run to be exported and imported")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        history_figures(Path(folder) / "history.jsonl", options.entries)
        library_figures(Path(folder) / "runs", options.models)
        if options.run is not None:
            file_figures(options.run, Path(folder))


def timed(what: str, work: Callable[[], object], repeats: int = REPEATS) -> None:
    """Print median and longest time of some repeats."""
    times_ms = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times_ms.append(1e3 * (time.perf_counter() - begin))
    print(f"{what}: median {statistics.median(times_ms):.1f} ms, longest {max(times_ms):.1f} ms")


def history_figures(file: Path, count: int) -> None:
    """A history of so many sounds, each between five of 500."""
    rng = np.random.default_rng(0)
    history = History(file)
    begin = time.perf_counter()
    for number in range(count):
        weights = tuple((f"{i:016x}", 0.2) for i in rng.choice(500, 5, replace=False))
        outline = rng.uniform(-1, 1, (2, 96)).astype(np.float32)
        recipe = Recipe("m" * 32, "place", f"Sound {number}", (Stop(0.0, weights),), 1.0, number)
        history.add(recipe, 1.0, outline)
    each_ms = 1e3 * (time.perf_counter() - begin) / count
    print(f"history of {count} sounds, {file.stat().st_size / 1e6:.1f} MB; adding one: {each_ms:.2f} ms")
    timed("opening it", lambda: History(file))
    timed("searching it", lambda: history.entries(search="sound 49"))


def library_figures(runs: Path, count: int) -> None:
    """A library of so many runs with three checkpoints and some previews each."""
    rng = np.random.default_rng(0)
    for number in range(count):
        sources = [f"/music/Drums/kicks/kick {i}.wav" for i in range(142)]
        run = RunFolder.create(
            runs / f"run {number:04d}",
            name=f"model {number}",
            manifest={"sources": sources, "dataset": {"files": len(sources)}},
        )
        for step in (100, 200, 300):
            checkpoint(run.checkpoints_dir / f"step-{step:08d}-best", step)
        for preview in range(PREVIEW_FILES):
            (run.previews_dir / f"{preview}.wav").touch()
        keep_picture(run.path, rng.uniform(0, 1, (142, 2)), range(142))
    timed(f"listing {count} models", lambda: list_models(runs))
    timed("searching them", lambda: list_models(runs, "drums 49"))


def checkpoint(folder: Path, step: int) -> None:
    """Files of the right sizes with a manifest, without a byte of weights on the disk."""
    folder.mkdir()
    files = {name: {"size": size, "sha256": "0" * 64} for name, size in SIZES.items()}
    for name, size in SIZES.items():
        with (folder / name).open("wb") as file:
            file.truncate(size)
    manifest = {
        "sda_desktop_checkpoint": 1,
        "reason": "best",
        "epoch": step // 10,
        "global_step": step,
        "score": 1 / step,
        "validation_recon": 1 / step,
        "train_recon": 1 / step,
        "created": float(step),
        "serial": step,
        "files": files,
    }
    (folder / "manifest.json").write_text(seal(manifest), encoding="utf-8")


def file_figures(run: Path, folder: Path) -> None:
    """One model as a file, there and back."""
    file = folder / "model.sda"
    timed("exporting a model", lambda: export_model(run, file, overwrite=True))
    print(f"its file: {file.stat().st_size / 1e6:.1f} MB")

    def bring_in() -> None:
        import_model(file, folder / "imported")
        shutil.rmtree(folder / "imported")

    timed("importing it", bring_in)


if __name__ == "__main__":
    main()
