"""How soon a sound is heard, and how soon it is made, from its latents.

    python tests/benchmarks/decode.py [--model RUN] [--threads 1] [--repeats 40]

Median and 99th percentile, in milliseconds, of

first      the first block of a stream, ready to be played
stream     all blocks of the stream
whole      the same sound rendered at once
global     from the global latent to the first block: what a click on a map waits for

then where the time of one second goes, and how far memory grows while ten minutes are streamed.  The model is
untrained unless one is given, which costs the same; every figure is of a warm process.
"""

from __future__ import annotations

import argparse
import platform
import resource
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from torch import Tensor

    from sda_desktop.training.codec import SoundCodec

SECONDS = (0.1, 1.0, 4.0, 10.0)
LONG_SECONDS = 600.0


def timed_ms(work: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Median and 99th percentile, after one run to warm up."""
    work()
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - started))
    return float(np.median(taken)), float(np.quantile(taken, 0.99))


def make_codec(run: Path | None) -> SoundCodec:
    """Of a trained model, or of an untrained one of the default size."""
    import torch

    from sda_desktop.audio.spectrogram import SpectrogramConfig
    from sda_desktop.generation import TrainedModel
    from sda_desktop.models.vae import VAEConfig
    from sda_desktop.training.codec import SoundCodec, build_model

    if run is not None:
        return TrainedModel.load(run).codec
    torch.manual_seed(0)
    return SoundCodec(build_model(VAEConfig(), SpectrogramConfig()), SpectrogramConfig())


def _first(codec: SoundCodec, z: Tensor, samples: int) -> object:
    return next(codec.stream(z, samples))


def _all(codec: SoundCodec, z: Tensor, samples: int) -> object:
    return list(codec.stream(z, samples))


def _first_from_global(codec: SoundCodec, g: Tensor, samples: int) -> object:
    return _first(codec, codec.latents_from_global(g, samples, temperature=0.7), samples)


def latencies(codec: SoundCodec, repeats: int) -> None:
    """Print the table of lengths."""
    import torch

    names = ("first", "stream", "whole", "global")
    print(f"{'seconds':>8s}" + "".join(f"{name + ' p50':>12s}{'p99':>8s}" for name in names) + "   (ms)")
    generator = torch.Generator().manual_seed(0)
    g = torch.randn(1, codec.model.config.global_latents, generator=generator)
    for seconds in SECONDS:
        samples = round(seconds * codec.sample_rate_hz)
        z = codec.latents_from_global(g, samples)
        works: tuple[Callable[[], object], ...] = (
            partial(_first, codec, z, samples),
            partial(_all, codec, z, samples),
            partial(codec.render, z, samples),
            partial(_first_from_global, codec, g, samples),
        )
        count = max(5, round(repeats / max(1.0, seconds)))
        figures = [timed_ms(work, repeats if i in (0, 3) else count) for i, work in enumerate(works)]
        print(f"{seconds:8.1f}" + "".join(f"{median:12.1f}{late:8.1f}" for median, late in figures))


def parts(codec: SoundCodec, repeats: int) -> None:
    """Print where the time of one second goes."""
    import torch

    from sda_desktop.audio.phases import initial_phases
    from sda_desktop.audio.spectrogram import AudioSpectrogram
    from sda_desktop.audio.synthesis import synthesize
    from sda_desktop.training.codec import ITERATIONS

    config = codec.config
    z = torch.randn(1, config.frames_for(config.sample_rate_hz) // config.frames_per_step, 1)
    z = z.expand(-1, -1, codec.model.config.local_latents).contiguous()
    spectrogram = AudioSpectrogram(config)
    with torch.no_grad():
        warped = codec.model.decode(z).magnitudes[0].cpu()
        linear = spectrogram.unwarp(warped).numpy()
        decode, _ = timed_ms(lambda: codec.model.decode(z), repeats)
    samples = config.sample_rate_hz
    phases, _ = timed_ms(lambda: initial_phases(linear, config.fft_samples, config.hop_samples), repeats)
    none, _ = timed_ms(lambda: synthesize(spectrogram, warped, samples, iterations=0), repeats)
    all_, _ = timed_ms(lambda: synthesize(spectrogram, warped, samples, iterations=ITERATIONS), repeats)
    print(
        f"\none second: decode {decode:.1f} ms, phases {phases:.1f} ms, axis and overlap {none - phases:.1f} "
        f"ms, {ITERATIONS} iterations {all_ - none:.1f} ms"
    )


def long_stream(codec: SoundCodec) -> None:
    """Print what ten minutes cost."""
    import torch

    samples = round(LONG_SECONDS * codec.sample_rate_hz)
    g = torch.zeros(1, codec.model.config.global_latents)
    for _ in codec.stream(codec.latents_from_global(g, samples // 20), samples // 20):
        pass  # the largest block has been made once
    before = _peak_megabytes()
    started = time.perf_counter()
    z = codec.latents_from_global(g, samples, temperature=0.7, generator=torch.Generator().manual_seed(0))
    latent_seconds = time.perf_counter() - started
    lengths = [block.shape[1] for block in codec.stream(z, samples)]
    seconds = time.perf_counter() - started
    assert sum(lengths) == samples
    print(
        f"{LONG_SECONDS:.0f} s: latents {1000 * latent_seconds:.0f} ms, all in {seconds:.1f} s "
        f"({LONG_SECONDS / seconds:.0f} times faster than it plays), {len(lengths)} blocks, "
        f"peak memory +{_peak_megabytes() - before:.0f} MB (the sound itself is {4 * samples / 1e6:.0f} MB)"
    )


def _peak_megabytes() -> float:
    unit = 1e6 if platform.system() == "Darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", type=Path, help="a run folder or a checkpoint")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=40)
    arguments = parser.parse_args()

    import torch

    torch.set_num_threads(arguments.threads)
    codec = make_codec(arguments.model)
    print(f"{arguments.threads} thread(s)")
    latencies(codec, arguments.repeats)
    parts(codec, arguments.repeats)
    long_stream(codec)


if __name__ == "__main__":
    main()
