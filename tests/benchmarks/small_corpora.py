"""Whether the app learns from 1, 6, 20, 150 and 500 sounds without running away, and keeps the best model.

    python tests/benchmarks/small_corpora.py [--sizes 1 6 20 150 500] [--seconds 180 | --steps N] [--seed 0]

The corpora are drawn from the sonic-pi samples that are not held out (150: all of those; 500: those and
gentle variations).  Each is trained on by the app's own train() with the preset that the app suggests, on
one thread.  Told of each run:

curve      reconstruction loss of what the app itself holds out (files; slices of a single file), by epoch
runs away  how far the curve's end lies above its lowest point
table      states of the model along the run, resynthesising sounds: mean log-mel L1 in dB, from the full
           latent sequence ("posterior") and from the global latent alone ("global"), of what the app held
           out itself ("own") and of other, held-out samples ("other"); the kept one is the best checkpoint
           as the app chose it, and the last line tells by how much it misses the best state

Of 500 sounds, what the app holds out has variations among what it trains on: only "other" is unheard there.
With --tuning the other sounds are every 8th of the *training* files: settings are chosen by those, so that
the held-out files stay unheard.  --set NAME=VALUE changes a setting against the preset.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
from corpora import held_out_split, sonic_pi, subset, union
from numpy.typing import NDArray
from sound_metrics import log_mel_l1_db

from sda_desktop.training.config import automatic_preset

if TYPE_CHECKING:
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.metrics import EpochMetrics, Event

SIZES = (1, 6, 20, 150, 500)
OTHER_SOUNDS = 12
BATCH_SECONDS, MIN_STEPS_PER_EPOCH = 8.17, 20  # of the app's defaults, to turn steps into epochs
LONGEST_S = 2.0  # of a resynthesised sound: what counts is the comparison of states, not every second
MEASURES = ("own posterior", "own global", "other posterior", "other global")
Wave = NDArray[np.float64]


@dataclass
class Recorder:
    """Keeps the epochs of a run, and links to about so many checkpoints spread over it."""

    place: Path
    states: int
    total_steps: int = 0
    epochs: list[EpochMetrics] = field(default_factory=list)
    _last: int = 0

    def __call__(self, event: Event) -> None:
        """Take one event of the run."""
        from sda_desktop.training.metrics import CheckpointEvent, EpochMetrics, RunStarted

        if isinstance(event, RunStarted):
            self.total_steps = event.total_steps
        elif isinstance(event, EpochMetrics):
            self.epochs.append(event)
            self.total_steps = event.total_steps
        elif isinstance(event, CheckpointEvent) and event.global_step - self._last >= (
            self.total_steps / self.states
        ):
            self._last = event.global_step
            # Linked, not copied: the run may delete its own name of it, and the disk holds it once.
            shutil.copytree(event.path, self.place / Path(event.path).name, copy_function=os.link)


def ascii_curve(values: Sequence[float], width: int = 72, height: int = 10) -> str:
    """The values from left to right as a drawing of that many characters, with its lowest and highest."""
    if not values:
        raise ValueError("there is nothing to draw")
    columns = np.array_split(np.asarray(values, float), min(width, len(values)))
    means = np.array([column.mean() for column in columns])
    low, high = float(means.min()), float(means.max())
    rows = np.round((means - low) / max(high - low, 1e-12) * (height - 1)).astype(int)
    lines = ["".join("*" if row == level else " " for row in rows) for level in range(height - 1, -1, -1)]
    labels = [f"{high:.3f}", *[""] * (height - 2), f"{low:.3f}"]
    return "\n".join(f"{label:>8s} |{line.rstrip()}" for label, line in zip(labels, lines, strict=True))


def rise_percent(values: Sequence[float]) -> float:
    """How far the last value lies above the lowest, per cent of the lowest."""
    return 100 * (values[-1] / min(values) - 1)


def misses_percent(rows: dict[int, dict[str, float]], kept: int, measure: str) -> float:
    """By how much the kept state's error lies above the lowest of all, per cent."""
    return 100 * (rows[kept][measure] / min(row[measure] for row in rows.values()) - 1)


