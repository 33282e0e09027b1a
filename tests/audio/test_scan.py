"""The scan of a dataset: what it says of each sound and of the whole."""

from __future__ import annotations

import math
import shutil
import threading
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile
from sound_files import FORMATS, cut, tone, write_sound

from sda_desktop.audio.analysis import Waveform, examine
from sda_desktop.audio.scan import FindingCode, ScanResult, SoundFile, find_sounds, scan
from sda_desktop.errors import BadInputError, Cancelled


def _codes(file: SoundFile) -> list[FindingCode]:
    return [finding.code for finding in file.findings]


def _names(files: tuple[SoundFile, ...]) -> list[str]:
    return [file.path.name for file in files]


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_the_facts_of_a_sound(tmp_path: Path, suffix: str) -> None:
    sound = tone(1.0, 48_000, channels=2, peak=0.5)
    path = write_sound(tmp_path / f"a{suffix}", sound, 48_000)
    file = examine(path)
    assert (file.path, file.usable, file.findings) == (path, True, ())
    assert (file.sample_rate_hz, file.channels, file.duration_s) == (48_000, 2, 1.0)
    assert file.size_bytes == path.stat().st_size
    assert file.mtime_ns == path.stat().st_mtime_ns
    lossy = 0.5 if FORMATS[suffix][1] in ("VORBIS", "OPUS", "MPEG_LAYER_III") else 0.01
    assert file.peak_db == pytest.approx(-6.02, abs=lossy)
    assert file.rms_db == pytest.approx(20 * math.log10(np.sqrt(np.mean(sound**2))), abs=lossy)
    assert len(file.content_hash) == 64


def test_levels_of_a_full_scale_sine(tmp_path: Path) -> None:
    sine = np.sin(2 * np.pi * 1_000 * np.arange(44_100) / 44_100)[None].astype(np.float32)
    file = examine(write_sound(tmp_path / "a.wav", sine, subtype="FLOAT"))
    assert file.peak_db == pytest.approx(0.0, abs=0.01)
    assert file.rms_db == pytest.approx(-3.01, abs=0.01)
    assert file.bit_depth == 32


@pytest.mark.parametrize("frames", [2_300, 44_100, 200_001])
def test_the_thumbnail_is_the_envelope_of_the_mono_mix(tmp_path: Path, frames: int) -> None:
    rising = np.linspace(0, 0.9, frames) * np.where(np.arange(frames) % 2, 1.0, -0.5)
    sound = np.stack([rising, np.zeros(frames)]).astype(np.float32)
    low, high = examine(write_sound(tmp_path / "a.wav", sound, subtype="FLOAT")).thumbnail
    assert (low.shape, high.shape, low.dtype) == ((128,), (128,), np.float32)
    expected = np.linspace(0, 0.45, 129)
    np.testing.assert_allclose(high, expected[1:], atol=0.005)
    np.testing.assert_allclose(low, -0.5 * expected[1:], atol=0.005)


@pytest.mark.parametrize("announced", [0, 1, 44_100 * 40, 1 << 50])
def test_the_thumbnail_is_right_whatever_length_the_header_announces(announced: int) -> None:
    waveform = Waveform(announced)
    for second in range(40):
        waveform.hear(tone(1.0, peak=0.1 if second < 20 else 0.8)[0])
    low, high = waveform.thumbnail()
    assert high[:60].max() < 0.12 < 0.75 < high[68:].min()
    assert low[:60].min() > -0.12 > -0.75 > low[68:].max()


def test_each_problem_is_a_finding_and_not_an_exception(tmp_path: Path) -> None:
    write_sound(tmp_path / "good.wav")
    write_sound(tmp_path / "empty.wav", np.zeros((1, 0), np.float32))
    write_sound(tmp_path / "silent.wav", np.full((2, 44_100), 0.00005, np.float32), subtype="FLOAT")
    write_sound(tmp_path / "short.wav", tone(0.049))
    nan = tone()
    nan[0, 1_000] = np.nan
    write_sound(tmp_path / "nan.wav", nan, subtype="FLOAT")
    write_sound(tmp_path / "inf.wav", np.where(np.isnan(nan), -np.inf, nan), subtype="FLOAT")
    cut(write_sound(tmp_path / "cut.flac", tone(3.0)), 0.5)
    (tmp_path / "text.wav").write_text("not a sound")
    (tmp_path / "nothing.mp3").write_bytes(b"")
    (tmp_path / "other.m4a").write_bytes(b"x")
    result = scan([tmp_path])
    assert {file.path.stem: _codes(file) for file in result.files} == {
        "good": [],
        "empty": [FindingCode.EMPTY],
        "silent": [FindingCode.SILENT],
        "short": [FindingCode.TOO_SHORT],
        "nan": [FindingCode.NOT_FINITE],
        "inf": [FindingCode.NOT_FINITE],
        "cut": [FindingCode.TRUNCATED],
        "text": [FindingCode.UNREADABLE],
        "nothing": [FindingCode.UNREADABLE],
        "other": [FindingCode.UNSUPPORTED],
    }
    assert _names(result.usable) == ["good.wav"]
    assert result.total_s == 0.5
    for file in result.files:
        for finding in file.findings:
            assert finding.is_error
            assert finding.message.startswith("It ")
            assert finding.message.endswith(".")


