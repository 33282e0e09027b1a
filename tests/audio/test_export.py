"""What was asked for is what is written: every combination is read back."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from sda_desktop import __version__
from sda_desktop.audio.export import Exported, ExportFormat, ExportOptions, Tags, export_sound
from sda_desktop.audio.export_options import KINDS, RATES_HZ, SUBTYPES, Kind, Normalise, Subtype
from sda_desktop.audio.io import probe, read_audio
from sda_desktop.audio.loudness import loudness_lufs
from sda_desktop.errors import AudioFileError, BadInputError, Cancelled

Sound = NDArray[np.float32]

SOURCE_HZ = 44_100
COMBINATIONS = [
    (kind, subtype, rate)
    for kind in KINDS
    for subtype, rate in itertools.product(SUBTYPES[kind], RATES_HZ)
    if (kind, rate) != ("mp3", 96_000)
]
SUBTYPE_NAMES = {"16": "PCM_16", "24": "PCM_24", "32f": "FLOAT"}
# The least signal to noise in dB; the noise of 16 bit with dither is 93 dB below full scale.
LEAST_SNR_DB = {"16": 75.0, "24": 120.0, "32f": 125.0}
TAGS = Tags("Tïtle 音 “x”", "Café 模型", 12345, "two\nlines")


def chord(rate_hz: int = SOURCE_HZ, seconds: float = 0.7, peak: float = 0.5, channels: int = 1) -> Sound:
    """Three sines at any rate: what perfect resampling makes of them is known."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    tones = [
        sum(np.sin(2 * np.pi * hz * time + channel) for hz in (220.0, 1000.0, 5000.0)) / 3
        for channel in range(channels)
    ]
    envelope = np.sin(np.pi * time / seconds) ** 4  # so smooth that no filter rings
    return np.asarray(peak * np.stack(tones) * envelope, np.float32)


def snr_db(found: Sound, wanted: Sound) -> float:
    error = float(np.mean((found.astype(np.float64) - wanted) ** 2))
    return float(10 * np.log10(np.mean(wanted.astype(np.float64) ** 2) / max(error, 1e-30)))


def options(
    kind: Kind = "wav", subtype: Subtype = "24", rate: int = SOURCE_HZ, **more: object
) -> ExportOptions:
    return ExportOptions(format=ExportFormat(kind, subtype, rate), **more)  # type: ignore[arg-type]


def exported(
    path: Path, sound: Sound, chosen: ExportOptions, tags: Tags | None = None
) -> tuple[Exported, Sound]:
    """Export and read back."""
    result = export_sound(path, sound, SOURCE_HZ, chosen, tags)
    found, rate_hz = read_audio(path, mono=False)
    assert rate_hz == chosen.format.sample_rate_hz == result.sample_rate_hz
    assert found.shape[1] == result.frames
    return result, found


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(("kind", "subtype", "rate"), COMBINATIONS)
def test_every_format_is_read_back_as_asked(
    tmp_path: Path, kind: Kind, subtype: Subtype, rate: int, channels: int
) -> None:
    path = tmp_path / f"sound.{kind}"
    _, found = exported(path, chord(channels=channels), options(kind, subtype, rate), TAGS)
    wanted = chord(rate, channels=channels)
    assert found.shape == wanted.shape
    assert snr_db(found, wanted) > LEAST_SNR_DB.get(subtype, 20.0)
    header = probe(path)
    coding = {"ogg": "VORBIS", "mp3": "MPEG_LAYER_III"}.get(kind) or SUBTYPE_NAMES[subtype]
    assert (header.sample_rate_hz, header.channels, header.subtype) == (rate, channels, coding)
    with soundfile.SoundFile(path) as file:
        assert file.format == kind.upper()
        assert file.title == TAGS.title
        assert file.comment == "Model: Café 模型; Seed: 12345; two lines"
        assert file.software.startswith(f"SDA Desktop {__version__}")


