"""Memory and time of training on hours of sound.

    python tests/benchmarks/long_corpus.py [--hours 10] [--files 20] [--seconds 60]

Makes files of noise in a temporary folder (1 hour of 16-bit mono at 44.1 kHz is 318 MB, its decoded copy
twice that), trains on them for the given time in this process, and prints how long scanning and decoding
took and the resident memory, sampled ten times a second.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
import soundfile as sf

if TYPE_CHECKING:
    from sda_desktop.training.metrics import Event

RATE_HZ = 44_100
BLOCK_S = 60


def make_files(folder: Path, hours: float, files: int) -> None:
    """Noise whose level wanders; every file differs."""
    rng = np.random.default_rng(0)
    block = rng.standard_normal(BLOCK_S * RATE_HZ).astype(np.float32)
    blocks = max(1, round(hours * 3600 / files / BLOCK_S))
    for number in range(files):
        with sf.SoundFile(folder / f"{number:03d}.wav", "w", RATE_HZ, 1, "PCM_16") as file:
            for _ in range(blocks):
                file.write(np.roll(block, int(rng.integers(len(block)))) * rng.uniform(0.01, 0.2))


def main() -> None:
    """Train and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--hours", type=float, default=10.0)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["SDA_DESKTOP_HOME"] = str(Path(place) / "home")
        sounds = Path(place) / "sounds"
        sounds.mkdir()
        make_files(sounds, arguments.hours, arguments.files)
        measure(sounds, Path(place) / "run", arguments.seconds)


def measure(sounds: Path, run: Path, seconds: float) -> None:
    """One time-limited training, watched."""
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.loop import train
    from sda_desktop.training.metrics import PreparationProgress, RunStarted

    process = psutil.Process()
    peaks = {"scanning": 0, "decoding": 0, "training": 0}
    begun: dict[str, float] = {}
    phase = ["scanning"]
    over = threading.Event()

    def sample() -> None:
        while not over.wait(0.1):
            peaks[phase[0]] = max(peaks[phase[0]], process.memory_info().rss)

    def on_event(event: Event) -> None:
        if isinstance(event, PreparationProgress) and event.activity in peaks:
            phase[0] = event.activity
        elif isinstance(event, RunStarted):
            phase[0] = "training"
            files = event.train_files + event.validation_files
            print(f"{files} files, {event.steps_per_epoch} steps an epoch")
        begun.setdefault(phase[0], time.perf_counter())

    watcher = threading.Thread(target=sample)
    watcher.start()
    started = time.perf_counter()
    config = TrainingConfig().replaced(time_limit_s=seconds, device="cpu")
    complete = train([sounds], config, run_dir=run, on_event=on_event)
    over.set()
    watcher.join()
    scanned, decoded = begun["decoding"], begun["training"]
    print(f"scanned in {scanned - started:.1f} s, decoded in {decoded - scanned:.1f} s")
    print(f"{complete.global_step} steps at {complete.steps_per_second:.2f} steps/s")
    for name, peak in peaks.items():
        print(f"resident memory while {name}: at most {peak / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
