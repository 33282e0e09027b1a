"""What a musician finds in a trained model: its map, its sliders, its new sounds.

    python tests/benchmarks/explore.py [--run RUN] [--corpus sonic-pi] [--seconds 180] [--seed 0]
           [--count 200] [--threads 1]

Takes the run folder of a training by quality.py, or trains as that does: every 8th file is held out.  The run
is copied, nothing is written into it.

map       trustworthiness (5 neighbours, 1 is perfect) of each method: whether neighbours on the map are
          neighbours by global latent, by measured features, and by log-mel spectrum of their first second
places    first seconds of random places of the map, compared with the training files
sliders   r of each slider with each feature on sounds other than those it was found with, and what its
          whole way changes in steps that are plainly heard (an octave of brightness, 4 dB ...).  Within a
          place, as the app tells it; "over all" is the plain correlation, in which places differ besides
new       random sounds of the app, compared with the held-out files

sampling.py says what Frechet, coverage, diversity and nearest are.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from quality import CACHE, Corpus, read, train_ours
from sampling import Reference, standard_normal
from sound_metrics import Wave, compared_spectra, fitted

if TYPE_CHECKING:
    from sda_desktop.audio.features import Features
    from sda_desktop.generation.instrument import Instrument
    from sda_desktop.generation.recipe import Recipe
    from sda_desktop.generation.slider import Slider
    from sda_desktop.generation.sound_map import SoundMap


def first_second(instrument: Instrument, recipe: Recipe) -> Wave:
    """The beginning of a sound."""
    blocks, frames = [], 0
    for block in instrument.stream(recipe):
        blocks.append(block[0])
        frames += block.shape[1]
        if frames >= instrument.sample_rate_hz:
            break
    wave: Wave = np.concatenate(blocks)[: instrument.sample_rate_hz].astype(float)
    return wave


def print_table(title: str, rows: dict[str, dict[str, float]]) -> None:
    """Names down, figures across."""
    names = list(next(iter(rows.values())))
    print(f"\n{title:34s}" + "".join(f"{name:>12s}" for name in names))
    for name, row in rows.items():
        print(f"{name:34s}" + "".join(f"{row[key]:12.2f}" for key in names), flush=True)


def maps(instrument: Instrument, waves: Sequence[Wave]) -> SoundMap:
    """Print how well each kind of map keeps neighbours; returns the map of the app."""
    from sklearn.manifold import trustworthiness
    from sklearn.metrics import pairwise_distances

    from sda_desktop.generation.sound_map import SoundMap, standardised

    atlas, rate_hz = instrument.atlas, instrument.sample_rate_hz
    features = [sound.features for sound in atlas.sounds]
    spectra = compared_spectra([fitted(wave, rate_hz) for wave in waves], rate_hz)
    by_ear = pairwise_distances(spectra.reshape(len(waves), -1), metric="l1")
    latents = atlas.latents.numpy()
    rows = {}
    for method in ("pca", "tsne"):
        for name, known in (("latents", None), ("latents and features", features)):
            found = SoundMap.make(latents, "pca" if method == "pca" else "tsne", features=known).positions
            rows[f"{method} of {name}"] = {
                "latents": trustworthiness(latents, found, n_neighbors=5),
                "features": trustworthiness(standardised(features), found, n_neighbors=5),
                "spectra": trustworthiness(by_ear, found, n_neighbors=5, metric="precomputed"),
            }
    print_table("trustworthiness by", rows)
    chosen = SoundMap.make(latents, features=features)
    print(f"the app takes {chosen.method}: {chosen.trustworthiness}")
    return chosen


def at_random_place(instrument: Instrument, sound_map: SoundMap, seed: int) -> Recipe:
    """The sound of a random place of the map's square."""
    x, y = np.random.default_rng([seed, 7]).uniform(0, 1, 2)
    weights = sound_map.weights_at(float(x), float(y))
    sounds = instrument.atlas.sounds
    return instrument.at(tuple((sounds[index].key, share) for index, share in weights), seed=seed)


