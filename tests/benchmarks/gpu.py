"""What training on an NVIDIA graphics card comes to.

    python tests/benchmarks/gpu.py [--corpus sonic-pi] [--seconds 180] [--large-seconds 900] [--threads 1]

For the default model and for the preset "large": steps per second, utilisation (as the driver tells it, else
the time of all kernels against the clock, under the profiler), operations per step that make the host wait,
and the peak of the card's memory.  Then how long the card takes to the lowest validation error that the
processor reaches in --seconds, and the held-out errors, as quality.py scores them, of the processor's model,
of the card's after the same time, and of the large one after --large-seconds.  Without a card it says so.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import warnings
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quality import Corpus

    from sda_desktop.training.metrics import EpochMetrics, Event
    from sda_desktop.training.trainer import Trainer

WARM_UP, TIMED, WATCHED = 40, 300, 50  # steps
LOOK_EVERY = 20  # steps between two looks at the utilisation


def trainer_of(corpus: Corpus, preset: str, device: str, place: Path) -> Trainer:
    """A trainer at step 0."""
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.run_folder import RunFolder
    from sda_desktop.training.session import prepare, resolve_config
    from sda_desktop.training.sources import Session, scan_sources
    from sda_desktop.training.state import RunControl

    session = Session(lambda event: None, RunControl())
    found = scan_sources(corpus.training, session)
    asked = TrainingConfig().replaced(preset=preset, device=device)
    config = resolve_config(asked, frozenset({"device"}), len(found.usable))
    run = RunFolder.create(place / preset, name=preset, manifest={"sources": []})
    return prepare(found, config, run, session)[0]


def do_steps(trainer: Trainer, count: int) -> list[int]:
    """Steps as the loop does them, their figures unread; the utilisation in per cent, seen now and then."""
    import torch

    seen = []
    for number in range(count):
        trainer.learner.step(trainer.state)
        trainer.state.global_step += 1
        if number % LOOK_EVERY == LOOK_EVERY - 1:
            try:
                seen.append(torch.cuda.utilization())
            except (ModuleNotFoundError, RuntimeError):  # without the driver's library for Python
                continue
    return seen


def kernel_share(trainer: Trainer) -> float:
    """The time of all kernels against the clock, in per cent; the profiler slows the host down."""
    import torch
    from torch.profiler import ProfilerActivity, profile

    begin = time.perf_counter()
    with profile(activities=[ProfilerActivity.CUDA]) as profiler:
        do_steps(trainer, WATCHED)
        torch.cuda.synchronize()
        seconds = time.perf_counter() - begin
    kernels_us = float(sum(row.self_device_time_total for row in profiler.key_averages()))
    return kernels_us / 1e6 / seconds * 100


def waits_per_step(trainer: Trainer) -> float:
    """Operations that make the host wait for the card, per step."""
    import torch

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        torch.cuda.set_sync_debug_mode("warn")
        try:
            for _ in range(WATCHED):
                trainer.learner.step(trainer.state)
                trainer.state.global_step += 1
        finally:
            torch.cuda.set_sync_debug_mode("default")
    return sum("synchroniz" in str(warning.message) for warning in caught) / WATCHED


def print_steps(corpus: Corpus, preset: str, place: Path) -> None:
    """The figures of steps alone."""
    import torch

    trainer = trainer_of(corpus, preset, "cuda", place)
    trainer.learner.model.train()
    torch.cuda.reset_peak_memory_stats()
    do_steps(trainer, WARM_UP)
    torch.cuda.synchronize()
    begin = time.perf_counter()
    seen = do_steps(trainer, TIMED)
    torch.cuda.synchronize()
    rate = TIMED / (time.perf_counter() - begin)
    peak = torch.cuda.max_memory_allocated() / 1e6
    busy = f"{sum(seen) / len(seen):.0f} % busy" if seen else f"kernels {kernel_share(trainer):.0f} %"
    weights = sum(p.numel() for p in trainer.learner.model.parameters()) / 1e6
    print(
        f"{preset}: {weights:.1f} million weights, {trainer.config.batch_frames} frames a step: "
        f"{rate:.1f} steps/s, {busy}, {waits_per_step(trainer):.2f} waits a step, peak {peak:.0f} MB",
        flush=True,
    )
    for part in (trainer.previewer, trainer.writer, trainer.learner, trainer.run):
        part.close()


def trained(
    corpus: Corpus, preset: str, device: str, seconds: float, threads: int, run: Path
) -> list[EpochMetrics]:
    """Train for a time; the epochs."""
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.loop import train
    from sda_desktop.training.metrics import EpochMetrics

    epochs: list[EpochMetrics] = []

    def on_event(event: Event) -> None:
        if isinstance(event, EpochMetrics):
            epochs.append(event)

    config = TrainingConfig().replaced(preset=preset, device=device, time_limit_s=seconds, threads=threads)
    explicit = frozenset({"device", "time_limit_s", "threads"})
    train(corpus.training, config, run_dir=run, explicit=explicit, on_event=on_event)
    return epochs


def print_quality(name: str, corpus: Corpus, run: Path) -> None:
    """The held-out errors of a run's best model."""
    from quality import SOURCES, from_model, read, scored

    from sda_desktop.generation import TrainedModel

    model = TrainedModel.load(run)
    files = [read(path, model.sample_rate_hz) for path in corpus.held_out]
    for source in SOURCES:
        figures: dict[str, Any] = scored(
            files, partial(from_model, model, source=source), model.sample_rate_hz
        )
        told = ", ".join(f"{key} {value:.2f}" for key, value in figures.items())
        print(f"{name}, {source}: {told}", flush=True)


def main() -> None:
    """Measure, or say that there is nothing to measure on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", default="sonic-pi", help="as for quality.py")
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--large-seconds", type=float, default=900.0)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()

    import torch

    if not torch.cuda.is_available():
        print("There is no NVIDIA GPU here that torch can use: nothing was measured.")
        return
    from quality import CACHE, Corpus

    print(f"{torch.cuda.get_device_name()}, torch {torch.__version__}")
    corpus = Corpus.of(arguments.corpus, CACHE)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for preset in ("automatic", "large"):
            print_steps(corpus, preset, place)
        runs = {
            "processor": ("automatic", "cpu", arguments.seconds),
            "card": ("automatic", "cuda", arguments.seconds),
            "card, large": ("large", "cuda", arguments.large_seconds),
        }
        epochs = {
            name: trained(corpus, *run, arguments.threads, place / f"run-{number}")
            for number, (name, run) in enumerate(runs.items())
        }
        goal = min(epoch.validation_recon_loss for epoch in epochs["processor"])
        for name, told in epochs.items():
            reached = [e.elapsed_seconds for e in told if e.validation_recon_loss <= goal]
            when = f"after {reached[0]:.1f} s" if reached else "never"
            print(f"validation reconstruction {goal:.4f} reached by {name}: {when}")
        for number, name in enumerate(runs):
            print_quality(name, corpus, place / f"run-{number}")


if __name__ == "__main__":
    main()
