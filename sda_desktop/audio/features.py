"""What a sound is like, in numbers a musician can use: how bright, noisy, loud, sudden, long and high.

Everything is measured on the mono mix, which is what a model hears.  No value is ever infinite, and only the
pitch may be nan: not every sound has one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.loudness import ABSOLUTE_GATE_LUFS, loudness_lufs

LOWEST_HZ = 20.0  # brightness of silence
PITCH_RANGE_HZ = (27.5, 4186.0)  # the piano's
SHORTEST_ATTACK_S = 0.001

_FRAME_S = 0.09  # rounded to a power of two samples: 93 ms at 44.1 kHz
_SHORTEST_FRAME = 64
_MOST_FRAMES = 256  # of a long sound that many are looked at, spread evenly
_SILENT_RMS = 1e-5
_CANCELLED = 0.01  # less power than this in the mono mix than in the louder channel: take that channel

# Noise: bins are compared with their neighbours, as far as this to either side.
_NEIGHBOURS_HZ = 70.0
_NEIGHBOURS_SHARE = 0.06  # of the frequency, a semitone
_NOISE_FLATNESS = 0.58  # geometric over arithmetic mean of the powers of some twenty bins of white noise
_NOISY_PERIODICITY = 0.7  # a frame that repeats itself less than this is as noisy as its spectrum

_PERIODIC = 0.85  # a frame that repeats itself at least this well has a pitch
_FIRST_PEAK = 0.9  # of the highest: the first such peak is the period, later ones are its multiples
_PITCH_SHARE = 0.5  # of a sound's energy that must lie in frames of about one pitch
_SAME_PITCH_OCTAVES = 1 / 6

_ENVELOPE_BLOCK_S = 0.001
_ENVELOPE_BLOCKS = 8
_ATTACK = (0.1, 0.5)  # of the loudest: a rise is measured from here to there
_SOUNDING = 0.01  # of the loudest (-40 dB): below that it has not begun or is over

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Features:
    """The measured features of one sound."""

    brightness_hz: float  # centre of gravity of the power spectrum
    noisiness: float  # 0: tones, 1: noise
    loudness_lufs: float  # of the whole, at least -70
    attack_s: float  # how long a straight rise as steep as its first would take from nothing to full level
    length_s: float  # from where it comes within 40 dB of its loudest to where it leaves for good
    pitch_hz: float  # nan where there is none, or more than one

    def to_json(self) -> dict[str, float | None]:
        """All fields; a missing pitch is None."""
        return {name: None if math.isnan(value) else value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Features:
        """The inverse of to_json.  Raises TypeError, ValueError for what it cannot be."""
        return cls(**{name: math.nan if value is None else float(value) for name, value in fields.items()})


@dataclass(frozen=True, slots=True)
class FeatureSpec:
    """How a feature is spoken of, and on which scale equal steps sound equal."""

    name: str  # one word, lower case
    field: str  # of Features
    unit: str  # "" for a plain number
    scale: Literal["log", "linear"]
    less: str  # a sound with less of it is ...
    more: str
    step: float  # a difference on that scale that is plainly heard
    floor: float = 1e-3  # on the log scale nothing is below this

    def value(self, features: Features) -> float:
        """The feature in its unit."""
        return float(getattr(features, self.field))

    def scaled(self, features: Features) -> float:
        """The feature on the scale of the ear: octaves above 1 if it is a logarithmic one.  nan stays nan."""
        value = self.value(features)
        return math.log2(max(value, self.floor)) if self.scale == "log" and not math.isnan(value) else value

    def unscaled(self, scaled: float) -> float:
        """The inverse of `scaled`, in the feature's unit."""
        return float(2**scaled) if self.scale == "log" else scaled


FEATURES: tuple[FeatureSpec, ...] = (
    FeatureSpec("brightness", "brightness_hz", "Hz", "log", "darker", "brighter", 1.0, LOWEST_HZ),
    FeatureSpec("noisiness", "noisiness", "", "linear", "purer", "noisier", 0.2),
    FeatureSpec("loudness", "loudness_lufs", "LUFS", "linear", "quieter", "louder", 4.0),
    FeatureSpec("attack", "attack_s", "s", "log", "sharper attack", "softer attack", 1.5, SHORTEST_ATTACK_S),
    FeatureSpec("length", "length_s", "s", "log", "shorter", "longer", 1.0, 0.005),
    FeatureSpec("pitch", "pitch_hz", "Hz", "log", "lower", "higher", 0.5, LOWEST_HZ),
)