@pytest.mark.parametrize(("kind", "subtype", "rate"), COMBINATIONS)
@pytest.mark.parametrize(("normalise", "target"), [("peak", -3.0), ("loudness", -20.0)])
def test_every_format_has_the_level_that_was_asked_for(
    tmp_path: Path, kind: Kind, subtype: Subtype, rate: int, normalise: Normalise, target: float
) -> None:
    chosen = options(kind, subtype, rate, normalise=normalise, target=target)
    result, found = exported(tmp_path / f"sound.{kind}", chord(peak=0.05), chosen)
    peak_db = 20 * np.log10(np.abs(found).max())
    reached = peak_db if normalise == "peak" else loudness_lufs(found, rate)
    assert reached == pytest.approx(target, abs=0.02 if subtype else 0.3)
    assert result.gain_db > 6
    assert result.note == ""


@pytest.mark.parametrize("kind", ["ogg", "mp3"])
def test_noise_survives_compression_in_level(tmp_path: Path, kind: Kind) -> None:
    noise = np.random.default_rng(0).uniform(-0.3, 0.3, (1, 40_000)).astype(np.float32)
    _, found = exported(tmp_path / f"a.{kind}", noise, options(kind, ""))
    assert found.std() == pytest.approx(noise.std(), rel=0.1)


def test_nothing_asked_for_is_nothing_changed(tmp_path: Path) -> None:
    sound = np.random.default_rng(0).uniform(-1.7, 1.7, (2, 5000)).astype(np.float32)
    _, found = exported(tmp_path / "a.wav", sound, options("wav", "32f"))
    np.testing.assert_array_equal(found, sound)


def test_24_bit_is_rounded_to_the_nearest_step(tmp_path: Path) -> None:
    sound = np.random.default_rng(0).uniform(-0.9, 0.9, (1, 5000)).astype(np.float32)
    for kind in ("wav", "flac"):
        _, found = exported(tmp_path / f"a.{kind}", sound, options(kind))
        assert np.abs(found - sound).max() <= 0.5 / 2**23


@pytest.mark.parametrize("subtype", ["16", "24"])
def test_beyond_full_scale_is_limited_and_never_wrapped(tmp_path: Path, subtype: Subtype) -> None:
    sound = chord(peak=3.0)
    _, found = exported(tmp_path / "a.wav", sound, options("wav", subtype))
    assert np.abs(found).max() > 0.99
    assert snr_db(found / found.std(), sound / sound.std()) > 10  # the same shape, not folded over


def test_a_loudness_beyond_full_scale_is_said_and_not_clipped(tmp_path: Path) -> None:
    click = np.zeros((1, SOURCE_HZ), np.float32)
    click[0, 1000:1040] = 0.5
    chosen = options(normalise="loudness", target=-10.0)
    result, found = exported(tmp_path / "a.wav", click, chosen)
    assert np.abs(found).max() == pytest.approx(0.98, abs=1e-4)
    assert "would go beyond full scale" in result.note
    np.testing.assert_allclose(found, click * 1.96, atol=1e-6)


@pytest.mark.parametrize("normalise", ["peak", "loudness"])
def test_silence_stays_silence(tmp_path: Path, normalise: Normalise) -> None:
    chosen = options("wav", "16", normalise=normalise, target=-10.0)
    result, found = exported(tmp_path / "a.wav", np.zeros((1, 5000), np.float32), chosen)
    assert not found.any()
    assert "silent" in result.note


def test_dither_frees_the_error_from_the_sound_and_is_the_same_every_time(tmp_path: Path) -> None:
    """A tone of less than half a step is lost by rounding, and kept below the noise by dither."""
    time = np.arange(2 * SOURCE_HZ) / SOURCE_HZ
    tone = np.sin(2 * np.pi * 1000 * time)
    sound = (0.4 / 32_768 * tone).astype(np.float32)[None]
    _, found = exported(tmp_path / "a.wav", sound, options("wav", "16"))
    kept = 2 * float(found[0] @ tone) / tone.size * 32_768
    assert kept == pytest.approx(0.4, abs=0.03)
    error = (found - sound)[0] * 32_768
    assert error.std() == pytest.approx(0.5, abs=0.05)  # rounding and a triangle two steps wide
    _, again = exported(tmp_path / "b.wav", sound, options("wav", "16"))
    np.testing.assert_array_equal(found, again)
    _, other = exported(tmp_path / "c.wav", sound, options("wav", "16", dither_seed=1))
    assert not np.array_equal(found, other)


