"""The corpora of the benchmarks: which sounds they hold, and that they are made once and alike."""

from __future__ import annotations

import shutil
from pathlib import Path

import corpora
import numpy as np
import pytest
import soundfile

RATE_HZ = 44_100


def _sine(hz: float, seconds: float = 0.5) -> corpora.Samples:
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return (0.25 * np.sin(2 * np.pi * hz * times)).astype(np.float32)[:, None]


def _rms_db(sound: corpora.Samples) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(sound[2000:-2000] ** 2))))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Six sounds of 0.5 to 3 s."""
    made = []
    for number, seconds in enumerate((0.5, 3.0, 0.5, 2.5, 0.5, 0.6)):
        made.append(tmp_path / "sounds" / f"{number}.wav")
        made[-1].parent.mkdir(exist_ok=True)
        soundfile.write(made[-1], _sine(200 * (number + 1), seconds), RATE_HZ)
    return made


def test_every_eighth_file_by_name_is_held_out() -> None:
    files = [Path(f"place {9 - n % 10}") / f"{n:02d}.wav" for n in range(17)]
    training, held_out = corpora.held_out_split(files[::-1])
    assert [path.stem for path in held_out] == ["00", "08", "16"]
    assert sorted(training + held_out, key=lambda path: path.name) == files


@pytest.mark.parametrize("seed", range(5))
def test_subsets_lie_within_each_other_and_the_smallest_can_be_sliced(files: list[Path], seed: int) -> None:
    subsets = [corpora.subset(files[::-1], count, seed) for count in (1, 3, 5)]
    assert [len(chosen) for chosen in subsets] == [1, 3, 5]
    assert set(subsets[0]) < set(subsets[1]) < set(subsets[2])
    assert soundfile.info(subsets[0][0]).duration >= 2.0
    assert corpora.subset(files, 3, seed) == subsets[1]


def test_more_files_than_there_are_cannot_be_chosen(files: list[Path]) -> None:
    with pytest.raises(ValueError, match="7 of 6"):
        corpora.subset(files, 7, 0)


@pytest.mark.parametrize(("hz", "expected_db"), [(62.5, -6.0), (250.0, -3.0), (1000.0, 0.0), (16_000.0, 6.0)])
def test_a_tilt_is_a_straight_line_over_the_octaves(hz: float, expected_db: float) -> None:
    sound = _sine(hz)
    change_db = _rms_db(corpora.tilted(sound, RATE_HZ, 6.0)) - _rms_db(sound)
    assert change_db == pytest.approx(expected_db, abs=0.1)


def test_an_octave_up_takes_half_as_long() -> None:
    assert len(corpora.varispeed(_sine(300), 12.0)) == pytest.approx(RATE_HZ / 4, abs=2)


def test_a_union_begins_with_the_files_and_goes_on_with_variations(tmp_path: Path, files: list[Path]) -> None:
    made = corpora.union(tmp_path / "union", files, 8)
    assert len(made) == 8
    original = soundfile.read(files[0], always_2d=True)[0]
    same, varied = (soundfile.read(path, always_2d=True)[0] for path in made[:2])
    assert np.abs(same - original).max() < 1e-4
    assert len(varied) != len(original)


def test_what_was_made_is_found_again_and_made_anew_by_another_recipe(
    tmp_path: Path, files: list[Path]
) -> None:
    first = corpora.union(tmp_path / "union", files, 7)
    first[0].write_bytes(b"kept")
    assert corpora.union(tmp_path / "union", files, 7) == first
    assert first[0].read_bytes() == b"kept"
    assert len(corpora.union(tmp_path / "union", files, 6)) == 6
    assert first[0].read_bytes() != b"kept"


def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(
    tmp_path: Path, files: list[Path]
) -> None:
    with pytest.raises(FileExistsError, match="choose an empty folder"):
        corpora.union(files[0].parent, files, 7)
    assert all(path.exists() for path in files)


def test_one_shots_keep_their_length_and_textures_are_cut(tmp_path: Path) -> None:
    decay = np.exp(-np.arange(round(0.4 * RATE_HZ)) / (0.03 * RATE_HZ)).astype(np.float32)[:, None]
    hit, drone = _sine(400, 0.4) * decay, _sine(100, 1.2)
    assert corpora.falls(hit)
    assert not corpora.falls(drone)
    for name, sound in (("hit", hit), ("drone", drone)):
        soundfile.write(tmp_path / f"{name}.wav", sound, RATE_HZ)
    made = corpora.lengths(tmp_path / "lengths", sorted(tmp_path.glob("*.wav")))
    assert [path.name for path in made] == [
        "one-shot 0.40 s hit.flac",
        "texture 0.25 s drone.flac",
        "texture 0.50 s drone.flac",
        "texture 1.00 s drone.flac",
    ]
    assert soundfile.info(made[0]).frames == len(hit)
    assert soundfile.info(made[3]).frames == RATE_HZ


def test_a_midi_file_holds_the_note_in_milliseconds() -> None:
    data = corpora.midi_file(corpora.Note(program=40, key=60, velocity=100, seconds=0.3))
    assert data[:14] == b"MThd\0\0\0\x06\0\0\0\x01\x03\xe8"
    track = data[22:]
    assert data[14:22] == b"MTrk" + len(track).to_bytes(4, "big")
    # 300 ticks are 2 * 128 + 44, and 4000 are 31 * 128 + 32.
    assert b"\x00\xc0\x28\x00\x90\x3c\x64\x82\x2c\x80\x3c\x40\x9f\x20\xb0" in track
    assert track.endswith(b"\x00\xff\x2f\x00")


@pytest.mark.parametrize(("make", "package"), [(corpora.speech, "espeak-ng"), (corpora.notes, "fluidsynth")])
def test_a_missing_program_is_named_with_its_package_and_leaves_no_corpus(
    make: object, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert callable(make)
    for _ in range(2):
        with pytest.raises(corpora.MissingTool, match=f"apt-get install {package}"):
            make(tmp_path / "made", 2)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_speech_is_the_same_every_time_and_ends_with_its_sound(tmp_path: Path) -> None:
    first, second = (corpora.speech(tmp_path / name, 4) for name in ("first", "second"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert len({path.read_bytes() for path in first}) == 4
    for path in first:
        sound = soundfile.read(path)[0]
        assert abs(sound[-1]) >= 0.9 * corpora.TRIM_BELOW * np.abs(sound).max()


@pytest.mark.skipif(
    shutil.which("fluidsynth") is None or not any(path.exists() for path in corpora.SOUNDFONTS),
    reason="fluidsynth or a soundfont is not installed",
)
def test_notes_are_the_same_every_time_and_of_different_instruments(tmp_path: Path) -> None:
    first, second = (corpora.notes(tmp_path / name, 2) for name in ("first", "second"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert len({path.name.split()[2] for path in first}) == 2
    assert all(soundfile.info(path).duration > 0.05 for path in first)
