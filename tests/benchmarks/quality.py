"""How close a trained model comes to sounds it never heard.

    python tests/benchmarks/quality.py [--corpus sonic-pi] [--seconds 180] [--seeds 0 1 2]
           [--models ours baseline] [--threads 1] [--jobs 1] [--keep DIR] [--json FILE]

Every 8th file of the corpus (sorted by name) is held out; each model trains on the others for the given time,
preparation excluded.  Then the held-out files are resynthesised, whole ("files") and in pieces of one second
("chunks": brought to full scale, the last one padded, silent ones left out):

posterior  ours, from the full latent sequence
global     ours, from the global latent alone, the one that comes nearest to the sound
encoder's global   the same from the global latent as the encoder names it, not fitted to the sound
baseline   a plain convolutional VAE of mel spectrograms (baseline.py says which)
floor      the nearest training file, cut or padded to the length: what copying reaches without learning
ceiling    the app's synthesis of the sound's own spectrum

sound_metrics.py defines the figures.  Files are averaged "by duration", every second counting alike, and
"by file".  With several seeds a figure is the mean over them, +- their standard deviation.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from corpora import held_out_split, notes, sonic_pi, speech
from sound_metrics import FLOOR as QUIETEST
from sound_metrics import Wave, chunks, fitted, log_mel_db, score

if TYPE_CHECKING:
    from sda_desktop.generation import TrainedModel

CACHE = Path(tempfile.gettempdir()) / "sda-desktop-benchmarks"
Figures = dict[str, dict[str, float]]  # contender -> figure -> value
Source = Literal["posterior", "global", "encoder's global"]
SOURCES: tuple[Source, ...] = ("posterior", "global", "encoder's global")
WAYS = ("by duration", "by file", "chunks")


class Corpus(NamedTuple):
    """A corpus, split as every benchmark splits it."""

    training: list[Path]
    held_out: list[Path]

    @classmethod
    def of(cls, name: str, cache: Path) -> Corpus:
        """sonic-pi, speech or notes (made once, in `cache`), or the sounds of a folder."""
        from sda_desktop.audio.scan import find_sounds

        if name == "sonic-pi":
            files = sonic_pi()
        elif name in ("speech", "notes"):
            files = (speech if name == "speech" else notes)(cache / name)
        else:
            files = find_sounds([Path(name)])[0]
        return cls(*held_out_split(files))


def read(path: Path, rate_hz: int) -> Wave:
    """The mono mix of a file."""
    from sda_desktop.audio.io import read_audio

    wave: Wave = read_audio(path, rate_hz)[0].mean(0).astype(float)
    return wave


class Piece(NamedTuple):
    """Something to be resynthesised, and where it lies in its file."""

    wave: Wave
    start_s: float
    duration_s: float


def pieces_of(wave: Wave, rate_hz: int) -> list[Piece]:
    """The chunks of a file that are scored."""
    duration_s = len(wave) / rate_hz
    found = []
    for start in range(0, len(wave), rate_hz):
        found += [
            Piece(chunk, start / rate_hz, duration_s)
            for chunk in chunks(wave[start : start + rate_hz], rate_hz)
        ]
    return found


class Nearest:
    """The floor: of all training files the one whose log-mel spectrogram is nearest, at the same peak."""

    def __init__(self, waves: list[Wave], rate_hz: int) -> None:
        self._waves = [wave / max(float(np.abs(wave).max()), 1e-9) for wave in waves]
        self._spectra = [log_mel_db(wave, rate_hz) for wave in self._waves]
        self._rate_hz = rate_hz

    def __call__(self, piece: Piece) -> Wave:
        wave = piece.wave
        peak = max(float(np.abs(wave).max()), 1e-9)
        wanted = log_mel_db(wave / peak, self._rate_hz)
        silence = 20 * np.log10(QUIETEST)

        def distance(spectrum: Wave) -> float:
            missing = max(0, wanted.shape[1] - spectrum.shape[1])
            padded = np.pad(spectrum, ((0, 0), (0, missing)), constant_values=silence)
            return float(np.abs(padded[:, : wanted.shape[1]] - wanted).mean())

        best = int(np.argmin([distance(spectrum) for spectrum in self._spectra]))
        return peak * fitted(self._waves[best], len(wave))


def ceiling(piece: Piece, rate_hz: int) -> Wave:
    """The synthesis from the sound's own warped magnitudes."""
    import torch

    from sda_desktop.audio.spectrogram import AudioSpectrogram, SpectrogramConfig
    from sda_desktop.audio.synthesis import synthesize

    wave = piece.wave
    config = SpectrogramConfig(sample_rate_hz=rate_hz)
    spectrogram = AudioSpectrogram(config)
    padded = fitted(wave, config.samples_for(config.frames_for(len(wave))))
    true = spectrogram(torch.from_numpy(padded.astype(np.float32))[None, None])[0, 0]
    made: Wave = synthesize(spectrogram, true, len(wave)).numpy().astype(float)
    return made


