"""The bank of a corpus: what is kept of each sound, and new sounds between two of them."""

from __future__ import annotations

import threading

import numpy as np
import pytest
import torch

from sda_desktop.audio.spectrogram import SpectrogramConfig
from sda_desktop.errors import Cancelled
from sda_desktop.models.vae import VAEConfig
from sda_desktop.training.codec import Sound, SoundCodec, build_model
from sda_desktop.training.sound_bank import SHARE_RANGE, Place, SoundBank

RATE_HZ = 44_100


@pytest.fixture(scope="module")
def codec() -> SoundCodec:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return SoundCodec(build_model(VAEConfig(channels=32), SpectrogramConfig()), SpectrogramConfig())


def tone(frequency_hz: float, seconds: float) -> Sound:
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return (0.5 * np.sin(2 * np.pi * frequency_hz * time_s)).astype(np.float32)[None]


@pytest.fixture(scope="module")
def sounds() -> list[Sound]:
    return [tone(110, 0.4), tone(220, 0.5), tone(3000, 1.0)]


@pytest.fixture(scope="module")
def bank(codec: SoundCodec, sounds: list[Sound]) -> SoundBank:
    return SoundBank.measure(codec, [(sound, sound.shape[1] / RATE_HZ) for sound in sounds])


def test_a_place_at_a_sound_is_that_sound(codec: SoundCodec, bank: SoundBank, sounds: list[Sound]) -> None:
    for index, sound in enumerate(sounds):
        known = codec.encode(sound)
        z = bank.sequence(codec, Place(index, (index + 1) % 3, 0.0, 1.0), known.samples)
        torch.testing.assert_close(z, known.local, rtol=0, atol=5e-3)  # kept in half precision


def test_between_two_sounds_lies_neither(codec: SoundCodec, bank: SoundBank, sounds: list[Sound]) -> None:
    samples = sounds[0].shape[1]
    first, middle, second = (bank.sequence(codec, Place(0, 1, share, 0.4), samples) for share in (0, 0.5, 1))
    whole = (first - second).norm()
    for end in (first, second):
        assert 0.2 * whole < (middle - end).norm() < 0.8 * whole


def test_of_a_long_sound_the_kept_beginning_goes_back_and_forth(codec: SoundCodec) -> None:
    kept = torch.arange(5.0)[:, None].expand(-1, codec.model.config.local_latents)
    step_s = codec.config.step_seconds
    latents = torch.zeros(1, codec.model.config.global_latents)
    bank = SoundBank(latents, torch.tensor([12 * step_s]), [kept.half()])
    course = bank.remainder(0, torch.arange(12) / 12, step_s)[:, 0]
    expected = torch.tensor([0.0, 1, 2, 3, 4, 3, 2, 1, 0, 1, 2, 3])
    torch.testing.assert_close(course, expected, rtol=0, atol=1e-5)
    stretched = bank.remainder(0, torch.arange(24) / 24, step_s)[:, 0]
    torch.testing.assert_close(stretched[:6], torch.arange(6) / 2)


def test_a_single_sound_of_a_single_step_is_enough(codec: SoundCodec) -> None:
    sound = tone(440, 0.01)
    bank = SoundBank.measure(codec, [(sound, 0.01)])
    made = bank.invent(codec, np.random.default_rng(0))
    assert made.shape == (1, 441)
    assert np.isfinite(made).all()


def test_what_is_drawn_lies_between_neighbours_and_repeats(bank: SoundBank) -> None:
    places = [bank.draw(np.random.default_rng(seed)) for seed in range(50)]
    assert {place.first for place in places} == {0, 1, 2}
    for place in places:
        assert place.first != place.second
        assert SHARE_RANGE[0] <= place.share <= SHARE_RANGE[1]
        ends = sorted(float(bank.seconds[index]) for index in (place.first, place.second))
        assert ends[0] <= place.seconds <= ends[1]
    assert places[3] == bank.draw(np.random.default_rng(3))


def test_the_same_draw_is_the_same_sound_and_lengths_are_kept(codec: SoundCodec, bank: SoundBank) -> None:
    first, again = (bank.invent(codec, np.random.default_rng(1)) for _ in range(2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, bank.invent(codec, np.random.default_rng(2))[:, : first.shape[1]])
    assert bank.invent(codec, np.random.default_rng(1), seconds=0.7).shape == (1, round(0.7 * RATE_HZ))
    assert bank.invent(codec, np.random.default_rng(1), longest_s=0.1).shape == (1, 4410)


def test_a_bank_survives_a_checkpoint_and_one_without_remainders_still_serves(
    codec: SoundCodec, bank: SoundBank
) -> None:
    kept = bank.to_tensors()
    place = Place(2, 0, 0.3, 0.6)
    z = SoundBank.from_tensors(kept).sequence(codec, place, 9000)
    assert torch.equal(z, bank.sequence(codec, place, 9000))
    old = SoundBank.from_tensors({name: kept[name] for name in ("latents", "seconds")})
    made = old.invent(codec, np.random.default_rng(1))
    assert made.shape[1] > 0
    assert not torch.equal(old.sequence(codec, place, 9000), z)


def test_a_bank_whose_numbers_do_not_agree_is_refused(bank: SoundBank) -> None:
    kept = bank.to_tensors()
    with pytest.raises(ValueError, match="at least one sound"):
        SoundBank(kept["latents"][:0], kept["seconds"][:0])
    with pytest.raises(ValueError, match="for each"):
        SoundBank(kept["latents"], kept["seconds"][:2])
    with pytest.raises((ValueError, RuntimeError)):
        SoundBank.from_tensors({**kept, "remainder_steps": kept["remainder_steps"] + 1})


def test_measuring_stops_between_two_sounds(codec: SoundCodec, sounds: list[Sound]) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        SoundBank.measure(codec, [(sounds[0], 0.4)], stop)
