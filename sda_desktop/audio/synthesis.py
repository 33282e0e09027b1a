"""From magnitude spectrograms to waveforms, at once or block by block.

Phases start from the gradients of the magnitudes (phases.py) and are refined by a few iterations of fast
Griffin-Lim (Perraudin, Balazs and Sondergaard, 2013).
"""

from __future__ import annotations

import threading

import torch
from torch import Tensor

from sda_desktop.audio.phases import Before, initial_phases
from sda_desktop.audio.spectrogram import AudioSpectrogram
from sda_desktop.errors import Cancelled

ITERATIONS = 16
MOMENTUM = 0.99
QUIET = 2e-5  # magnitudes below are mostly the model's floor, not sound
QUIET_SHARE = 0.3
LOOKAHEAD_FRAMES = 4  # frames after a block that its phases are found together with, and then forgotten
_TINY = 1e-30  # keeps the phase of nothing finite


@torch.no_grad()
def synthesize(
    spectrogram: AudioSpectrogram,
    warped: Tensor,
    samples: int,
    *,
    iterations: int = ITERATIONS,
    stop: threading.Event | None = None,
) -> Tensor:
    """Warped magnitudes (T, W) on the CPU -> waveform (samples,).

    Frames beyond the given ones are silent.  Raises Cancelled when `stop` is set between iterations.
    """
    wave = Synthesis(spectrogram, iterations, stop).add(warped, None)[:samples]
    return torch.nn.functional.pad(wave, (0, samples - len(wave)))


class Synthesis:
    """A waveform made from blocks of consecutive frames.

    What was handed out is never changed: the phases of a block are found between the frames before, which
    stay as they are, and some frames after, which are found again with the next block.  So the blocks,
    joined, are one inverse STFT of one spectrogram.
    """

    def __init__(
        self, spectrogram: AudioSpectrogram, iterations: int = ITERATIONS, stop: threading.Event | None = None
    ) -> None:
        """Of a new sound.  stop: makes `add` raise Cancelled between iterations."""
        self._spectrogram = spectrogram
        self._iterations = iterations
        self._stop = stop
        self._hop = spectrogram.config.hop_samples
        self._size = spectrogram.config.fft_samples
        self._overlap = self._size - self._hop
        # What the frames so far add to the samples that are not finished, and the window's share of it.
        self._tail = torch.zeros(self._overlap)
        self._tail_envelope = torch.zeros(self._overlap)
        self._before: Before | None = None
        self._outside = self._size // 2  # samples still to come that lie before the start of the sound

    @torch.no_grad()
    def add(self, warped: Tensor, following: Tensor | None) -> Tensor:
        """Warped magnitudes (T, W) of the next frames -> the samples that they complete.

        following: frames after them, a few of which are looked at; None if these are the last.
        Raises Cancelled.
        """
        ahead = warped[:0] if following is None else following[:LOOKAHEAD_FRAMES]
        magnitudes = self._linear(torch.cat([warped, ahead]))
        envelope = self._envelope(len(magnitudes))
        spectrum = self._with_phases(magnitudes)
        before = torch.zeros_like(spectrum)
        share = MOMENTUM / (1 + MOMENTUM)
        for _ in range(self._iterations):
            if self._stop is not None and self._stop.is_set():
                raise Cancelled
            consistent = self._analysed(self._joined(spectrum, envelope))
            torch.sub(consistent, before, alpha=share, out=before)
            spectrum = _with_magnitudes(before, magnitudes)
            before = consistent
        return self._finish(spectrum[: len(warped)], magnitudes, is_last=following is None)

    def _linear(self, warped: Tensor) -> Tensor:
        """Magnitudes of the unscaled STFT, (T, fft_samples / 2 + 1)."""
        magnitudes = self._spectrogram.unwarp(warped)
        magnitudes = torch.where(magnitudes < QUIET, magnitudes * QUIET_SHARE, magnitudes)
        return magnitudes.div_(self._spectrogram.scale)

    def _with_phases(self, magnitudes: Tensor) -> Tensor:
        phases = torch.from_numpy(initial_phases(magnitudes.numpy(), self._size, self._hop, self._before))
        return torch.complex(phases.cos().mul_(magnitudes), phases.sin_().mul_(magnitudes))

    def _overlapped(self, frames: Tensor, tail: Tensor) -> Tensor:
        """Frames (T, fft_samples) in their places, on top of the tail: (hops, hop_samples)."""
        hops = self._size // self._hop
        summed = frames.new_zeros(len(frames) + hops - 1, self._hop)
        summed[: hops - 1] = tail.view(hops - 1, self._hop)
        parts = frames.unflatten(1, (hops, self._hop))
        for place in range(hops):
            summed[place : place + len(frames)] += parts[:, place]
        return summed

    def _envelope(self, frames: int) -> Tensor:
        """The sum of the squared windows under the samples of `frames` new frames and their overlap."""
        squared = self._spectrogram.window.square().expand(frames, -1)
        return self._overlapped(squared, self._tail_envelope).view(-1)

    def _joined(self, spectrum: Tensor, envelope: Tensor) -> Tensor:
        """The unfinished samples as the spectrum (T, bins) has them, silent outside of the sound."""
        frames = torch.fft.irfft(spectrum, self._size).mul_(self._spectrogram.window)
        wave = self._overlapped(frames, self._tail).view(-1)
        wave.div_(envelope.clamp_min(1e-8))
        wave[: self._outside] = 0
        wave[len(wave) - self._size // 2 :] = 0
        return wave

    def _analysed(self, wave: Tensor) -> Tensor:
        frames = wave.unfold(0, self._size, self._hop) * self._spectrogram.window
        spectrum: Tensor = torch.fft.rfft(frames)
        return spectrum

    def _finish(self, spectrum: Tensor, magnitudes: Tensor, *, is_last: bool) -> Tensor:
        """Keep what the next block needs; the samples that no later frame adds to."""
        frames = torch.fft.irfft(spectrum, self._size).mul_(self._spectrogram.window)
        wave = self._overlapped(frames, self._tail).view(-1)
        envelope = self._envelope(len(spectrum))
        ready = len(wave) - (self._size // 2 if is_last else self._overlap)
        self._tail, self._tail_envelope = wave[ready:].clone(), envelope[ready:].clone()
        last = spectrum[-1]
        self._before = Before(magnitudes[len(spectrum) - 1].numpy(), last.angle().numpy())
        outside = min(self._outside, ready)
        self._outside -= outside
        return wave[outside:ready] / envelope[outside:ready].clamp_min(1e-8)


def _with_magnitudes(spectrum: Tensor, magnitudes: Tensor) -> Tensor:
    """The phases of a spectrum with other magnitudes; in place."""
    power = spectrum.real.square().addcmul_(spectrum.imag, spectrum.imag)
    return spectrum.mul_(power.add_(_TINY).rsqrt_().mul_(magnitudes))