def corpus(count: int, pool: Sequence[Path], seed: int, cache: Path) -> list[Path]:
    """So many sounds: a subset of the pool, all of it, or it and variations."""
    if count <= 30:
        return subset(pool, count, seed)
    return list(pool) if count <= 150 else union(cache / f"union-{len(pool)}", pool, count)


def held_out_sounds(state: dict[str, Any], others: Sequence[Path]) -> dict[str, list[Wave]]:
    """What the app held out of the sounds it was given, and others: of each at most LONGEST_S."""
    from sda_desktop.audio.io import read_audio

    rate_hz = int(state["spectrogram"]["sample_rate_hz"])
    sounds: dict[str, list[Wave]] = {"own": [], "other": []}
    for part in state["split"]["validation"]:
        wave = read_audio(Path(state["files"][part["sound"]]["path"]), rate_hz)[0][0]
        sounds["own"].append(wave[part["start"] : part["end"]].astype(float))
    sounds["other"] = [read_audio(path, rate_hz)[0][0].astype(float) for path in others]
    longest = round(LONGEST_S * rate_hz)
    return {whose: [loudest_part(wave, longest) for wave in waves] for whose, waves in sounds.items()}


def errors(checkpoint: Path, sounds: dict[str, list[Wave]]) -> dict[str, float]:
    """Mean log-mel L1 of a state of the model, by MEASURES."""
    from sda_desktop.generation import TrainedModel

    model = TrainedModel.load(checkpoint)

    def error(sound: Wave, source: str) -> float:
        gain = 1 / max(float(np.abs(sound).max()), 1e-9)
        made = model.resynthesize(sound[None].astype(np.float32), source=source)  # type: ignore[arg-type]
        return log_mel_l1_db(gain * sound, gain * made[0].astype(float), model.sample_rate_hz)

    return {
        f"{whose} {source}": float(np.mean([error(sound, source) for sound in waves]))
        for whose, waves in sounds.items()
        for source in ("posterior", "global")
    }


