"""Features of sounds made so that the answer is known."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from numpy.typing import NDArray

from sda_desktop.audio.features import FEATURES, Features, FeatureSpec, measure_features

RATE_HZ = 44_100
Wave = NDArray[np.float64]


def time_s(seconds: float, rate_hz: int = RATE_HZ) -> Wave:
    times: Wave = np.arange(round(seconds * rate_hz)) / rate_hz
    return times


def sine(hz: float, seconds: float = 1.0, rate_hz: int = RATE_HZ) -> Wave:
    wave: Wave = 0.5 * np.sin(2 * np.pi * hz * time_s(seconds, rate_hz))
    return wave


def saw(hz: float, seconds: float = 1.0) -> Wave:
    return 0.3 * ((hz * time_s(seconds)) % 1 - 0.5)


def noise(seconds: float = 1.0, above_hz: float = 0.0, below_hz: float = RATE_HZ) -> Wave:
    white = np.random.default_rng(0).standard_normal(round(seconds * RATE_HZ))
    spectrum, hz = np.fft.rfft(white), np.fft.rfftfreq(len(white), 1 / RATE_HZ)
    kept = np.fft.irfft(spectrum * ((hz >= above_hz) & (hz <= below_hz)), len(white))
    wave: Wave = 0.1 * kept / kept.std()
    return wave


def measured(wave: Wave, rate_hz: int = RATE_HZ) -> Features:
    return measure_features(np.asarray(wave, np.float32)[None], rate_hz)


def spec(name: str) -> FeatureSpec:
    return next(found for found in FEATURES if found.name == name)


@pytest.mark.parametrize("rate_hz", [22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("hz", [55.0, 440.0, 3000.0])
def test_a_sine_is_as_bright_and_as_high_as_its_frequency_and_not_noisy(hz: float, rate_hz: int) -> None:
    features = measured(sine(hz, rate_hz=rate_hz), rate_hz)
    assert features.brightness_hz == pytest.approx(hz, rel=0.02)
    assert features.pitch_hz == pytest.approx(hz, rel=0.002)
    assert features.noisiness < 0.03


def test_the_centre_of_white_noise_is_half_the_band_and_it_is_noisy_without_a_pitch() -> None:
    features = measured(noise())
    assert features.brightness_hz == pytest.approx(RATE_HZ / 4, rel=0.03)
    assert features.noisiness > 0.95
    assert math.isnan(features.pitch_hz)


@pytest.mark.parametrize(("above_hz", "below_hz"), [(0, 500), (2000, 4000), (8000, 20_000)])
def test_noise_of_any_colour_is_noisy(above_hz: float, below_hz: float) -> None:
    features = measured(noise(2.0, above_hz, below_hz))
    assert features.noisiness > 0.8
    assert features.brightness_hz == pytest.approx((above_hz + below_hz) / 2, rel=0.1)


def test_brightness_is_weighted_with_the_energy() -> None:
    # A loud second at 400 Hz, a quiet one at 4 kHz: 1 to 1/9 of the energy.
    wave = np.concatenate([sine(400), sine(4000) / 3])
    assert measured(wave).brightness_hz == pytest.approx((400 + 4000 / 9) / (1 + 1 / 9), rel=0.03)


@pytest.mark.parametrize("hz", [32.0, 110.0, 440.0, 1760.0])
def test_the_pitch_of_a_saw_is_its_fundamental_and_it_is_a_tone(hz: float) -> None:
    features = measured(saw(hz))
    assert features.pitch_hz == pytest.approx(hz, rel=0.005)
    assert features.noisiness < 0.1


def test_inharmonic_partials_are_tones_too() -> None:
    wave = sum((sine(hz) for hz in (311.0, 523.7, 871.3, 1423.1)), np.zeros(RATE_HZ))
    assert measured(wave).noisiness < 0.1


def test_noise_added_to_a_tone_makes_it_noisier_step_by_step() -> None:
    values = [measured(sine(440) + gain * noise()).noisiness for gain in (0.0, 0.5, 2.0, 20.0)]
    assert values == sorted(values)
    assert values[1] - values[0] > 0.01
    assert values[3] > 0.9


def test_a_melody_has_no_single_pitch() -> None:
    assert math.isnan(measured(np.concatenate([saw(hz) for hz in (110, 220, 330, 500)])).pitch_hz)


@pytest.mark.parametrize("rise_s", [0.05, 0.5, 2.0])
def test_the_attack_of_a_straight_rise_is_its_length(rise_s: float) -> None:
    wave = np.concatenate([np.zeros(5000), sine(440, 4) * np.minimum(time_s(4) / rise_s, 1)])
    assert measured(wave).attack_s == pytest.approx(rise_s, rel=0.1, abs=0.005)


def test_a_struck_tone_begins_at_once_and_lasts_until_it_is_40_db_down() -> None:
    features = measured(sine(440, 2) * np.exp(-time_s(2) / 0.1))
    assert features.attack_s < 0.008
    assert features.length_s == pytest.approx(0.1 * math.log(100), abs=0.02)


def test_silence_around_a_sound_is_not_its_length() -> None:
    quiet = np.zeros(RATE_HZ)
    assert measured(np.concatenate([quiet, noise(0.5), quiet])).length_s == pytest.approx(0.5, abs=0.01)


def test_twice_the_level_is_six_decibels_louder_and_the_same_otherwise() -> None:
    quiet, loud = measured(0.1 * noise()), measured(0.2 * noise())
    assert loud.loudness_lufs - quiet.loudness_lufs == pytest.approx(6.02, abs=0.01)
    for name in ("brightness_hz", "noisiness", "attack_s", "length_s"):
        assert getattr(loud, name) == pytest.approx(getattr(quiet, name), rel=1e-3)


def test_how_a_sound_begins_counts() -> None:
    # A click, then a quiet low tone: the brightness is that of the click.
    wave = 0.001 * sine(100)
    wave[0] += 0.9
    assert measured(wave).brightness_hz > 5000


@pytest.mark.parametrize("frames", [0, 1, 63, 2205, 44_100])
def test_silence_has_features_all_the_same(frames: int) -> None:
    features = measure_features(np.zeros((2, frames), np.float32), RATE_HZ)
    values = [spec.scaled(features) for spec in FEATURES if spec.name != "pitch"]
    assert np.isfinite(values).all()
    assert math.isnan(features.pitch_hz)


@pytest.mark.parametrize("frames", [1, 2, 63, 64, 65, 500, 2205, 4096, 4097, 9000])
@pytest.mark.parametrize("make", ["noise", "constant", "impulse", "not numbers"])
def test_no_length_and_no_content_gives_anything_infinite(frames: int, make: str) -> None:
    wave = np.random.default_rng(frames).standard_normal(frames)
    if make == "constant":
        wave[:] = 0.7
    elif make == "impulse":
        wave[:] = 0
        wave[frames // 2] = 1
    elif make == "not numbers":
        wave[::2] = np.nan
        wave[-1] = np.inf
    features = measured(wave)
    assert np.isfinite([spec.scaled(features) for spec in FEATURES if spec.name != "pitch"]).all()
    assert not np.isinf(features.pitch_hz)
    assert 0 <= features.noisiness <= 1
    assert features.length_s <= frames / RATE_HZ


def test_a_short_tone_is_measured_too() -> None:
    features = measured(sine(440, 0.05))
    assert features.pitch_hz == pytest.approx(440, rel=0.01)
    assert features.length_s == pytest.approx(0.05, abs=0.003)


def test_a_long_sound_is_measured_as_a_short_one() -> None:
    short, long = measured(saw(220, 2.0)), measured(saw(220, 90.0))
    assert long.brightness_hz == pytest.approx(short.brightness_hz, rel=0.02)
    assert long.pitch_hz == pytest.approx(short.pitch_hz, rel=0.001)
    assert long.length_s == pytest.approx(90, abs=0.01)


def test_channels_that_cancel_each_other_are_not_silence() -> None:
    wave = sine(440).astype(np.float32)
    features = measure_features(np.stack([wave, -wave]), RATE_HZ)
    assert features.pitch_hz == pytest.approx(440, rel=0.002)


def test_equal_steps_on_the_scale_of_a_feature_are_octaves_where_it_is_a_ratio() -> None:
    one, other = (measured(sine(hz)) for hz in (220, 880))
    for name in ("brightness", "pitch"):
        assert spec(name).scaled(other) - spec(name).scaled(one) == pytest.approx(2, abs=0.05)
        assert spec(name).unscaled(spec(name).scaled(one)) == pytest.approx(spec(name).value(one))
    assert math.isnan(spec("pitch").scaled(measured(noise())))


def test_features_survive_json() -> None:
    for features in (measured(sine(440)), measured(noise())):
        again = Features.from_json(json.loads(json.dumps(features.to_json(), allow_nan=False)))
        assert again.to_json() == features.to_json()