def test_the_shortest_sound_that_is_kept_is_50_ms_long(tmp_path: Path) -> None:
    assert examine(write_sound(tmp_path / "a.wav", tone(0.05))).usable


def test_what_is_there_of_a_cut_off_sound_is_still_shown(tmp_path: Path) -> None:
    file = examine(cut(write_sound(tmp_path / "a.wav", tone(2.0)), 0.5))
    assert file.duration_s == pytest.approx(1.0, abs=0.01)
    assert file.peak_db == pytest.approx(-6, abs=0.1)
    assert np.abs(file.thumbnail).max() > 0.4
    assert file.content_hash == ""


def test_channels_that_cancel_out_in_mono_are_told_from_silence(tmp_path: Path) -> None:
    left = tone()
    file = examine(write_sound(tmp_path / "a.wav", np.concatenate([left, -left]), subtype="FLOAT"))
    assert _codes(file) == [FindingCode.SILENT]
    assert "cancel each other" in file.findings[0].message
    assert file.peak_db == pytest.approx(-6, abs=0.1)


@pytest.mark.parametrize(
    ("subtype", "full"), [("PCM_16", 1.0), ("PCM_24", 1.0), ("FLOAT", 1.0), ("FLOAT", 1.3)]
)
def test_clipping_is_a_warning_that_counts_the_places(tmp_path: Path, subtype: str, full: float) -> None:
    times_s = np.arange(44_100) / 44_100
    loud = np.clip(2 * np.sin(2 * np.pi * 10 * times_s), -1, 1)[None].astype(np.float32) * full
    file = examine(write_sound(tmp_path / "a.wav", loud, subtype=subtype))
    assert file.usable
    assert [(f.code, f.message) for f in file.findings] == [
        (FindingCode.CLIPPED, "It is clipped in 20 places.")
    ]


@pytest.mark.parametrize(("suffix", "subtype"), [(".wav", "PCM_U8"), (".mp3", None), (".ogg", None)])
def test_clipping_shows_through_coarse_steps_and_compression(
    tmp_path: Path, suffix: str, subtype: str | None
) -> None:
    times_s = np.arange(44_100) / 44_100
    loud = np.clip(4 * np.sin(2 * np.pi * 100 * times_s), -1, 1)[None].astype(np.float32)
    file = examine(write_sound(tmp_path / f"a{suffix}", loud, subtype=subtype))
    assert _codes(file) == [FindingCode.CLIPPED]


def test_a_plateau_across_two_blocks_is_one_place(tmp_path: Path) -> None:
    sound = np.zeros((1, 3 * 65_536), np.float32)
    sound[0, 65_534:65_539] = 1.0
    sound[0, 2 * 65_536 - 1 : 2 * 65_536 + 2] = -1.0
    file = examine(write_sound(tmp_path / "a.wav", sound))
    assert [f.message for f in file.findings] == ["It is clipped in 2 places."]


@pytest.mark.parametrize("hz", [20, 45, 100, 1_000])
@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24", "FLOAT"])
def test_a_sound_normalised_to_full_scale_is_not_clipped(tmp_path: Path, hz: int, subtype: str) -> None:
    sine = np.sin(2 * np.pi * hz * np.arange(44_100) / 44_100)[None].astype(np.float32)
    assert examine(write_sound(tmp_path / "a.wav", sine, subtype=subtype)).findings == ()


def test_float_sounds_beyond_full_scale_are_not_clipped(tmp_path: Path) -> None:
    assert examine(write_sound(tmp_path / "a.wav", tone(peak=4.0), subtype="FLOAT")).findings == ()


def test_numbers_near_the_end_of_the_range_do_no_harm(tmp_path: Path) -> None:
    huge = np.full((2, 44_100), 3e38, np.float32)
    huge[:, ::2] *= -1
    assert examine(write_sound(tmp_path / "a.wav", huge, subtype="FLOAT")).peak_db > 700


