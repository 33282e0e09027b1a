"""How fast the loop is against the bare work, what holds it up, and how soon something is heard.

    python tests/benchmarks/loop_rate.py [--folder DIR] [--epochs 12] [--threads 1]

The bare rate is that of forward pass, loss, backward pass and optimizer on batches in memory, taken in turns
with the loop in the same run: after every few steps the loop pauses for as many bare ones, on a copy of the
network.  A stall is the longest gap between two steps at such a moment beyond the median gap.  Where other
programs take turns on the cores, the processor time of the loop's own thread tells more than the clock.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

    from torch import Tensor

    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.metrics import Event
    from sda_desktop.training.trainer import Trainer

BARE_EVERY, BARE_STEPS = 10, 4
BATCHES = 24
AFTER_STEPS = 3  # a checkpoint is copied during the step after it, and written during the next few


class Bare:
    """The work that no loop can do without, on a copy of the network."""

    def __init__(self, trainer: Trainer) -> None:
        from sda_desktop.training.optimizer import make_optimizer

        self.learner = trainer.learner
        self.model = copy.deepcopy(trainer.learner.model).train()
        self.optimizer = make_optimizer(self.model, 1e-4, 0.01)
        self.batches = [trainer.dataset.batch(2**30 + number) for number in range(BATCHES)]
        self.turn = itertools.cycle(self.batches)

    def step(self) -> None:
        """One."""
        import torch

        from sda_desktop.models.losses import vae_loss

        batch = next(self.turn)
        with torch.no_grad():
            target = self.learner.spectrogram(batch.waves)[:, 0]
            times = self.model.times(batch.start_s, batch.duration_s, target.shape[1] // 8)
        output = self.model(target, times, prior_share=0.25)
        loss = vae_loss(self.model, output, target, 1.0, self.learner.kl_weights)
        self.optimizer.zero_grad(set_to_none=True)
        loss.objective.backward()
        self.optimizer.step()


@dataclass
class Watch:
    """Notes when what happened, on a clock that stands still during bare steps."""

    trainer: Trainer | None = None
    bare: Bare | None = None
    paused_s: float = 0.0
    paused_cpu_s: float = 0.0
    bare_s: list[float] = field(default_factory=list)
    bare_cpu_s: list[float] = field(default_factory=list)
    marks: list[tuple[float, str, bool]] = field(default_factory=list)  # when, what, beside a preview
    told: list[tuple[float, Event]] = field(default_factory=list)

    def now(self) -> float:
        return time.perf_counter() - self.paused_s

    def __call__(self, event: Event) -> None:
        from sda_desktop.training.metrics import StepMetrics

        self.told.append((self.now(), event))
        if self.trainer is None:
            return
        busy = self.trainer.previewer.is_busy
        self.marks.append((self.now(), event.name, busy))
        if self.bare and isinstance(event, StepMetrics) and event.global_step % BARE_EVERY == 0 and not busy:
            start, start_cpu = time.perf_counter(), time.thread_time()
            for _ in range(BARE_STEPS):
                begun, begun_cpu = time.perf_counter(), time.thread_time()
                self.bare.step()
                self.bare_s.append(time.perf_counter() - begun)
                self.bare_cpu_s.append(time.thread_time() - begun_cpu)
            self.paused_s += time.perf_counter() - start
            self.paused_cpu_s += time.thread_time() - start_cpu


def make_trainer(folder: Path, config: TrainingConfig, place: Path, watch: Watch) -> Trainer:
    """A trainer at step 0."""
    from sda_desktop.training.run_folder import RunFolder
    from sda_desktop.training.session import prepare, resolve_config
    from sda_desktop.training.sources import Session, scan_sources
    from sda_desktop.training.state import RunControl

    session = Session(watch, RunControl())
    result = scan_sources([folder], session)
    config = resolve_config(config, frozenset(), len(result.usable))
    run = RunFolder.create(place / "run", name="loop", manifest={"sources": [], "config": config.to_dict()})
    return prepare(result, config, run, session)[0]


def rates(folder: Path, config: TrainingConfig, place: Path) -> None:
    """Train once and print rates and stalls."""
    import torch

    watch = Watch()
    trainer = make_trainer(folder, config, place, watch)
    watch.trainer, watch.bare = trainer, Bare(trainer)
    torch.set_flush_denormal(True)
    for _ in range(4):
        watch.bare.step()
    real = trainer.writer.submit

    def submit(*arguments: object, **named: object) -> threading.Event:
        watch.marks.append((watch.now(), "submit", trainer.previewer.is_busy))
        return real(*arguments, **named)  # type: ignore[arg-type]

    trainer.writer.submit = submit  # type: ignore[method-assign]
    begun, begun_cpu = watch.now(), time.thread_time()
    complete = trainer.run_to_end()
    whole_s = watch.now() - begun
    whole_cpu_s = time.thread_time() - begun_cpu - watch.paused_cpu_s
    trainer.run.close()
    print_rates(watch, complete.global_step, whole_s, whole_cpu_s)
    print_parts(trainer, watch.bare)


def print_rates(watch: Watch, steps: int, whole_s: float, whole_cpu_s: float) -> None:
    """The table of rates and stalls."""
    gaps: dict[str, list[float]] = {"alone": [], "preview": [], "checkpoint": []}
    evaluation_s, since_submit = 0.0, AFTER_STEPS
    previous = watch.marks[0][0]
    for at, name, busy in watch.marks[1:]:
        if name == "submit":
            since_submit = 0
        elif name == "epoch":
            evaluation_s += at - previous
        elif name == "step":
            kind = "preview" if busy else "checkpoint" if since_submit < AFTER_STEPS else "alone"
            gaps[kind].append(at - previous)
            since_submit += 1
        if name in ("step", "epoch"):
            previous = at
    bare_s, step_s = median(watch.bare_s), median(gaps["alone"])
    print(
        f"\nbare work: median {1000 * bare_s:.1f} ms a step, {len(watch.bare_s)} steps in turns with the loop"
    )
    print(f"inside the loop: median {1000 * step_s:.1f} ms a step, {bare_s / step_s:.3f} of the bare rate")
    print(f"the same by means: {mean(watch.bare_s) / mean(gaps['alone']):.3f}")
    print(f"whole run ({steps} steps): {mean(watch.bare_s) * steps / whole_s:.3f} of the bare rate;")
    print(f"  {mean(watch.bare_cpu_s) * steps / whole_cpu_s:.3f} by the processor time of the loop's thread;")
    print(f"  validation {evaluation_s / whole_s:.1%} of its time")
    for kind, values in gaps.items():
        if values:
            beyond_s = max(values) - step_s
            print(
                f"gaps between steps, {kind:10s}: {len(values):4d}, median {1000 * median(values):.0f} ms, "
                f"longest {1000 * max(values):.0f} ms, {1000 * beyond_s:.0f} ms beyond the median alone"
            )


def mean(values: list[float]) -> float:
    """The mean without the tenth at either end."""
    cut = len(values) // 10
    kept = sorted(values)[cut : len(values) - cut]
    return sum(kept) / len(kept)


def print_parts(trainer: Trainer, bare: Bare) -> None:
    """Where a step's time goes, each part by itself, median of as many batches as are in memory."""
    import torch

    from sda_desktop.audio.augmentation import random_eq
    from sda_desktop.training.metrics import StepMetrics, event_to_json

    learner, dataset = trainer.learner, trainer.dataset
    ours: list[Tensor] = list(learner.average.parameters())
    theirs: list[Tensor] = list(bare.model.parameters())
    metrics = StepMetrics(1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)

    def parts(number: int) -> dict[str, Callable[[], object]]:
        generator = dataset.step_generator(number)
        spectrogram, waves = learner.spectrogram, bare.batches[number].waves
        target = spectrogram(waves)[:, 0]
        gradients = [p.grad for p in theirs if p.grad is not None]
        return {
            "bare step, spectrogram included": bare.step,
            "  spectrogram": lambda: spectrogram(waves),
            "  optimizer": bare.optimizer.step,
            "batch (made beside the step)": lambda: dataset.batch(number),
            "EQ": lambda: random_eq(target, spectrogram.centre_hz, generator, dataset.augmentation),
            "norm of the gradient": lambda: torch.nn.utils.get_total_norm(gradients),
            "averaging (every fourth step)": lambda: torch._foreach_lerp_(ours, theirs, 0.0),
            "metrics as a line of JSON": lambda: event_to_json(metrics),
        }

    taken: dict[str, list[float]] = {}
    for number in range(BATCHES):
        for name, work in parts(number).items():
            start = time.perf_counter()
            work()
            taken.setdefault(name, []).append(time.perf_counter() - start)
    print("\nparts of a step, median")
    for name, values in taken.items():
        print(f"  {name:34s} {1000 * median(values):6.2f} ms")