def from_model(model: TrainedModel, piece: Piece, source: Source) -> Wave:
    """What a trained model makes of a piece; a chunk of a longer file is told where in it it lies."""
    import torch

    from sda_desktop.audio.spectrogram import AudioSpectrogram
    from sda_desktop.models.global_fit import fit_global

    codec, wave = model.codec, piece.wave
    is_whole = len(wave) == round(piece.duration_s * model.sample_rate_hz)
    if is_whole and source != "encoder's global":
        whole: Wave = model.resynthesize(wave[None].astype(np.float32), source=source)[0].astype(float)
        return whole
    frames = codec.config.frames_for(len(wave))
    peak = max(float(np.abs(wave).max()), 1e-9)
    padded = fitted(wave / peak, codec.config.samples_for(frames)).astype(np.float32)
    place = (torch.tensor([piece.start_s]), torch.tensor([piece.duration_s]))
    with torch.no_grad():
        times = codec.model.times(*place, frames // codec.config.frames_per_step)
        magnitudes = AudioSpectrogram(codec.config)(torch.from_numpy(padded)[None, None])[:, 0]
        posterior = codec.model.encode(magnitudes, times)
        z = posterior.local_mean
        if source != "posterior":
            is_fitted = source == "global"
            latent = fit_global(codec.model, posterior, times) if is_fitted else posterior.global_mean
            z = codec.model.prior(latent, times).mean
    made: Wave = peak * codec.render(z, len(wave))[0].astype(float)
    return made


def scored(files: Sequence[Wave], make: Callable[[Piece], Wave], rate_hz: int) -> dict[str, float]:
    """All figures of one contender, named FIGURE (WAY)."""
    rows = [score(wave, make(Piece(wave, 0.0, len(wave) / rate_hz)), rate_hz) for wave in files]
    short = [score(piece.wave, make(piece), rate_hz) for wave in files for piece in pieces_of(wave, rate_hz)]
    lengths = [len(wave) for wave in files]
    figures: dict[str, float] = {}
    for key in rows[0]:
        values = [row[key] for row in rows]
        means = (np.average(values, weights=lengths), np.mean(values), np.mean([row[key] for row in short]))
        figures |= {f"{key} ({way})": float(mean) for way, mean in zip(WAYS, means, strict=True)}
    return figures


def about_run(run: Path) -> dict[str, float]:
    """How many steps it took, how fast, and the smallest KL divergence of a sound at any validation after
    the warm-up."""
    lines = (run / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    events: list[dict[str, Any]] = [json.loads(line) for line in lines]
    steps = [event for event in events if event["event"] == "step"]
    epochs = [event for event in events if event["event"] == "epoch" and event["kl_weight"] == 1.0]
    return {
        "steps": len(steps),
        "steps/s": len(steps) / sum(event["step_seconds"] for event in steps),
        "KL nats": min((event["kl_divergence_nats"] for event in epochs), default=float("nan")),
    }


def train_ours(corpus: Corpus, seconds: float, threads: int, seed: int, run: Path) -> None:
    """Train the app's model headless into the folder `run`."""
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.loop import train

    config = TrainingConfig().replaced(time_limit_s=seconds, threads=threads, seed=seed, device="cpu")
    train(corpus.training, config, run_dir=run, on_event=lambda _: None)


def measure(
    model: str, corpus: Corpus, seconds: float, threads: int, seed: int, keep: Path | None
) -> Figures:
    """Train one model and score it; its figures by contender, and what is known of the training."""
    import torch

    torch.set_num_threads(threads)
    if model == "baseline":
        from baseline import train_baseline

        rate_hz = 48_000
        trained = train_baseline(corpus.training, seconds, threads, seed)
        files = [read(path, rate_hz) for path in corpus.held_out]
        return {
            "baseline": scored(files, lambda piece: trained.resynthesize(piece.wave, rate_hz), rate_hz),
            "of baseline": {"steps": trained.steps, "KL nats": trained.kl_nats},
        }
    from sda_desktop.generation import TrainedModel

    with tempfile.TemporaryDirectory() as place:
        run = keep / f"ours-{seconds:g}s-{seed}" if keep else Path(place) / "run"
        if not run.exists():
            train_ours(corpus, seconds, threads, seed, run)
        torch.set_num_threads(threads)
        chosen = TrainedModel.load(run)
        rate_hz = chosen.sample_rate_hz
        files = [read(path, rate_hz) for path in corpus.held_out]
        return {
            **{
                source: scored(files, partial(from_model, chosen, source=source), rate_hz)
                for source in SOURCES
            },
            "of ours": about_run(run),
        }


def without_training(corpus: Corpus) -> Figures:
    """The floor, the ceiling, and the flatness of the sounds themselves."""
    from sda_desktop.audio.scan import scan

    rate_hz = scan(corpus.held_out).model_rate_hz
    files = [read(path, rate_hz) for path in corpus.held_out]
    nearest = Nearest([read(path, rate_hz) for path in corpus.training], rate_hz)
    return {
        "floor": scored(files, nearest, rate_hz),
        "ceiling": scored(files, lambda piece: ceiling(piece, rate_hz), rate_hz),
        "original": scored(files, lambda piece: piece.wave, rate_hz),
    }


def summary(results: Sequence[Figures]) -> dict[str, dict[str, tuple[float, float]]]:
    """Mean and standard deviation over the seeds."""
    joined: dict[str, dict[str, list[float]]] = {}
    for figures in results:
        for contender, values in figures.items():
            for key, value in values.items():
                joined.setdefault(contender, {}).setdefault(key, []).append(value)
    return {
        contender: {key: (float(np.mean(v)), float(np.std(v))) for key, v in values.items()}
        for contender, values in joined.items()
    }


def print_tables(results: Sequence[Figures]) -> None:
    """One table per way of averaging."""
    means = summary(results)
    for way in WAYS:
        names = [key.removesuffix(f" ({way})") for key in means["original"] if key.endswith(f"({way})")]
        print(
            f"\n{'held-out ' + way if way != 'chunks' else 'held-out chunks of 1 s':24s}"
            + "".join(f"{n:>16s}" for n in names)
        )
        for contender, values in means.items():
            if not contender.startswith("of "):
                cells = [values[f"{name} ({way})"] for name in names]
                print(f"{contender:24s}" + "".join(cell(*value) for value in cells))
    for contender, values in means.items():
        if contender.startswith("of "):
            print(
                contender.removeprefix("of ")
                + ": "
                + ", ".join(f"{k} {m:.1f} +- {s:.1f}" for k, (m, s) in values.items())
            )


def cell(mean: float, deviation: float) -> str:
    """A figure in its column."""
    return f"{mean:9.2f}" + (f" +- {deviation:.2f}" if deviation else "       ")


def in_own_process(arguments: argparse.Namespace, model: str, seconds: float, seed: int) -> Figures:
    """`measure` in a process of its own, so that each has the machine's state to itself."""
    with tempfile.TemporaryDirectory() as place:
        answer = Path(place) / "figures.json"
        command = [sys.executable, __file__, "--worker", model, "--corpus", arguments.corpus]
        command += ["--cache", str(arguments.cache)]
        command += ["--seconds", str(seconds), "--seeds", str(seed), "--threads", str(arguments.threads)]
        command += ["--json", str(answer)]
        if arguments.keep:
            command += ["--keep", str(arguments.keep.resolve())]
        subprocess.run(command, check=True)
        figures: Figures = json.loads(answer.read_text(encoding="utf-8"))
        return figures


def main() -> None:
    """Train, resynthesise, print tables and write them as JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", default="sonic-pi", help="sonic-pi, speech, notes, or a folder")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where corpora are made, once")
    parser.add_argument("--seconds", type=float, nargs="+", default=[180.0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--models", nargs="+", choices=("ours", "baseline"), default=["ours", "baseline"])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="trainings side by side")
    parser.add_argument("--keep", type=Path, help="keep the runs here; those that are there are only scored")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    arguments = parser.parse_args()

    corpus = Corpus.of(arguments.corpus, arguments.cache)
    if arguments.worker:
        seconds, seed = arguments.seconds[0], arguments.seeds[0]
        figures = measure(arguments.worker, corpus, seconds, arguments.threads, seed, arguments.keep)
        arguments.json.write_text(json.dumps(figures), encoding="utf-8")
        return
    untrained = without_training(corpus)
    every: dict[str, list[Figures]] = {}
    for seconds in arguments.seconds:
        jobs = [(arguments, model, seconds, seed) for seed in arguments.seeds for model in arguments.models]
        with ThreadPoolExecutor(arguments.jobs) as pool:
            answers = list(pool.map(in_own_process, *zip(*jobs, strict=True)))
        every[f"{seconds:g}"] = answers
        print(
            f"\n{arguments.corpus}: {len(corpus.training)} training files, {len(corpus.held_out)} held out; "
            f"{seconds:g} s of training, {arguments.threads} thread(s), seeds {arguments.seeds}, "
            f"{arguments.jobs} at a time"
        )
        print_tables([*answers, untrained])
    if arguments.json:
        arguments.json.write_text(json.dumps({"untrained": untrained, **every}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