def test_exact_duplicates_are_found_by_content_not_by_name_or_format(tmp_path: Path) -> None:
    sound = np.round(tone() * 2**15) / np.float32(2**15)
    write_sound(tmp_path / "b.wav", sound)
    write_sound(tmp_path / "c.flac", sound)
    write_sound(tmp_path / "sub" / "b.wav", sound)
    write_sound(tmp_path / "x.wav", sound, rate_hz=48_000)
    write_sound(tmp_path / "y.wav", np.concatenate([sound, sound]))
    result = scan([tmp_path])
    marked = {str(f.path.relative_to(tmp_path)): f.findings for f in result.files}
    assert [name for name, findings in marked.items() if findings] == ["c.flac", "sub/b.wav"]
    assert marked["c.flac"][0].message == "It is an exact copy of b.wav."
    assert marked["sub/b.wav"][0].message == f"It is an exact copy of {tmp_path.name}/b.wav."
    assert all(file.usable for file in result.files)
    by_name = {f.path.name: f.content_hash for f in result.files}
    assert by_name["c.flac"] == by_name["b.wav"] != by_name["x.wav"]


def test_two_silences_are_not_called_copies(tmp_path: Path) -> None:
    for name in ("a.wav", "b.wav"):
        write_sound(tmp_path / name, np.zeros((1, 44_100), np.float32))
    assert [_codes(file) for file in scan([tmp_path]).files] == [[FindingCode.SILENT]] * 2


def test_each_file_is_reported_as_it_is_done_in_the_calling_thread(tmp_path: Path) -> None:
    for number in range(20):
        write_sound(tmp_path / f"{number}.wav", tone(hz=200 + number))
    (tmp_path / "other.wma").write_bytes(b"x")
    seen: list[tuple[str, int, int]] = []
    threads = set()

    def on_file(file: SoundFile, done: int, total: int) -> None:
        seen.append((file.path.name, done, total))
        threads.add(threading.current_thread())

    result = scan([tmp_path], on_file=on_file)
    assert [(done, total) for _, done, total in seen] == [(n, 21) for n in range(1, 22)]
    assert sorted(name for name, _, _ in seen) == sorted(_names(result.files))
    assert threads == {threading.current_thread()}
    assert [f.path for f in result.files] == sorted(f.path for f in result.files)
    assert result.sources == (tmp_path,)


def test_an_error_in_the_callback_ends_the_scan(tmp_path: Path) -> None:
    for number in range(5):
        write_sound(tmp_path / f"{number}.wav")

    def on_file(_file: SoundFile, _done: int, _total: int) -> None:
        raise KeyError("of the caller")

    with pytest.raises(KeyError, match="of the caller"):
        scan([tmp_path], on_file=on_file)
    assert not [t for t in threading.enumerate() if t.name.startswith("scan")]


def test_files_that_vanish_during_the_scan_are_findings(tmp_path: Path) -> None:
    for number in range(40):
        write_sound(tmp_path / f"{number:02}.wav", tone(hz=200 + number))
    write_sound(tmp_path / "zz" / "last.wav")

    def on_file(_file: SoundFile, done: int, _total: int) -> None:
        if done == 1:
            shutil.rmtree(tmp_path / "zz")

    last = scan([tmp_path], on_file=on_file).files[-1]
    assert _codes(last) == [FindingCode.UNREADABLE]
    assert "no longer there" in last.findings[0].message


def test_a_scan_stops_between_two_files(tmp_path: Path) -> None:
    for number in range(60):
        write_sound(tmp_path / f"{number}.wav")
    stop = threading.Event()
    seen: list[int] = []

    def on_file(_file: SoundFile, done: int, _total: int) -> None:
        seen.append(done)
        stop.set()

    with pytest.raises(Cancelled):
        scan([tmp_path], on_file=on_file, stop=stop)
    assert len(seen) <= 8


