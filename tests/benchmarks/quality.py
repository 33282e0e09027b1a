"""How close a trained model comes to sounds it never heard.

    python tests/benchmarks/quality.py [--folder DIR] [--seconds 180] [--threads 1] [--seed 0]

Every 8th file of the folder (sorted by name) is held out; the app trains on the others for the given time,
preparation excluded, and the whole held-out files are resynthesised, from the full latent sequence
("posterior") and from the global latent alone ("global").  Figures are means over the held-out files, every
file counting alike and, "by duration", every second counting alike:

L1 dB      mean difference of 128-band HTK log-mel spectrograms (n_fft 2048, hop 512, Hann, reflected ends,
           amplitudes such that a full-scale sine reads 0 dB, floor -80 dB), of files brought to full scale
MR-STFT    mean difference of natural-log magnitudes at n_fft 512, 1024 and 2048, level-matched
level dB   RMS level of the result against the original
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sda_desktop.training.metrics import Event, TrainingComplete

DEFAULT_FOLDER = Path("/usr/share/sonic-pi/samples")
FLOOR = 1e-4
MEL_BANDS = 128
Wave = NDArray[np.float64]


def magnitudes(wave: Wave, fft: int, hop: int) -> Wave:
    """Centred STFT magnitudes (bins, frames), a full-scale sine reads 1."""
    if len(wave) <= fft // 2:
        wave = np.pad(wave, (0, fft // 2 + 1 - len(wave)))
    padded = np.pad(wave, fft // 2, mode="reflect")
    window = np.hanning(fft + 1)[:-1]
    frames = np.lib.stride_tricks.sliding_window_view(padded, fft)[::hop]
    result: Wave = np.abs(np.fft.rfft(frames * window, axis=1)).T * (2 / window.sum())
    return result


def mel_filters(rate_hz: int, fft: int = 2048) -> Wave:
    """HTK triangles without area normalisation, (MEL_BANDS, bins)."""
    frequencies = np.linspace(0, rate_hz // 2, fft // 2 + 1)
    top = 2595 * np.log10(1 + rate_hz / 2 / 700)
    edges = 700 * (10 ** (np.linspace(0, top, MEL_BANDS + 2) / 2595) - 1)
    rising = (frequencies - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - frequencies) / np.diff(edges)[1:, None]
    result: Wave = np.clip(np.minimum(rising, falling), 0, None)
    return result


def log_mel_l1_db(reference: Wave, estimate: Wave, rate_hz: int) -> float:
    """Mean difference of the log-mel spectrograms, dB."""
    filters = mel_filters(rate_hz)
    levels = [np.sqrt(filters @ magnitudes(w, 2048, 512) ** 2) for w in (reference, estimate)]
    a, b = (20 * np.log10(np.maximum(level, FLOOR)) for level in levels)
    return float(np.abs(a - b).mean())


def rms(wave: Wave) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(wave**2) + 1e-20))


def mr_stft(reference: Wave, estimate: Wave) -> float:
    """Mean difference of natural-log magnitudes at three resolutions, at matched level."""
    matched = estimate * (rms(reference) / max(rms(estimate), 1e-9))
    differences = []
    for fft in (512, 1024, 2048):
        a, b = (np.log(magnitudes(w, fft, fft // 4) + 1e-5) for w in (reference, matched))
        differences.append(np.abs(a - b).mean())
    return float(np.mean(differences))


def score(reference: Wave, estimate: Wave, rate_hz: int) -> dict[str, float]:
    """All figures of one file, both brought by the same gain to where the reference peaks at 1."""
    gain = 1 / max(float(np.abs(reference).max()), 1e-9)
    reference, estimate = reference * gain, estimate * gain
    return {
        "L1 dB": log_mel_l1_db(reference, estimate, rate_hz),
        "MR-STFT": mr_stft(reference, estimate),
        "level dB": 20 * np.log10(rms(estimate) / rms(reference)),
    }


def train_on(
    files: list[Path], seconds: float, threads: int, seed: int, home: Path, validation: str
) -> tuple[Path, TrainingComplete, float]:
    """Train on the files; the run folder, its last event and the wall-clock seconds from the first step."""
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.loop import train
    from sda_desktop.training.metrics import RunStarted

    started = time.perf_counter()

    def on_event(event: Event) -> None:
        nonlocal started
        if isinstance(event, RunStarted):
            started = time.perf_counter()

    config = TrainingConfig().replaced(
        time_limit_s=seconds, threads=threads, seed=seed, device="cpu", validation=validation
    )
    complete = train(files, config, run_dir=home / "run", on_event=on_event)
    return home / "run", complete, time.perf_counter() - started


def main() -> None:
    """Train, resynthesise, print a table and write it as JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--validation", choices=("files", "slices"), default="files")
    parser.add_argument("--checkpoint", choices=("best", "final"), default="best")
    parser.add_argument("--keep", type=Path, help="copy the run folder here")
    parser.add_argument("--json", type=Path, help="write the figures here")
    arguments = parser.parse_args()

    from sda_desktop.audio.io import read_audio
    from sda_desktop.audio.scan import find_sounds
    from sda_desktop.generation import TrainedModel

    found, _ = find_sounds([arguments.folder])
    files = sorted(found, key=lambda path: path.name)
    held_out = files[::8]
    training = [path for path in files if path not in set(held_out)]
    with tempfile.TemporaryDirectory() as place:
        run, complete, seconds = train_on(
            training, arguments.seconds, arguments.threads, arguments.seed, Path(place), arguments.validation
        )
        chosen = (
            run if arguments.checkpoint == "best" or not complete.checkpoint else Path(complete.checkpoint)
        )
        model = TrainedModel.load(chosen)
        figures: dict[str, dict[str, float]] = {}
        for source in ("posterior", "global"):
            rows = []
            for path in held_out:
                sound, rate_hz = read_audio(path, model.sample_rate_hz)
                made = model.resynthesize(sound, source=source)
                row = score(sound[0].astype(float), made[0].astype(float), rate_hz)
                rows.append(row | {"seconds": sound.shape[1] / rate_hz})
            seconds_of = [row.pop("seconds") for row in rows]
            figures[source] = {key: float(np.mean([row[key] for row in rows])) for key in rows[0]}
            figures[source + ", by duration"] = {
                key: float(np.average([row[key] for row in rows], weights=seconds_of)) for key in rows[0]
            }
        if arguments.keep:
            shutil.copytree(run, arguments.keep)
    print(
        f"{len(training)} training files, {len(held_out)} held out, seed {arguments.seed}, "
        f"{arguments.threads} thread(s); {complete.global_step} steps in {seconds:.0f} s "
        f"({complete.steps_per_second:.2f} steps/s inside the loop); best epoch {complete.best_epoch}"
    )
    print(f"{'':24s}" + "".join(f"{key:>10s}" for key in figures["posterior"]))
    for source, values in figures.items():
        print(f"{source:24s}" + "".join(f"{value:10.2f}" for value in values.values()))
    if arguments.json:
        arguments.json.write_text(json.dumps({"steps": complete.global_step, **figures}, indent=1))


if __name__ == "__main__":
    main()
