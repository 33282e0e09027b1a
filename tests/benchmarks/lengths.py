"""Whether sounds of every length come back: one-shots with their attack and decay, textures without seams.

    python tests/benchmarks/lengths.py --run RUN [--corpus sonic-pi]

Takes one-shots and textures of about 0.05 to 8 s from the held-out files of a run that quality.py kept, and
resynthesises each whole from the full latent sequence.  L1 and envelope are as in sound_metrics.py; attack is
when a sound first comes within 6 dB of its loudest moment, decay when it is last within 20 dB of it, both
against the original; dip is how far 50 ms of a sound fall at most under the original, anywhere in it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import corpora
import numpy as np
from quality import CACHE, Corpus, Piece, from_model, read
from sound_metrics import Wave, attack_and_decay_s, course_db, score


def deepest_dip_db(reference: Wave, estimate: Wave, rate_hz: int) -> float:
    """The most by which 50 ms of the estimate are quieter than the same of the reference, dB."""
    courses = [course_db(wave, rate_hz, 0.05, 0.01) for wave in (reference, estimate)]
    audible = courses[0] > courses[0].max() - 40
    return float(np.max((courses[0] - courses[1])[audible]))


def main() -> None:
    """Score each sound and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--corpus", default="sonic-pi")
    arguments = parser.parse_args()

    from sda_desktop.generation import TrainedModel

    model = TrainedModel.load(arguments.run)
    rate_hz = model.sample_rate_hz
    held_out = Corpus.of(arguments.corpus, CACHE).held_out
    columns = ("L1 dB", "envelope dB", "attack ms", "decay ms", "dip dB", "samples")
    print(f"{'sound':40s}" + "".join(f"{column:>14s}" for column in columns))
    for path in corpora.lengths(CACHE / f"lengths-{arguments.corpus}", held_out):
        wave = read(path, rate_hz)
        made = from_model(model, Piece(wave, 0.0, len(wave) / rate_hz), "posterior")
        figures = score(wave, made, rate_hz)
        (attack, decay), (made_attack, made_decay) = (attack_and_decay_s(w, rate_hz) for w in (wave, made))
        cells = (
            f"{figures['L1 dB']:.2f}",
            f"{figures['envelope dB']:.2f}",
            f"{1000 * (made_attack - attack):+.0f}",
            f"{1000 * (made_decay - decay):+.0f}",
            f"{deepest_dip_db(wave, made, rate_hz):.1f}",
            f"{len(made) - len(wave):+d}",
        )
        print(f"{path.stem:40s}" + "".join(f"{cell:>14s}" for cell in cells))


if __name__ == "__main__":
    main()
