"""What the user hears while the model learns: held-out sounds, their reconstructions, and new sounds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sda_desktop.audio.io import write_wav
from sda_desktop.errors import Cancelled
from sda_desktop.training.codec import Sound, SoundCodec, limit_peak
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.dataset import AudioTrainingDataset, read_within
from sda_desktop.training.metrics import PreviewEvent
from sda_desktop.training.run_place import safe_name
from sda_desktop.training.run_plan import BANK_SECONDS, BANK_SOUNDS
from sda_desktop.training.sound_bank import SoundBank
from sda_desktop.training.split import Segment

ORIGINALS = "originals"
_DRAW_BANK, _DRAW_SOUND = 5, 6


@dataclass(frozen=True, slots=True)
class PreviewPlan:
    """Which sounds every preview of a run uses: fixed, so that epochs can be compared by ear."""

    originals: tuple[Segment, ...]
    bank: tuple[Segment, ...]

    def sound_seconds(self, dataset: AudioTrainingDataset, config: TrainingConfig) -> float:
        """Seconds of sound that one preview synthesises, about."""
        rate = dataset.spectrogram.sample_rate_hz
        held_out = sum(min(s.frames / rate, config.preview_max_s) for s in self.originals)
        typical = np.mean([min(s.frames / rate, config.preview_max_s) for s in self.bank])
        return held_out + config.preview_new_sounds * float(typical)


def plan_previews(dataset: AudioTrainingDataset, config: TrainingConfig) -> PreviewPlan:
    """Spread the held-out previews over the validation sounds, and the bank over the training sounds."""
    candidates = dataset.split.validation
    places = np.linspace(0, len(candidates) - 1, min(config.preview_sounds, len(candidates)))
    rng = np.random.default_rng([dataset.seed, _DRAW_BANK])
    train = dataset.split.train
    chosen = rng.permutation(len(train))[:BANK_SOUNDS]
    return PreviewPlan(tuple(candidates[round(place)] for place in places), tuple(train[i] for i in chosen))


def generate_preview(
    codec: SoundCodec,
    dataset: AudioTrainingDataset,
    plan: PreviewPlan,
    measured_bank: Callable[[], SoundBank],
    config: TrainingConfig,
    previews_dir: Path,
    epoch: int,
    stop: threading.Event,
) -> Iterator[PreviewEvent]:
    """Write the previews of an epoch, one event per file as soon as it is there.

    measured_bank: called once something was made of every held-out sound, for the places of new sounds.
    Originals are written once per run.  Raises Cancelled between two sounds, StorageError on a full disk.
    """
    folder = previews_dir / f"epoch-{epoch:04d}"
    rate = dataset.spectrogram.sample_rate_hz
    longest = round(config.preview_max_s * rate)

    for number, segment in enumerate(plan.originals, start=1):
        if stop.is_set():
            raise Cancelled
        sound = dataset.sounds[segment.sound]
        samples = min(segment.frames, longest)
        audio = read_within(sound, segment, segment.start, samples)
        title = f"{number} {safe_name(sound.path.stem)}"
        original = previews_dir / ORIGINALS / f"{title}.wav"
        is_new = not original.exists()
        if is_new:
            write_wav(original, limit_peak(audio, 1.0), rate)
        # Told with the first preview even if there: that one may have been cut off, and is made again.
        if is_new or epoch == 1:
            yield _event("original", epoch, original, rate, samples, sound.path.stem, sound.path)
        target = folder / f"{title} reconstruction.wav"
        write_wav(target, limit_peak(codec.resynthesize(audio, stop=stop)), rate)
        yield _event("reconstruction", epoch, target, rate, samples, sound.path.stem, sound.path)

    if config.preview_new_sounds:
        bank = measured_bank()
    for number in range(1, config.preview_new_sounds + 1):
        if stop.is_set():
            raise Cancelled
        rng = np.random.default_rng([dataset.seed, _DRAW_SOUND, number])
        wave = bank.invent(codec, rng, longest_s=config.preview_max_s, stop=stop)
        target = folder / f"new {number}.wav"
        write_wav(target, limit_peak(wave), rate)
        yield _event("new", epoch, target, rate, wave.shape[1], f"New sound {number}", None)


def measure_bank(
    codec: SoundCodec,
    dataset: AudioTrainingDataset,
    plan: PreviewPlan,
    stop: threading.Event | None = None,
) -> SoundBank:
    """Where the plan's training sounds lie in the latent spaces of the model as it is now.

    Raises Cancelled between two sounds when `stop` is set.
    """
    rate = dataset.spectrogram.sample_rate_hz

    def beginning(segment: Segment) -> tuple[Sound, float]:
        samples = min(segment.frames, round(BANK_SECONDS * rate))
        sound = read_within(dataset.sounds[segment.sound], segment, segment.start, samples)
        return sound, segment.frames / rate

    return SoundBank.measure(codec, map(beginning, plan.bank), stop)


def _event(
    kind: str, epoch: int, path: Path, rate_hz: int, samples: int, title: str, source: Path | None
) -> PreviewEvent:
    return PreviewEvent(
        kind,  # type: ignore[arg-type]
        epoch,
        str(path),
        rate_hz,
        samples / rate_hz,
        title,
        "" if source is None else str(source),
    )