class _StopAfter(threading.Event):
    """Says stop when it is asked for the given time."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.left = looks

    def is_set(self) -> bool:
        self.left -= 1
        return self.left <= 0


def test_a_long_file_is_left_within_one_block(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", tone(30.0))
    stop = _StopAfter(3)
    with pytest.raises(Cancelled):
        examine(path, stop)
    assert stop.left == 0


def test_stopping_does_not_wait_for_a_long_file(tmp_path: Path) -> None:
    write_sound(tmp_path / "a.wav")
    with soundfile.SoundFile(tmp_path / "long.ogg", "w", 48_000, 2, format="OGG", subtype="VORBIS") as long:
        noise = 0.1 * np.random.default_rng(1).standard_normal((48_000, 2))
        for _ in range(40):
            long.write(noise)
    whole_s = time.perf_counter()
    examine(tmp_path / "long.ogg")
    whole_s = time.perf_counter() - whole_s
    stop = threading.Event()
    stopped_s = math.inf

    def on_file(_file: SoundFile, _done: int, _total: int) -> None:
        nonlocal stopped_s
        stopped_s = time.perf_counter()
        stop.set()

    with pytest.raises(Cancelled):
        scan([tmp_path], on_file=on_file, stop=stop)
    assert time.perf_counter() - stopped_s < max(0.2, whole_s / 3)


def test_a_long_file_is_never_held_whole(tmp_path: Path) -> None:
    frames = 44_100 * 240
    with soundfile.SoundFile(tmp_path / "long.wav", "w", 44_100, 2, subtype="PCM_16") as file:
        for start in range(0, frames, 441_000):
            file.write(np.full((441_000, 2), 0.1 + 0.5 * start / frames, np.float32))
    tracemalloc.start()
    try:
        sound = examine(tmp_path / "long.wav")
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sound.duration_s == 240
    assert peak_bytes < 12e6  # of 85 MB


def test_scanning_changes_nothing(tmp_path: Path) -> None:
    write_sound(tmp_path / "a.wav")
    cut(write_sound(tmp_path / "b.flac"), 0.5)
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.iterdir()}
    scan([tmp_path])
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.iterdir()} == before


def _rates(tmp_path: Path, *rates_hz: int) -> ScanResult:
    for number, rate_hz in enumerate(rates_hz):
        write_sound(tmp_path / f"{number}.wav", tone(0.1, rate_hz, hz=100 + number), rate_hz)
    return scan([tmp_path])


@pytest.mark.parametrize(
    ("rates_hz", "expected_hz"),
    [
        ((44_100,), 44_100),
        ((48_000,), 48_000),
        ((48_000, 44_100), 44_100),
        ((96_000, 48_000, 44_100), 48_000),
        ((22_050, 11_025, 88_200, 48_000, 96_000), 44_100),
        ((32_000,), 48_000),
        ((16_000,), 48_000),
        ((8_000,), 48_000),
        ((192_000,), 48_000),
        ((176_400,), 44_100),
    ],
)
def test_the_model_rate_is_the_more_common_family(
    tmp_path: Path, rates_hz: tuple[int, ...], expected_hz: int
) -> None:
    assert _rates(tmp_path, *rates_hz).model_rate_hz == expected_hz


def test_files_left_out_do_not_vote_on_the_rate(tmp_path: Path) -> None:
    for number in range(3):
        write_sound(tmp_path / f"silent {number}.wav", np.zeros((1, 9_600), np.float32), 48_000)
    assert _rates(tmp_path, 44_100).model_rate_hz == 44_100


@pytest.mark.parametrize(
    ("different", "copies", "said"),
    [
        (0, 0, "There are no sounds here"),
        (1, 0, "Only 1 usable sound:"),
        (4, 0, "Only 4 usable sounds:"),
        (1, 5, "These 6 files hold the same sound"),
        (3, 3, "hold only 3 different sounds"),
        (5, 0, None),
    ],
)
def test_too_few_sounds_are_said_plainly(
    tmp_path: Path, different: int, copies: int, said: str | None
) -> None:
    for number in range(different):
        write_sound(tmp_path / f"{number}.wav", tone(0.1, hz=100 + number))
    for number in range(copies):
        write_sound(tmp_path / f"copy {number}.wav", tone(0.1, hz=100))
    notes = scan([tmp_path]).notes
    assert len(notes) == (said is not None)
    assert said is None or said in notes[0]


def test_a_folder_of_nothing_usable_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"x")
    result = scan([tmp_path])
    assert result.usable == ()
    assert result.total_s == 0
    assert "None of these sounds can be used" in result.notes[0]


def test_a_missing_source_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInputError):
        scan([tmp_path / "nowhere"])


def test_records_can_be_compared(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav")
    assert examine(path) == examine(path)


def test_real_sounds(sonic_pi_sounds: Path) -> None:
    result = scan([sonic_pi_sounds])
    assert len(result.files) == len(find_sounds([sonic_pi_sounds])[0]) >= 165
    too_short = [f.path.stem for f in result.files if not f.usable]
    assert too_short == ["elec_tick", "tabla_ke1", "tabla_ke2"]
    assert result.model_rate_hz == 44_100
    assert result.notes == ()
