"""The instruments behind the demo sounds, each a few lines of numpy.

Every voice takes what shapes its sound and a random generator, and returns a mono signal at RATE_HZ of any
level; `finished` gives it clean ends and its final peak.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 44_100
Signal = NDArray[np.float64]

_SEMITONES = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}
# Relative frequencies of the bending modes of a bar with free ends, and of a marimba's tuned bar.
_FREE_BAR = (1.0, 2.756, 5.404, 8.933, 13.34)
_MARIMBA_BAR = (1.0, 3.98, 9.9, 17.4)
_CYMBAL_HZ = (2050.0, 3068.0, 3690.0, 4133.0, 5270.0, 6380.0)


def note_hz(name: str) -> float:
    """Equal-tempered frequency of a note such as "A3" (220 Hz)."""
    return float(440.0 * 2.0 ** (_SEMITONES[name[0]] / 12 + int(name[1:]) - 4))


def _times(seconds: float) -> Signal:
    return np.arange(round(seconds * RATE_HZ)) / RATE_HZ


def _decay(times_s: Signal, t60_s: float) -> Signal:
    """An exponential that has fallen by 60 dB after t60_s."""
    return np.asarray(10.0 ** (-3.0 * times_s / t60_s))


def _response(frames: int, low_hz: float, high_hz: float, order: int = 2) -> Signal:
    """Zero-phase band-pass magnitudes over the rfft bins of `frames` samples."""
    frequency = np.fft.rfftfreq(frames, 1 / RATE_HZ)
    low_cut = 1.0 / np.sqrt(1.0 + (low_hz / np.maximum(frequency, 1e-3)) ** (2 * order))
    high_cut = 1.0 / np.sqrt(1.0 + (frequency / high_hz) ** (2 * order))
    return np.asarray(low_cut * high_cut)


def band(signal: Signal, low_hz: float, high_hz: float, order: int = 2) -> Signal:
    """The part of a signal between two frequencies."""
    size = 2 ** math.ceil(math.log2(len(signal) + RATE_HZ // 10))
    spectrum = np.fft.rfft(signal, size) * _response(size, low_hz, high_hz, order)
    return np.asarray(np.fft.irfft(spectrum, size)[: len(signal)])


def room(signal: Signal, rng: np.random.Generator, t60_s: float, amount: float) -> Signal:
    """A small room: the sound plus a decaying diffuse tail of it, no longer than before."""
    tail = rng.standard_normal(round(t60_s * RATE_HZ)) * _decay(_times(t60_s), t60_s)
    tail[: RATE_HZ // 200] = 0.0  # 5 ms before the first reflection
    size = 2 ** math.ceil(math.log2(len(signal) + len(tail)))
    response = np.fft.rfft(tail, size) * _response(size, 200.0, 5_000.0, order=1)
    wet = np.fft.irfft(np.fft.rfft(signal, size) * response, size)[: len(signal)]
    level = np.sqrt(np.mean(signal**2) / max(float(np.mean(wet**2)), 1e-20))
    return np.asarray(signal + amount * level * wet)


def finished(signal: Signal, peak_db: float, fade_in_s: float = 0.001, fade_out_s: float = 0.06) -> Signal:
    """The signal without rumble, faded at both ends to exact zeros, at the given peak in dB full scale."""
    signal = band(signal, 18.0, 19_000.0)
    rise, fall = round(fade_in_s * RATE_HZ), min(round(fade_out_s * RATE_HZ), len(signal) // 2)
    signal[:rise] *= np.sin(np.linspace(0.0, np.pi / 2, rise)) ** 2
    signal[-fall:] *= np.cos(np.linspace(0.0, np.pi / 2, fall)) ** 2
    signal[-1] = 0.0
    return np.asarray(signal * (10.0 ** (peak_db / 20) / np.abs(signal).max()))


def _warmed(signal: Signal, drive: float) -> Signal:
    """Rounds off the highest peaks, as a tape does, so that what follows them is not too quiet."""
    return np.asarray(np.tanh(signal * (drive / np.abs(signal).max())))


def pluck(rng: np.random.Generator, hz: float, seconds: float, bright: float, position: float) -> Signal:
    """A plucked string (Karplus and Strong, 1983): a burst of noise going round a damped delay line.

    bright: 0 for a soft finger to 1 for a plectrum.  position: where it is plucked, 0 to 1 of its length.
    """
    period = RATE_HZ / hz
    lag, fraction = int(period) - 1, period % 1.0
    damping = 0.12 + 0.3 * (1.0 - bright)
    # A three-point low-pass (one sample of delay) and linear interpolation for the fraction of a sample.
    taps = np.convolve([damping / 2, 1.0 - damping, damping / 2], [1.0 - fraction, fraction])
    taps *= 10.0 ** (-3.0 * period / RATE_HZ / (seconds * 1.1))
    burst = rng.standard_normal(lag)
    burst = band(burst, 30.0, 1_200.0 + 9_000.0 * bright**2, order=1)
    burst -= np.roll(burst, max(1, round(position * lag)))
    history = len(taps)
    line = np.zeros(history + round(seconds * RATE_HZ))
    line[history : history + lag] = burst
    for start in range(history + lag, len(line), lag):  # one trip round the string at a time
        stop = min(start + lag, len(line))
        for index, tap in enumerate(taps):
            back = lag + index
            line[start:stop] += tap * line[start - back : stop - back]
    string = line[history:]
    body = band(string, 90.0, 260.0) + 0.6 * band(string, 380.0, 700.0)
    return room(_warmed(string + 0.5 * body, 3.0), rng, 0.5, 0.08)


def bell(rng: np.random.Generator, hz: float, seconds: float, ratio: float, index: float) -> Signal:
    """A bell by frequency modulation (Chowning, 1973): bright when struck, purer as it rings."""
    times = _times(seconds)
    sound = np.zeros_like(times)
    for detune, level in ((1.0, 1.0), (1.0017, 0.6), (2.001, 0.25)):
        carrier = 2 * np.pi * hz * detune * times
        modulation = index * _decay(times, seconds * 0.7) * np.sin(carrier * ratio + rng.uniform(0, 6.28))
        sound += level * _decay(times, seconds * 1.2 / detune) * np.sin(carrier + modulation)
    return room(sound, rng, 0.9, 0.15)


def bar(rng: np.random.Generator, hz: float, seconds: float, wooden: bool) -> Signal:
    """A struck bar: its bending modes, and the knock of the mallet."""
    times = _times(seconds)
    sound = np.zeros_like(times)
    for number, mode in enumerate(_MARIMBA_BAR if wooden else _FREE_BAR):
        if hz * mode > 16_000:
            break
        t60 = seconds * (1.1 / mode**0.9 if wooden else 1.2 / mode**0.5)
        level = (0.9 if wooden else 0.7) ** number / (1 + number)
        sound += level * _decay(times, t60) * np.sin(2 * np.pi * hz * mode * times + rng.uniform(0, 0.3))
    knock = rng.standard_normal(len(times)) * _decay(times, 0.03)
    sound += (0.35 if wooden else 0.15) * band(knock, 300.0, 1_800.0 if wooden else 6_000.0)
    return room(sound, rng, 0.5, 0.08)


def pad(rng: np.random.Generator, notes: Sequence[str], seconds: float, bright_hz: float) -> Signal:
    """A warm pad: every partial of every note is a narrow band of noise, as of many players out of tune."""
    frames = round(seconds * RATE_HZ)
    frequency = np.fft.rfftfreq(frames, 1 / RATE_HZ)
    magnitude = np.zeros_like(frequency)
    for note in notes:
        for partial in range(1, 48):
            centre = note_hz(note) * partial
            width = 0.6 + 0.0035 * centre  # Hz, about six cents
            level = 1.0 / partial / (1.0 + (centre / bright_hz) ** 3)
            near = slice(*np.searchsorted(frequency, (centre - 5 * width, centre + 5 * width)))
            magnitude[near] += level / math.sqrt(width) * np.exp(-(((frequency[near] - centre) / width) ** 2))
    spectrum = magnitude * np.exp(2j * np.pi * rng.random(len(frequency)))
    sound = np.fft.irfft(spectrum, frames)
    times = _times(seconds)
    swell = np.sin(np.pi * np.clip(times / (0.5 * seconds), 0, 1) / 2) ** 1.5
    release = np.cos(np.pi / 2 * np.clip((times - 0.55 * seconds) / (0.45 * seconds), 0, 1)) ** 1.5
    return np.asarray(sound / sound.std() * swell * release)


def moving_noise(
    rng: np.random.Generator, seconds: float, path_hz: Sequence[float], octaves: float, gusts: float
) -> Signal:
    """Noise through a band that moves: wind, breath, waves.

    path_hz: centre frequencies passed through evenly.  octaves: width.  gusts: 0 for steady to 1.
    """
    window, hop = 2_048, 512
    times = _times(seconds)
    frames = len(times) // hop + 5
    at = np.linspace(0, 1, frames)
    wander = np.cumsum(rng.standard_normal(frames)) * 0.02
    centre = np.interp(at, np.linspace(0, 1, len(path_hz)), np.log2(path_hz)) + wander - wander * at
    frequency = np.log2(np.maximum(np.fft.rfftfreq(window, 1 / RATE_HZ), 10.0))
    shape = np.exp(-(((frequency[None] - centre[:, None]) / octaves) ** 2))  # (frames, bins)
    noise = rng.standard_normal(frames * hop + window)
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)
    out = np.zeros_like(noise)
    for number in range(frames):
        part = slice(number * hop, number * hop + window)
        out[part] += hann * np.fft.irfft(np.fft.rfft(noise[part] * hann) * shape[number])
    out = out[window : window + len(times)]
    slow = np.interp(times, np.linspace(0, seconds, 9), rng.uniform(1 - gusts, 1, 9))
    return np.asarray(out * slow * np.sin(np.pi * times / seconds) ** 0.8)


def drum(rng: np.random.Generator, hz: float, seconds: float, bend: float, skin: float) -> Signal:
    """A kick or a tom: a sine falling in pitch from (1 + bend) times hz, and some noise of the skin."""
    times = _times(seconds)
    pitch = hz * (1.0 + bend * _decay(times, 0.12))
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE_HZ) * _decay(times, seconds)
    overtone = 0.2 * np.sin(2 * np.pi * np.cumsum(pitch * 1.59) / RATE_HZ) * _decay(times, seconds * 0.4)
    hit = band(rng.standard_normal(len(times)) * _decay(times, 0.05), 200.0, 3_500.0)
    return np.asarray(np.tanh(1.4 * (tone + overtone)) + skin * hit)


def snare(rng: np.random.Generator, hz: float, seconds: float, rattle: float) -> Signal:
    """A snare drum: two modes of the head and the noise of the wires."""
    times = _times(seconds)
    pitch = hz * (1.0 + 0.4 * _decay(times, 0.06))
    head = np.sin(2 * np.pi * np.cumsum(pitch) / RATE_HZ) * _decay(times, seconds * 0.5)
    head += 0.5 * np.sin(2 * np.pi * np.cumsum(pitch * 1.83) / RATE_HZ) * _decay(times, seconds * 0.35)
    wires = band(rng.standard_normal(len(times)), 1_200.0, 9_000.0) * _decay(times, seconds * 0.9)
    return np.asarray(head + rattle * wires)


def hat(rng: np.random.Generator, seconds: float) -> Signal:
    """A hi-hat: inharmonic partials beating against each other, and noise, both high-passed."""
    times = _times(seconds)
    metal = np.zeros_like(times)
    for hz in _CYMBAL_HZ:
        modulator = np.sin(2 * np.pi * hz * 1.4471 * times + rng.uniform(0, 6.28))
        metal += np.sin(2 * np.pi * hz * times + 2.2 * modulator)
    noise = rng.standard_normal(len(times))
    return np.asarray(band(0.4 * metal + noise, 6_000.0, 15_000.0, order=3) * _decay(times, seconds))


def clap(rng: np.random.Generator, seconds: float) -> Signal:
    """Several hands, a few milliseconds apart, in a small room."""
    times = _times(seconds)
    envelope = np.zeros_like(times)
    for late_s in (0.0, 0.011, 0.021, 0.034):
        envelope += np.where(times >= late_s, _decay(np.maximum(times - late_s, 0), 0.05), 0.0)
    envelope += 0.4 * _decay(times, seconds)
    return room(band(rng.standard_normal(len(times)) * envelope, 700.0, 3_500.0), rng, 0.3, 0.2)


def shaker(rng: np.random.Generator, seconds: float) -> Signal:
    """Two strokes of a shaker."""
    times = _times(seconds)
    strokes = np.exp(-(((times - 0.09) / 0.035) ** 2)) + 0.7 * np.exp(-(((times - 0.28) / 0.03) ** 2))
    return np.asarray(band(rng.standard_normal(len(times)), 4_000.0, 12_000.0) * strokes)


def click(rng: np.random.Generator, hz: float, seconds: float) -> Signal:
    """A short woody click."""
    times = _times(seconds)
    sound = np.sin(2 * np.pi * hz * times) * _decay(times, 0.09)
    sound += 0.5 * np.sin(2 * np.pi * hz * 2.31 * times) * _decay(times, 0.05)
    sound += 0.3 * band(rng.standard_normal(len(times)) * _decay(times, 0.02), 800.0, 8_000.0)
    return room(sound, rng, 0.25, 0.12)


def grains(
    rng: np.random.Generator, seconds: float, notes_hz: Sequence[float], number: int, length_s: float
) -> Signal:
    """A texture of many short sine grains at random times and pitches: rain, shimmer, bubbles.

    With two frequencies the pitches lie anywhere between them, with more they are taken from the list.
    """
    frames = round(seconds * RATE_HZ)
    sound = np.zeros(frames)
    swell = np.sin(np.pi * np.arange(frames) / frames) ** 0.5
    for start in rng.uniform(0, max(0.1, seconds - 1.5 * length_s), number):
        if len(notes_hz) == 2:
            hz = math.exp(rng.uniform(*np.log(notes_hz)))
        else:
            hz = float(rng.choice(notes_hz)) * rng.uniform(0.997, 1.003)
        times = _times(length_s * rng.uniform(0.5, 1.5))
        rise = np.clip(times / (0.1 * length_s), 0, 1)
        grain = np.sin(2 * np.pi * hz * times) * rise * _decay(times, times[-1] * 0.9)
        at = round(start * RATE_HZ)
        part = sound[at : at + len(grain)]
        part += rng.uniform(0.2, 1.0) * grain[: len(part)]
    return np.asarray(room(sound, rng, 0.9, 0.25) * swell)


def crackle(rng: np.random.Generator, seconds: float, per_s: float) -> Signal:
    """A fire or an old record: sparse impulses of very different loudness over a quiet bed."""
    times = _times(seconds)
    impulses = np.zeros_like(times)
    places = rng.integers(0, len(times), round(seconds * per_s))
    impulses[places] = rng.standard_normal(len(places)) * rng.uniform(0, 1, len(places)) ** 2
    pops = band(impulses, 600.0, 5_000.0) + band(impulses, 120.0, 600.0)
    rumble = band(rng.standard_normal(len(times)), 60.0, 400.0)
    hiss = band(rng.standard_normal(len(times)), 1_500.0, 6_000.0)
    bed = 0.05 * rumble / rumble.std() + 0.02 * hiss / hiss.std()
    sound = _warmed(pops, 6.0) + bed
    return np.asarray(sound * np.sin(np.pi * times / seconds) ** 0.4)