def measure_features(samples: NDArray[np.float32], sample_rate_hz: int) -> Features:
    """All features of (channels, frames), of any length and level; values that are not numbers count as 0."""
    wave = _mono(samples)
    attack_s, length_s = _course(wave, sample_rate_hz)
    if len(wave) == 0 or math.sqrt(float(wave @ wave) / len(wave)) < _SILENT_RMS:
        return Features(LOWEST_HZ, 0.0, ABSOLUTE_GATE_LUFS, SHORTEST_ATTACK_S, length_s, math.nan)
    wave = wave - wave.mean()
    size = min(max(len(wave), _SHORTEST_FRAME), 2 ** round(math.log2(_FRAME_S * sample_rate_hz)))
    hop = max(size // 2, -(-len(wave) // _MOST_FRAMES))
    # A little ahead of the sound, so that the window does not hide how it begins.
    energy, brightness_hz, flatness = _spectrum(_frames(wave, size, hop, size // 4), sample_rate_hz)
    # Half as many pieces hold every sample once: enough for what repeats itself.
    periods = _periods(_frames(wave, size, 2 * hop), sample_rate_hz)
    nearest = np.minimum(np.arange(len(energy)) // 2, len(periods[0]) - 1)
    periodicity, pitch_hz = (values[nearest] for values in periods)
    unlike_itself = np.clip((1 - periodicity) / (1 - _NOISY_PERIODICITY), 0, 1)
    noisiness = np.minimum(flatness, unlike_itself)
    return Features(
        brightness_hz=max(LOWEST_HZ, float(energy @ brightness_hz)),
        noisiness=float(np.clip(energy @ noisiness, 0, 1)),
        loudness_lufs=max(ABSOLUTE_GATE_LUFS, loudness_lufs(wave[None], sample_rate_hz)),
        attack_s=attack_s,
        length_s=length_s,
        pitch_hz=_one_pitch(pitch_hz, energy * (periodicity >= _PERIODIC)),
    )


def _mono(samples: NDArray[np.float32]) -> Array:
    """The mono mix, or the louder channel where the channels cancel each other."""
    samples = np.atleast_2d(np.asarray(samples, dtype=np.float32))
    if not np.isfinite(samples).all():
        samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    if len(samples) == 1:
        return np.asarray(samples[0])
    mix = samples.mean(0, dtype=np.float32)
    powers = np.einsum("cn,cn->c", samples, samples)
    loudest = int(powers.argmax())
    cancelled = float(mix @ mix) < _CANCELLED * float(powers[loudest])
    return np.ascontiguousarray(samples[loudest] if cancelled else mix)


def _frames(wave: Array, size: int, hop: int, lead: int = 0) -> Array:
    """Pieces of a sound (frames, size), the first beginning `lead` samples before it."""
    frames = max(1, -(-(len(wave) + lead) // hop))
    padded = np.pad(wave, (lead, max(0, (frames - 1) * hop + size - lead - len(wave))))
    pieces: Array = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop][:frames]
    return pieces


# Spectrum ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _neighbourhoods(size: int, sample_rate_hz: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Of each bin of an rfft of `size` samples, the first bin of its neighbourhood and the one after it."""
    bin_hz = sample_rate_hz / size
    centre = np.arange(size // 2 + 1)
    reach = np.maximum(_NEIGHBOURS_HZ / bin_hz, _NEIGHBOURS_SHARE * centre).clip(2).astype(np.intp)
    return np.maximum(centre - reach, 0), np.minimum(centre + reach + 1, size // 2 + 1)


def _spectrum(
    frames: Array, sample_rate_hz: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Of each frame its share of the energy, its centre of gravity in Hz and its flatness, 1 for noise.

    The flatness is the geometric over the arithmetic mean of the powers around each bin, weighted with them:
    that finds tones in noise of any colour.
    """
    size = frames.shape[1]
    window = np.hanning(size + 2)[1:-1].astype(np.float32)
    spectrum = np.fft.rfft(frames * window, axis=1)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float64)  # (frames, bins)
    total = power.sum(1) + 1e-30
    hz = np.fft.rfftfreq(size, 1 / sample_rate_hz)
    first, after = _neighbourhoods(size, sample_rate_hz)

    def local_mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
        summed = np.zeros((len(values), values.shape[1] + 1))
        np.cumsum(values, axis=1, out=summed[:, 1:])
        mean: NDArray[np.float64] = (summed[:, after] - summed[:, first]) / (after - first)
        return mean

    geometric = np.exp(local_mean(np.log(power + 1e-12 * total[:, None])))
    arithmetic = local_mean(power)
    flatness = geometric.sum(1) / (arithmetic.sum(1) + 1e-30) / _NOISE_FLATNESS
    return total / total.sum(), power @ hz / total, np.clip(flatness, 0, 1)


# Pitch ------------------------------------------------------------------------------------------------


def _periods(frames: Array, sample_rate_hz: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How well each frame repeats itself (0 to 1), and at which frequency (nan for not at all).

    The autocorrelation is normalised by the energy of the two pieces it compares, and the first of its
    highest peaks is the period (McLeod and Wyvill, "A smarter way to find pitch", 2005).
    """
    likeness = _self_likeness(frames, longest=math.ceil(sample_rate_hz / PITCH_RANGE_HZ[0]))
    lags = likeness.shape[1]
    periodicity, pitch_hz = np.zeros(len(frames)), np.full(len(frames), np.nan)
    shortest = max(1, math.floor(sample_rate_hz / PITCH_RANGE_HZ[1]))
    if lags < shortest + 3:
        return periodicity, pitch_hz
    middle = likeness[:, 1:-1]
    is_peak = (middle > likeness[:, :-2]) & (middle >= likeness[:, 2:]) & (middle > 0)
    is_peak &= np.logical_or.accumulate(middle < 0, axis=1)  # beyond the slope that begins at no lag
    is_peak[:, : shortest - 1] = False
    heights = np.where(is_peak, middle, 0.0)
    highest = heights.max(1)
    has_peak = np.flatnonzero(highest > 0)
    at = (heights >= _FIRST_PEAK * highest[:, None])[has_peak].argmax(1) + 1
    before, here, behind = (likeness[has_peak, at + step].astype(np.float64) for step in (-1, 0, 1))
    offset = 0.5 * (before - behind) / np.minimum(before - 2 * here + behind, -1e-12)  # of the parabola
    pitch_hz[has_peak] = sample_rate_hz / (at + offset.clip(-0.5, 0.5))
    periodicity[has_peak] = np.clip(here - 0.25 * (before - behind) * offset, 0, 1)
    return periodicity, pitch_hz


def _self_likeness(frames: Array, longest: int) -> Array:
    """Of each frame its likeness to itself so many samples later, (frames, lags), 1 where it is the same."""
    size = frames.shape[1]
    lags = max(1, min(longest + 2, size // 2))
    unit = 2 ** max(0, math.ceil(math.log2(size + lags)) - 3)
    padded = -(-(size + lags) // unit) * unit  # a few times a power of two is quick to transform
    spectrum = np.fft.rfft(frames, padded, axis=1)
    power = spectrum.real**2 + spectrum.imag**2
    correlation = np.fft.irfft(power, padded, axis=1)[:, :lags]
    summed = np.zeros((len(frames), size + 1))
    np.cumsum(frames.astype(np.float64) ** 2, axis=1, out=summed[:, 1:])
    # Energy of the piece without its last samples, and of that without its first.
    compared = summed[:, size - lags + 1 :][:, ::-1] + summed[:, -1:] - summed[:, :lags]
    return np.asarray(2 * correlation / np.maximum(compared, 1e-20), dtype=np.float32)


def _one_pitch(pitch_hz: NDArray[np.float64], energy: NDArray[np.float64]) -> float:
    """The median of the frames' pitches by energy; nan if too little of the sound is near it.

    energy: each frame's share of the whole sound's, 0 for those without a pitch.
    """
    known = np.flatnonzero((energy > 0) & np.isfinite(pitch_hz))
    if len(known) == 0:
        return math.nan
    order = known[np.argsort(pitch_hz[known])]
    passed = np.cumsum(energy[order])
    pitch = float(pitch_hz[order[np.searchsorted(passed, passed[-1] / 2)]])
    near = np.abs(np.log2(pitch_hz[known] / pitch)) <= _SAME_PITCH_OCTAVES
    return pitch if float(energy[known][near].sum()) >= _PITCH_SHARE else math.nan


# Course in time ---------------------------------------------------------------------------------------


def _course(wave: Array, sample_rate_hz: int) -> tuple[float, float]:
    """Attack and length in seconds, from the course of the level."""
    block = max(1, round(_ENVELOPE_BLOCK_S * sample_rate_hz))
    blocks = -(-len(wave) // block)
    padded = np.pad(wave, (0, blocks * block - len(wave)))
    power = (padded.reshape(blocks, block).astype(np.float64) ** 2).mean(1)
    if power.max(initial=0.0) < _SILENT_RMS**2:
        return SHORTEST_ATTACK_S, 0.0
    # Each value is that of the blocks up to it, so that nothing is heard before it begins.
    summed = np.cumsum(np.concatenate([np.zeros(_ENVELOPE_BLOCKS), power]))
    summed = np.concatenate([summed, np.full(_ENVELOPE_BLOCKS, summed[-1])])
    level = np.sqrt(np.maximum(summed[_ENVELOPE_BLOCKS:] - summed[:-_ENVELOPE_BLOCKS], 0))
    level /= level.max()
    begins, arrives = (int((level >= share).argmax()) for share in _ATTACK)
    block_s = block / sample_rate_hz
    rise_s = max(0, arrives - begins) * block_s / (_ATTACK[1] - _ATTACK[0])
    sounding = np.flatnonzero(level >= _SOUNDING)
    # At its end the average lags behind by its own length.
    last = max(int(sounding[0]), int(sounding[-1]) - _ENVELOPE_BLOCKS + 1)
    length_s = min((last - int(sounding[0]) + 1) * block_s, len(wave) / sample_rate_hz)
    return max(SHORTEST_ATTACK_S, min(rise_s, length_s)), length_s
