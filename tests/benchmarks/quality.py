"""How close a trained model comes to sounds it never heard.

    python tests/benchmarks/quality.py [--folder DIR] [--seconds 180] [--threads 1] [--seed 0]

Every 8th file of the folder (sorted by name) is held out; the app trains on the others for the given time,
preparation excluded, and the whole held-out files are resynthesised, from the full latent sequence
("posterior") and from the global latent alone ("global").  Beside them stand the ceiling, what the same
synthesis makes of the true spectrum, and the floor, the nearest training file cut or padded to the length:
what copying reaches without learning.  Figures are means over the held-out files, every file counting alike
and, "by duration", every second counting alike:

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
from collections.abc import Callable
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
    a, b = (log_mel_db(wave, rate_hz) for wave in (reference, estimate))
    return float(np.abs(a - b).mean())


def log_mel_db(wave: Wave, rate_hz: int) -> Wave:
    """Log-mel spectrogram (MEL_BANDS, frames), dB."""
    level = np.sqrt(mel_filters(rate_hz) @ magnitudes(wave, 2048, 512) ** 2)
    result: Wave = 20 * np.log10(np.maximum(level, FLOOR))
    return result


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


def fitted(wave: Wave, samples: int) -> Wave:
    """Cut, or padded with silence, to a length."""
    return np.pad(wave[:samples], (0, max(0, samples - len(wave))))


class Nearest:
    """The floor: of all training files the one whose log-mel spectrogram is nearest, at the same peak."""

    def __init__(self, waves: list[Wave], rate_hz: int) -> None:
        self._waves = [wave / max(float(np.abs(wave).max()), 1e-9) for wave in waves]
        self._spectra = [log_mel_db(wave, rate_hz) for wave in self._waves]
        self._rate_hz = rate_hz

    def __call__(self, wave: Wave) -> Wave:
        peak = max(float(np.abs(wave).max()), 1e-9)
        wanted = log_mel_db(wave / peak, self._rate_hz)
        silence = 20 * np.log10(FLOOR)

        def distance(spectrum: Wave) -> float:
            missing = max(0, wanted.shape[1] - spectrum.shape[1])
            padded = np.pad(spectrum, ((0, 0), (0, missing)), constant_values=silence)
            return float(np.abs(padded[:, : wanted.shape[1]] - wanted).mean())

        best = int(np.argmin([distance(spectrum) for spectrum in self._spectra]))
        return peak * fitted(self._waves[best], len(wave))


def ceiling(wave: Wave, rate_hz: int) -> Wave:
    """The synthesis from the sound's own warped magnitudes."""
    import torch

    from sda_desktop.audio.spectrogram import AudioSpectrogram, SpectrogramConfig
    from sda_desktop.audio.synthesis import synthesize

    config = SpectrogramConfig(sample_rate_hz=rate_hz)
    spectrogram = AudioSpectrogram(config)
    padded = fitted(wave, config.samples_for(config.frames_for(len(wave))))
    true = spectrogram(torch.from_numpy(padded.astype(np.float32))[None, None])[0, 0]
    made: Wave = synthesize(spectrogram, true, len(wave)).numpy().astype(float)
    return made


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
        rate_hz = model.sample_rate_hz
        sounds = [read_audio(path, rate_hz)[0].mean(0).astype(float) for path in held_out]
        nearest = Nearest([read_audio(path, rate_hz)[0].mean(0).astype(float) for path in training], rate_hz)

        def from_model(sound: Wave, source: str) -> Wave:
            made = model.resynthesize(sound[None].astype(np.float32), source=source)  # type: ignore[arg-type]
            only: Wave = made[0].astype(float)
            return only

        makers: dict[str, Callable[[Wave], Wave]] = {
            "posterior": lambda sound: from_model(sound, "posterior"),
            "global": lambda sound: from_model(sound, "global"),
            "ceiling": lambda sound: ceiling(sound, rate_hz),
            "floor": nearest,
        }
        figures: dict[str, dict[str, float]] = {}
        for name, make in makers.items():
            rows = [score(sound, make(sound), rate_hz) for sound in sounds]
            lengths = [len(sound) for sound in sounds]
            figures[name] = {key: float(np.mean([row[key] for row in rows])) for key in rows[0]}
            figures[name + ", by duration"] = {
                key: float(np.average([row[key] for row in rows], weights=lengths)) for key in rows[0]
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
