"""Whether new sounds are as varied as the corpus, and near it.

    python tests/benchmarks/sampling.py [--run RUN] [--seconds 180] [--seed 0] [--count 200] [--threads 1]

Trains on the files that quality.py trains on (or takes the run folder of such a training), makes new sounds,
and compares their first second with the first second of the training files, all at the same level:

diversity  mean difference of log-mel spectrograms within the set, against the same of the training files
nearest    mean difference to the nearest training file, dB: 0 is a copy, high is unlike anything
coverage   share of the training files that are some sound's nearest, against the most that could be
Frechet    distance of the two sets' normal distributions over the principal components of the training
           files' spectrograms (Dowson and Landau, 1982), dB per mel band and frame

"as the app does" draws between neighbours of the corpus; "N(0, I)" draws the global latent from the standard
normal.  Held-out files and their reconstructions show what a perfect generator would reach.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from quality import CACHE, Corpus, read, train_ours
from sound_metrics import Wave, compared_spectra, fitted, nearest_db, pairwise_db

if TYPE_CHECKING:
    from sda_desktop.generation import TrainedModel

COMPONENTS = 40


class Reference:
    """Real sounds' first seconds, and how other sounds compare with them."""

    def __init__(self, waves: list[Wave], rate_hz: int, axes_of: list[Wave] | None = None) -> None:
        """axes_of: sounds whose principal components the Frechet distance is taken over; None: `waves`."""
        self._rate_hz = rate_hz
        self._spectra = self.spectra(waves)
        self._variety_db = pairwise_db(self._spectra)
        spread = self._spectra if axes_of is None else self.spectra(axes_of)
        flat = spread.reshape(len(spread), -1)
        self._mean = flat.mean(0)
        self._axes = np.linalg.svd(flat - self._mean, full_matrices=False)[2][:COMPONENTS]
        self._size = flat.shape[1] ** 0.5

    def spectra(self, waves: list[Wave]) -> Wave:
        """What is compared of each sound: its first second."""
        return compared_spectra([fitted(wave, self._rate_hz) for wave in waves], self._rate_hz)

    def figures(self, waves: list[Wave]) -> dict[str, float]:
        """All figures of a set of sounds."""
        spectra = self.spectra(waves)
        nearest, coverage = nearest_db(spectra, self._spectra)
        return {
            "diversity": pairwise_db(spectra) / self._variety_db,
            "nearest dB": nearest,
            "coverage": coverage,
            "Frechet dB": self._frechet_db(spectra),
        }

    def _frechet_db(self, spectra: Wave) -> float:
        places = [(s.reshape(len(s), -1) - self._mean) @ self._axes.T for s in (spectra, self._spectra)]
        means = [place.mean(0) for place in places]
        one, other = (np.cov(place.T) for place in places)
        values, vectors = np.linalg.eigh(one)
        root = vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T
        between = np.linalg.eigvalsh(root @ other @ root)
        squared = ((means[0] - means[1]) ** 2).sum() + np.trace(one) + np.trace(other)
        squared -= 2 * np.sqrt(np.maximum(between, 0)).sum()
        return float(np.sqrt(max(squared, 0.0)) / self._size)


def standard_normal(model: TrainedModel, seed: int) -> Wave:
    """A sound from a global latent drawn from N(0, I), one second long."""
    import torch

    latents = model.codec.model.config.global_latents
    latent = torch.randn(1, latents, generator=torch.Generator().manual_seed(seed))
    generator = torch.Generator().manual_seed(seed + 1)
    z = model.codec.latents_from_global(latent, model.sample_rate_hz, temperature=0.7, generator=generator)
    wave: Wave = model.codec.render(z, model.sample_rate_hz)[0].astype(float)
    return wave


def main() -> None:
    """Train if asked to, make sounds, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", default="sonic-pi")
    parser.add_argument("--run", type=Path)
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--without-baseline", action="store_true")
    arguments = parser.parse_args()

    import torch

    from sda_desktop.generation import TrainedModel

    corpus = Corpus.of(arguments.corpus, CACHE)
    with tempfile.TemporaryDirectory() as place:
        run = arguments.run or Path(place) / "run"
        if arguments.run is None:
            train_ours(corpus, arguments.seconds, arguments.threads, arguments.seed, run)
        model = TrainedModel.load(run)
    torch.set_num_threads(arguments.threads)
    rate_hz = model.sample_rate_hz
    training = [read(path, rate_hz) for path in corpus.training]
    held_out = [read(path, rate_hz) for path in corpus.held_out]
    reference = Reference(training, rate_hz)
    seeds = range(arguments.count)

    def again(source: str) -> list[Wave]:
        made = (model.resynthesize(w[None].astype(np.float32), source=source) for w in held_out)  # type: ignore[arg-type]
        return [wave[0].astype(float) for wave in made]

    sets: dict[str, Callable[[], list[Wave]]] = {
        "new, as the app does": lambda: [model.generate(None, seed)[0].astype(float) for seed in seeds],
        "new, N(0, I)": lambda: [standard_normal(model, seed) for seed in seeds],
        "held-out, reconstructed": lambda: again("posterior"),
        "held-out, global only": lambda: again("global"),
        "held-out files": lambda: held_out,
    }
    if not arguments.without_baseline:
        from baseline import RATE_HZ, train_baseline

        trained = train_baseline(corpus.training, arguments.seconds, arguments.threads, arguments.seed)
        other = Reference([read(path, RATE_HZ) for path in corpus.training], RATE_HZ)
    print(
        f"{len(training)} training files, {len(held_out)} held out; {arguments.count} new sounds; "
        f"step {model.info.global_step}, seed {arguments.seed}, {arguments.threads} thread(s)"
    )
    rows = {name: reference.figures(make()) for name, make in sets.items()}
    if not arguments.without_baseline:
        rows["baseline, N(0, I)"] = other.figures(list(trained.sample(arguments.count, arguments.seed)))
    names = list(rows["held-out files"])
    print(f"{'first second of':26s}" + "".join(f"{name:>12s}" for name in names))
    for name, row in rows.items():
        print(f"{name:26s}" + "".join(f"{row[key]:12.2f}" for key in names))


if __name__ == "__main__":
    main()