def test_dither_leaves_silence_alone_or_not_as_asked(tmp_path: Path) -> None:
    silence = np.zeros((1, 5000), np.float32)
    assert not exported(tmp_path / "a.wav", silence, options("wav", "16"))[1].any()
    assert exported(tmp_path / "b.wav", silence, options("wav", "16", silence_stays_silent=False))[1].any()
    assert not exported(tmp_path / "c.wav", silence, options("wav", "24", silence_stays_silent=False))[
        1
    ].any()


@pytest.mark.parametrize("normalise", ["none", "peak"])
def test_fades_begin_and_end_at_nothing(tmp_path: Path, normalise: Normalise) -> None:
    chosen = options("wav", "32f", normalise=normalise, target=0.0, fade_in_s=0.1, fade_out_s=0.2)
    _, found = exported(tmp_path / "a.wav", np.ones((1, SOURCE_HZ), np.float32), chosen)
    gain = found[0]
    assert abs(gain[0]) < 1e-5
    assert abs(gain[-1]) < 1e-5
    assert gain[2205] == pytest.approx(0.5, abs=0.001)
    assert gain[-4410] == pytest.approx(0.5, abs=0.001)
    assert (gain[4410:-8820] == 1).all()
    assert (np.diff(gain[:4410]) > 0).all()
    assert (np.diff(gain[-8820:]) < 0).all()


def test_fades_longer_than_the_sound_take_all_of_it(tmp_path: Path) -> None:
    for times in ((5.0, 0.0), (0.0, 5.0), (5.0, 5.0)):
        chosen = options("wav", "32f", fade_in_s=times[0], fade_out_s=times[1])
        _, found = exported(tmp_path / f"{times}.wav", np.ones((1, 1000), np.float32), chosen)
        assert found[0, 0] < 1e-4 or not times[0]
        assert found[0, -1] < 1e-4 or not times[1]
        assert found.max() == pytest.approx(1.0 if 0.0 in times else 0.25, abs=0.001)


@pytest.mark.parametrize("rate", RATES_HZ)
@pytest.mark.parametrize("normalise", ["none", "peak", "loudness"])
def test_blocks_of_any_size_make_the_same_file(tmp_path: Path, normalise: Normalise, rate: int) -> None:
    sound = chord(peak=1.4, channels=2)
    chosen = options("wav", "16", rate, normalise=normalise, target=-12, fade_in_s=0.05, fade_out_s=0.1)
    _, whole = exported(tmp_path / "whole.wav", sound, chosen)
    cuts = sorted(np.random.default_rng(0).integers(0, sound.shape[1], 40).tolist())

    def pieces() -> Iterator[Sound]:
        yield from np.split(sound, [0, *cuts], axis=1)

    export_sound(tmp_path / "cut.wav", pieces(), SOURCE_HZ, chosen)
    np.testing.assert_array_equal(read_audio(tmp_path / "cut.wav", mono=False)[0], whole)


@pytest.mark.parametrize("frames", [1, 2, 37, 500])
@pytest.mark.parametrize(("kind", "subtype"), [("wav", "16"), ("flac", "24"), ("ogg", ""), ("mp3", "")])
def test_the_shortest_sounds_keep_their_length(
    tmp_path: Path, kind: Kind, subtype: Subtype, frames: int
) -> None:
    sound = np.full((1, frames), 0.25, np.float32)
    chosen = options(kind, subtype, normalise="loudness", target=-20)
    assert exported(tmp_path / f"a.{kind}", sound, chosen)[0].frames == frames