def first_preview(folder: Path, config: TrainingConfig, place: Path) -> None:
    """Train with a cold cache until something of the model is heard, and print where the time goes."""
    from sda_desktop.training.loop import RunControl, train
    from sda_desktop.training.metrics import PreviewEvent

    watch, control = Watch(), RunControl()

    def on_event(event: Event) -> None:
        watch(event)
        if isinstance(event, PreviewEvent) and event.kind == "reconstruction":
            control.stop.set()

    begun = watch.now()
    train([folder], config, run_dir=place / "first", on_event=on_event, control=control)
    places: dict[str, float] = {}
    for at, event in watch.told:
        kind = str(getattr(event, "activity", getattr(event, "kind", event.name)))
        places.setdefault(kind, at - begun)
    print(f"\nfrom train() to the first sound of the model: {places['reconstruction']:.1f} s; events:")
    print(
        "  " + ", ".join(f"{kind} {at:.1f}" for kind, at in places.items() if at <= places["reconstruction"])
    )


def measure(folder: Path, config: TrainingConfig, place: Path) -> None:
    """Print all of it."""
    before = os.environ.get("SDA_DESKTOP_HOME")
    os.environ["SDA_DESKTOP_HOME"] = str(place / "cold")
    try:
        first_preview(folder, config, place)
        # Previews and checkpoints more often than usual, for there to be enough of them to measure.
        rates(folder, config.replaced(preview_every_epochs=4, checkpoint_every_minutes=0.1), place)
    finally:
        if before is None:
            del os.environ["SDA_DESKTOP_HOME"]
        else:
            os.environ["SDA_DESKTOP_HOME"] = before


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("/usr/share/sonic-pi/samples"))
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    import torch

    from sda_desktop.training.config import TrainingConfig

    torch.set_num_threads(arguments.threads)
    config = TrainingConfig().replaced(epochs=arguments.epochs, threads=arguments.threads, device="cpu")
    with tempfile.TemporaryDirectory() as place:
        measure(arguments.folder, config, Path(place))


if __name__ == "__main__":
    main()