def loudest_part(sound: Wave, samples: int) -> Wave:
    """The part of that length with the most energy, on a grid of half its length."""
    starts = range(0, max(1, len(sound) - samples + 1), samples // 2)
    best = max(starts, key=lambda start: float(np.sum(sound[start : start + samples] ** 2)))
    return sound[best : best + samples]


def settings(files: Sequence[Path], arguments: argparse.Namespace) -> tuple[TrainingConfig, frozenset[str]]:
    """The run's settings, and which of them no preset may change."""
    from sda_desktop.training.config import BY_NAME, TrainingConfig

    pairs = (pair.split("=", 1) for pair in arguments.set)
    changes = {name: BY_NAME[name].parse(value) for name, value in pairs}
    config = TrainingConfig().replaced(
        threads=1,
        seed=arguments.seed,
        device="cpu",
        checkpoint_every_epochs=4,
        preview_sounds=1,
        preview_new_sounds=1,
        **changes,
    )
    if arguments.steps:
        seconds = sum(soundfile.info(path).duration for path in files)
        steps_per_epoch = max(MIN_STEPS_PER_EPOCH, seconds / BATCH_SECONDS)
        return config.replaced(epochs=max(1, round(arguments.steps / steps_per_epoch))), frozenset(changes)
    return config.replaced(time_limit_s=arguments.seconds), frozenset(changes)


def measured(
    files: list[Path], others: list[Path], home: Path, arguments: argparse.Namespace
) -> dict[str, Any]:
    """Train on the files and tell everything about the run."""
    from sda_desktop.training.checkpoint import best_checkpoint, load_checkpoint
    from sda_desktop.training.loop import train

    config, explicit = settings(files, arguments)
    recorder = Recorder(home / "kept", arguments.states)
    complete = train(files, config, run_dir=home / "run", explicit=explicit, on_event=recorder)
    kept = best_checkpoint(home / "run")
    assert kept is not None
    assert complete.checkpoint is not None
    state = load_checkpoint(kept.path, only=()).state
    sounds = held_out_sounds(state, others)
    paths = [*recorder.place.glob("step-*"), Path(complete.checkpoint), kept.path]
    states = {int(path.name.split("-")[1]): path for path in paths}
    return {
        "files": len(files),
        "held out by the app": len(sounds["own"]),
        "preset": automatic_preset(len(files)) if config.preset == "automatic" else config.preset,
        "settings": state["config"],
        "changes": list(arguments.set),
        "seed": arguments.seed,
        "steps": complete.global_step,
        "steps/s": complete.steps_per_second,
        "kept": kept.global_step,
        "curve": [epoch.validation_recon_loss for epoch in recorder.epochs],
        "train curve": [epoch.train_recon_loss for epoch in recorder.epochs],
        "score": [epoch.score for epoch in recorder.epochs],
        "states": {step: errors(path, sounds) for step, path in sorted(states.items())},
    }


def told(run: dict[str, Any]) -> str:
    """A run in words, as a curve and as a table."""
    curve, states, kept = run["curve"], run["states"], run["kept"]
    lines = [
        f"{run['files']} files ({run['held out by the app']} parts held out by the app), {run['preset']}"
        + "".join(f", {change}" for change in run["changes"])
        + f", seed {run['seed']}: {run['steps']} steps, {run['steps/s']:.1f}/s",
        f"reconstruction loss of what the app held out, {len(curve)} epochs, "
        f"lowest {min(curve):.3f} in epoch {int(np.argmin(curve)) + 1}, "
        f"at the end {curve[-1]:.3f} (runs away {rise_percent(curve):+.1f} %); "
        f"of training sounds {run['train curve'][-1]:.3f}; "
        f"score at the end {rise_percent(run['score']):+.1f} % above its lowest",
        ascii_curve(curve),
        f"{'step':>8s}" + "".join(f"{measure:>17s}" for measure in MEASURES) + "   log-mel L1 dB",
    ]
    for step, row in states.items():
        lines.append(
            f"{step:8d}"
            + "".join(f"{row[measure]:17.2f}" for measure in MEASURES)
            + ("   kept" if step == kept else "")
        )
    misses = (f"{misses_percent(states, kept, measure):15.1f} %" for measure in MEASURES)
    lines.append(f"{'misses':>8s}" + "".join(misses))
    return "\n".join(lines)


def main() -> None:
    """Train on every size and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--seconds", type=float, default=180.0, help="of training, preparation excluded")
    parser.add_argument("--steps", type=int, default=0, help="so many steps instead")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--states", type=int, default=8, help="states of the model that are scored")
    parser.add_argument("--tuning", action="store_true", help="leave the held-out files unheard")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--cache", type=Path, help="where to keep what is made (500 files; 60 MB)")
    parser.add_argument("--figures", type=Path, help="a folder for the texts and the numbers as JSON")
    arguments = parser.parse_args()

    pool, others = held_out_split(sonic_pi())
    if arguments.tuning:
        pool, others = held_out_split(pool)
    order = np.random.default_rng(3).permutation(len(others))[:OTHER_SOUNDS]
    others = [others[i] for i in sorted(order)]
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as place:
            home = Path(place)
            files = corpus(size, pool, arguments.seed, arguments.cache or home / "cache")
            run = measured(files, others, home, arguments)
        text = told(run)
        print(text, end="\n\n", flush=True)
        if arguments.figures:
            arguments.figures.mkdir(parents=True, exist_ok=True)
            name = " ".join([f"{size} files", f"seed {arguments.seed}", *arguments.set])
            (arguments.figures / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
            (arguments.figures / f"{name}.json").write_text(json.dumps(run, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