def sliders(instrument: Instrument, found: Sequence[Slider]) -> None:
    """Print what each slider does at places that it has not been tried at."""
    from sda_desktop.audio.features import FEATURES, measure_features
    from sda_desktop.generation.kept_sliders import Mover
    from sda_desktop.generation.sliders import fresh_places, within_places

    make, rate_hz = Mover(instrument), instrument.sample_rate_hz
    rng = np.random.default_rng(12345)
    related: dict[str, dict[str, float]] = {}
    travels: dict[str, dict[str, float]] = {}
    for slider in found:
        places, values = fresh_places(slider, rng)
        tried: list[list[Features]] = [
            [measure_features(make(int(place), np.float32(v) * slider.direction), rate_hz) for v in row]
            for place, row in zip(places, values, strict=True)
        ]
        related[slider.label], travels[slider.label] = {}, {}
        for spec in FEATURES:
            measured = np.array([[spec.scaled(features) for features in row] for row in tried])
            r, effect = within_places(values, measured)
            related[slider.label][spec.name] = r
            travels[slider.label][spec.name] = effect * (slider.high - slider.low) / spec.step
            if spec.name == slider.feature:
                known = np.isfinite(measured)
                over_all = float(np.corrcoef(values[known], measured[known])[0, 1])
                own = {"over all": over_all, "low": slider.low, "high": slider.high}
        related[slider.label] |= own
    print_table("r within places", related)
    print_table("whole way, in audible steps", travels)


def main() -> None:
    """Train if asked to, then measure everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", default="sonic-pi")
    parser.add_argument("--run", type=Path)
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()

    import torch

    from sda_desktop.generation.kept_sliders import sliders_of
    from sda_desktop.generation.opening import open_instrument

    corpus = Corpus.of(arguments.corpus, CACHE)
    torch.set_num_threads(arguments.threads)
    with tempfile.TemporaryDirectory() as place:
        run = Path(place) / "run"
        if arguments.run is None:
            train_ours(corpus, arguments.seconds, arguments.threads, arguments.seed, run)
        else:
            shutil.copytree(arguments.run, run)
        started = time.perf_counter()
        opened = open_instrument(run)
        opened_s = time.perf_counter() - started
        instrument = opened.instrument
        model, rate_hz = instrument.model, instrument.sample_rate_hz
        started = time.perf_counter()
        found = sliders_of(opened)
        found_s = time.perf_counter() - started
    print(
        f"{len(instrument.atlas)} sounds on the map, {len(corpus.held_out)} held out; step "
        f"{model.info.global_step}; {arguments.count} new sounds; "
        f"atlas {opened_s:.1f} s, sliders {found_s:.1f} s"
    )
    paths = [sound.path for sound in instrument.atlas.sounds]
    training = [read(path, rate_hz) for path in paths if path is not None]
    held_out = [read(path, rate_hz) for path in corpus.held_out]
    started = time.perf_counter()
    sound_map = maps(instrument, training)
    print(f"(in {time.perf_counter() - started:.1f} s)")
    sliders(instrument, found)

    def again() -> list[Wave]:
        made = (model.resynthesize(wave[None].astype(np.float32)) for wave in held_out)
        return [wave[0].astype(float) for wave in made]

    seeds = range(arguments.count)
    sets: dict[str, Callable[[], list[Wave]]] = {
        "new sounds of the app": lambda: [first_second(instrument, instrument.random(s)) for s in seeds],
        "random places of the map": lambda: [
            first_second(instrument, at_random_place(instrument, sound_map, s)) for s in seeds
        ],
        "new from N(0, I)": lambda: [standard_normal(model, s) for s in seeds],
        "held-out files, reconstructed": again,
        "held-out files": lambda: held_out,
        "training files": lambda: training,
    }
    waves = {name: make() for name, make in sets.items()}
    for title, reference in (
        ("first second, against held-out", Reference(held_out, rate_hz, training)),
        ("first second, against training", Reference(training, rate_hz)),
    ):
        print_table(title, {name: reference.figures(those) for name, those in waves.items()})


if __name__ == "__main__":
    main()