def test_a_long_sound_needs_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A spool as small as a few blocks: what is measured first waits on the disk, and comes back whole."""
    monkeypatch.setattr("sda_desktop.audio.export_chain.SPOOLED_BYTES", 100_000)
    sound = np.random.default_rng(0).uniform(-0.5, 0.5, (1, 300_000)).astype(np.float32)
    chosen = options("wav", "32f", normalise="peak", target=0)
    result, found = exported(tmp_path / "a.wav", sound, chosen)
    np.testing.assert_allclose(found, sound * 10 ** (result.gain_db / 20), rtol=1e-5)
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


def test_progress_tells_the_seconds_taken(tmp_path: Path) -> None:
    told: list[float] = []
    blocks = (np.zeros((1, 4410), np.float32) for _ in range(3))
    export_sound(tmp_path / "a.wav", blocks, SOURCE_HZ, progress=told.append)
    assert told == pytest.approx([0.1, 0.2, 0.3])


@pytest.mark.parametrize("normalise", ["none", "peak"])
@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3"])
def test_cancel_leaves_nothing_and_ends_the_source(tmp_path: Path, kind: Kind, normalise: Normalise) -> None:
    stop = threading.Event()
    ended: list[bool] = []

    def endless() -> Iterator[Sound]:
        try:
            for number in itertools.count():
                if number == 20:
                    stop.set()
                yield np.full((1, 1000), 0.1, np.float32)
        finally:
            ended.append(True)

    chosen = options(kind, SUBTYPES[kind][0], normalise=normalise, target=-1)
    with pytest.raises(Cancelled) as caught:  # whose traceback keeps what is not closed
        export_sound(tmp_path / "new folder" / "a.x", endless(), SOURCE_HZ, chosen, stop=stop)
    assert caught.traceback
    assert ended == [True]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([np.array([[0.0, np.nan]], np.float32)], "not numbers"),
        ([np.zeros((1, 0), np.float32)], "empty"),
        ([], "empty"),
    ],
)
def test_a_sound_that_is_none_is_refused(tmp_path: Path, blocks: list[Sound], sentence: str) -> None:
    with pytest.raises(AudioFileError, match=sentence):
        export_sound(tmp_path / "a.wav", blocks, SOURCE_HZ)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "subtype", "rate", "sentence"),
    [
        ("mp3", "", 96_000, r"MP3 has no 96 kHz\. Choose 44\.1 or 48 kHz"),
        ("mp3", "16", 44_100, "MP3 has no bit depth"),
        ("ogg", "24", 44_100, "OGG Vorbis has no bit depth"),
        ("flac", "32f", 44_100, "FLAC has no 32 bit float"),
        ("wav", "8", 44_100, "WAV has no bit depth '8'"),
        ("wav", "24", 22_050, "22050 Hz"),
        ("aac", "", 44_100, "no format 'aac'"),
    ],
)
def test_a_combination_that_does_not_exist_is_a_sentence(
    kind: Kind, subtype: Subtype, rate: int, sentence: str
) -> None:
    with pytest.raises(BadInputError, match=sentence) as caught:
        ExportFormat(kind, subtype, rate)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "wrong",
    [
        {"normalise": "peak", "target": 1.0},
        {"normalise": "loudness", "target": float("nan")},
        {"normalise": "loud"},
        {"fade_in_s": -1.0},
        {"fade_out_s": 31.0},
    ],
)
def test_options_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInputError):
        options(**wrong)  # type: ignore[arg-type]


def test_options_go_into_the_settings_and_back() -> None:
    for kind, subtype, rate in COMBINATIONS:
        chosen = options(kind, subtype, rate, normalise="loudness", target=-14.5, fade_in_s=0.1, fade_out_s=2)
        assert ExportOptions.from_data(chosen.to_data()) == chosen
    for broken in ({}, {"kind": "wav"}, {**options().to_data(), "target": "x"}):
        with pytest.raises(BadInputError):
            ExportOptions.from_data(broken)


def test_empty_tags_are_left_out() -> None:
    assert Tags().as_strings() == {"software": f"SDA Desktop {__version__}"}
    assert Tags("a\0b\n", seed=0).as_strings()["title"] == "a b"
    assert Tags(seed=0).as_strings()["comment"] == "Seed: 0"
