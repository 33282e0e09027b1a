"""Rendering: whole sounds and streams of blocks from latents."""

from __future__ import annotations

import threading

import numpy as np
import pytest
import torch

from sda_desktop.audio.spectrogram import SpectrogramConfig
from sda_desktop.errors import Cancelled
from sda_desktop.models.vae import VAEConfig
from sda_desktop.training.codec import SoundCodec, build_model


@pytest.fixture(scope="module")
def codec() -> SoundCodec:
    """An untrained, small model: its sounds are noises, as loud as their latents say."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = build_model(VAEConfig(channels=32), SpectrogramConfig())
    model.level_scale.mean.fill_(-3.0)
    return SoundCodec(model, SpectrogramConfig())


def latents(codec: SoundCodec, samples: int) -> torch.Tensor:
    steps = codec.config.frames_for(samples) // codec.config.frames_per_step
    generator = torch.Generator().manual_seed(1)
    return torch.randn(1, steps, codec.model.config.local_latents, generator=generator)


@pytest.mark.parametrize("samples", [1, 3000, 44_100, 90_000])
def test_a_stream_has_the_length_of_the_sound_and_begins_with_a_short_block(
    codec: SoundCodec, samples: int
) -> None:
    blocks = list(codec.stream(latents(codec, samples), samples))
    assert all(block.shape[0] == 1 for block in blocks)
    assert sum(block.shape[1] for block in blocks) == samples
    assert 0 < blocks[0].shape[1] <= 4096
    assert all(np.isfinite(block).all() for block in blocks)


def test_blocks_are_decoded_as_the_whole_is(codec: SoundCodec) -> None:
    z = latents(codec, 4 * 44_100)
    with torch.no_grad():
        whole = codec._texture(codec.model.decode(z).magnitudes[0], 0)
    for first, end in ((0, 1), (1, 3), (17, 21), (z.shape[1] - 2, z.shape[1])):
        frames, following = codec._decode(z, first, end)
        torch.testing.assert_close(frames, whole[8 * first : 8 * end], rtol=1e-4, atol=1e-6)
        if end < z.shape[1]:
            assert following is not None
            torch.testing.assert_close(following, whole[8 * end : 8 * end + 4], rtol=1e-4, atol=1e-6)
        else:
            assert following is None


def test_a_stream_keeps_the_level_of_the_whole_sound_across_its_seams(codec: SoundCodec) -> None:
    samples = 2 * 44_100
    z = latents(codec, samples)[:, :1].expand(-1, 22, -1)  # the same noise from end to end
    blocks = list(codec.stream(z, samples))
    joined, whole = np.concatenate(blocks, axis=1)[0], codec.render(z, samples)[0]
    assert len(blocks) > 3

    def level_db(wave: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
        return float(10 * np.log10(np.mean(wave**2)))

    assert level_db(joined) == pytest.approx(level_db(whole), abs=0.3)
    for seam in np.cumsum([block.shape[1] for block in blocks])[:-1]:
        assert level_db(joined[seam - 512 : seam + 512]) > level_db(whole) - 3


def test_a_stream_is_the_same_every_time(codec: SoundCodec) -> None:
    z = latents(codec, 44_100)
    once, again = (np.concatenate(list(codec.stream(z, 44_100)), axis=1) for _ in range(2))
    assert np.array_equal(once, again)


def test_a_sound_that_is_longer_than_its_latents_ends_in_silence(codec: SoundCodec) -> None:
    made = codec.render(latents(codec, 4096), 60_000)
    assert made.shape == (1, 60_000)
    assert made[0, :3584].any()
    assert not made[0, 8192:].any()


def test_a_stop_ends_a_stream_at_the_next_block(codec: SoundCodec) -> None:
    stop = threading.Event()
    blocks = codec.stream(latents(codec, 44_100), 44_100, stop)
    next(blocks)
    stop.set()
    with pytest.raises(Cancelled):
        next(blocks)


def test_a_stopped_render_makes_nothing(codec: SoundCodec) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        codec.render(latents(codec, 4096), 4096, stop)
