"""Reading and writing sound files of every format, whole and broken."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from sound_files import FORMATS, cut, forget_flac_length, forget_mp3_length, set_data_size, tone, write_sound

from sda_desktop.audio.io import (
    SUPPORTED_SUFFIXES,
    TruncatedAudioError,
    UnreadableError,
    decode_blocks,
    probe,
    read_audio,
    resample,
    write_wav,
)
from sda_desktop.errors import AudioFileError, Cancelled, StorageError


def test_the_formats_made_here_are_all_that_the_app_reads() -> None:
    assert set(FORMATS) == SUPPORTED_SUFFIXES


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_probe_tells_what_the_header_says(tmp_path: Path, suffix: str) -> None:
    path = write_sound(tmp_path / f"täst{suffix.upper()}", tone(1.0, 48_000, channels=2), 48_000)
    form = probe(path)
    assert (form.sample_rate_hz, form.channels, form.frames) == (48_000, 2, 48_000)
    assert (form.container, form.subtype) == FORMATS[suffix]
    assert form.duration_s == 1.0
    depths = {"PCM_16": 16, "PCM_24": 24}
    assert form.bit_depth == depths.get(form.subtype)


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@pytest.mark.parametrize("block_frames", [1_000, 65_536])
def test_blocks_are_the_whole_sound_wherever_they_are_cut(
    tmp_path: Path, suffix: str, block_frames: int
) -> None:
    path = write_sound(tmp_path / f"a{suffix}", tone(3.0, 48_000, channels=2), 48_000)
    expected, _ = soundfile.read(path, dtype="float32")
    blocks = list(decode_blocks(path, block_frames))
    assert all(block.shape[0] == 2 and block.dtype == np.float32 for block in blocks)
    assert max(block.shape[1] for block in blocks) <= block_frames
    np.testing.assert_array_equal(np.concatenate(blocks, axis=1), expected.T)


def test_opus_gives_the_rate_it_is_decoded_at(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.opus", tone(0.5, 24_000), 24_000)
    samples, rate_hz = read_audio(path)
    assert (samples.shape, rate_hz) == ((1, 12_000), 24_000)
    data = bytearray(path.read_bytes())
    at = data.index(b"OpusHead") + 12
    data[at : at + 4] = (44_100).to_bytes(4, "little")  # as most encoders note of a CD's sound
    data[22:26] = _ogg_checksum(bytes(data[: data.index(b"OggS", 4)])).to_bytes(4, "little")
    path.write_bytes(data)
    samples, rate_hz = read_audio(path)
    assert (samples.shape, rate_hz) == ((1, 24_000), 48_000)


def _ogg_checksum(page: bytes) -> int:
    """CRC-32 of an Ogg page, its own field (bytes 22 to 25) taken as zero."""
    crc = 0
    for byte in page[:22] + bytes(4) + page[26:]:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C1_1DB7 if crc & 0x8000_0000 else 0)) & 0xFFFF_FFFF
    return crc


def test_the_end_of_a_flac_file_without_a_length_is_read(tmp_path: Path) -> None:
    sound = tone(2.0)
    path = forget_flac_length(write_sound(tmp_path / "piped.flac", sound))
    assert probe(path).frames == 0
    assert read_audio(path)[0].shape == sound.shape


def test_an_mp3_of_varying_rate_without_a_length_is_read_to_its_end(tmp_path: Path) -> None:
    loud_first = np.concatenate([tone(0.3), np.zeros((1, 44_100 * 6), np.float32), tone(0.3)], axis=1)
    path = forget_mp3_length(write_sound(tmp_path / "a.mp3", loud_first))
    assert soundfile.info(path).frames < 0.8 * loud_first.shape[1]  # what libsndfile believes
    samples, _ = read_audio(path)
    assert samples.shape[1] == pytest.approx(loud_first.shape[1], abs=3 * 1152)
    assert np.abs(samples[:, -44_100 // 2 :]).max() > 0.2


def test_an_mp3_without_a_length_may_end_in_a_tag_or_in_the_middle_of_a_frame(tmp_path: Path) -> None:
    path = forget_mp3_length(write_sound(tmp_path / "a.mp3", tone(1.0)))
    frames = read_audio(path)[0].shape[1]
    data = path.read_bytes()
    picture = bytes(100_000)
    ape = picture + b"APETAGEX" + struct.pack("<IIII", 2000, len(picture) + 32, 1, 0) + bytes(8)
    path.write_bytes(b"ID3\x04\0\0\0\0\x01\0" + bytes(128) + data + ape + b"TAG" + bytes(125))
    assert read_audio(path)[0].shape[1] == frames
    for missing in (100, 101, 102, 150):
        path.write_bytes(data[:-missing])
        assert read_audio(path)[0].shape[1] == pytest.approx(frames, abs=1152)


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@pytest.mark.parametrize("share", [0.6, 0.97])
def test_a_file_that_was_cut_off_is_named_as_such(tmp_path: Path, suffix: str, share: float) -> None:
    path = cut(write_sound(tmp_path / f"a{suffix}", tone(4.0, 48_000, channels=2), 48_000), share)
    with pytest.raises(TruncatedAudioError, match=r"^a\.\w+ is cut off") as caught:
        list(decode_blocks(path))
    assert caught.value.remedy


def test_a_wav_that_claims_more_than_there_is_gives_what_is_there_first(tmp_path: Path) -> None:
    path = set_data_size(write_sound(tmp_path / "a.wav", tone(0.5)), 1_000_000)
    blocks = decode_blocks(path)
    assert next(blocks).shape == (1, 22_050)
    with pytest.raises(TruncatedAudioError, match="about 96 % of it is missing"):
        next(blocks)


@pytest.mark.parametrize("size", [0xFFFF_FFFF, 0x7FFF_FFFF, 22_050 * 2 + 8])
def test_a_wav_with_a_placeholder_or_a_sloppy_size_is_whole(tmp_path: Path, size: int) -> None:
    path = set_data_size(write_sound(tmp_path / "a.wav", tone(0.5)), size)
    assert read_audio(path)[0].shape == (1, 22_050)


@pytest.mark.parametrize("suffix", [".flac", ".mp3", ".ogg", ".opus"])
def test_damage_in_the_middle_is_an_error(tmp_path: Path, suffix: str) -> None:
    path = write_sound(tmp_path / f"a{suffix}", tone(6.0, 48_000, channels=2), 48_000)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3_000] = bytes(3_000)
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match="damaged"):
        list(decode_blocks(path))


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_what_is_not_sound_is_an_error_with_a_sentence(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(np.random.default_rng(1).bytes(5_000))
    with pytest.raises(AudioFileError, match="cannot be read") as caught:
        probe(path)
    assert "libsndfile" not in caught.value.message.lower()
    assert caught.value.details
    path.write_bytes(b"")
    with pytest.raises(AudioFileError, match="empty file"):
        probe(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match=r"^gone\.wav is no longer there"):
        read_audio(tmp_path / "gone.wav")


def test_a_folder_is_no_sound(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="is not a file"):
        probe(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in the file system")
@pytest.mark.timeout(20)
def test_a_named_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(AudioFileError, match="is not a file"):
        probe(tmp_path / "pipe.wav")


def test_an_impossible_rate_is_refused(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", rate_hz=10)
    with pytest.raises(AudioFileError, match=r"impossible header \(10 Hz"):
        probe(path)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are always valid text there")
def test_a_name_that_is_not_valid_text_can_be_read_written_and_printed(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"na\xefve \xff.wav")
    write_wav(path, tone(), 44_100)
    assert read_audio(path)[0].shape == (1, 22_050)
    path.write_bytes(b"nothing")
    with pytest.raises(AudioFileError) as caught:
        read_audio(path)
    str(caught.value).encode()
    caught.value.details.encode()


def test_read_audio_mixes_and_resamples_like_the_whole_at_once(tmp_path: Path) -> None:
    sound = tone(4.0, 48_000, channels=2)
    path = write_sound(tmp_path / "a.wav", sound, 48_000, subtype="FLOAT")
    samples, rate_hz = read_audio(path, 44_100)
    expected = soxr.resample(sound.mean(axis=0), 48_000, 44_100, quality="HQ")
    assert rate_hz == 44_100
    np.testing.assert_allclose(samples[0], expected, atol=1e-6)
    stereo, _ = read_audio(path, 44_100, mono=False)
    np.testing.assert_allclose(stereo, resample(sound, 48_000, 44_100), atol=1e-6)


def test_read_audio_stops_before_the_next_block(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav")
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        read_audio(path, stop=stop)


def test_resampling_keeps_the_pitch() -> None:
    sound = tone(1.0, 44_100, hz=1_000)
    for rate_hz in (8_000, 48_000, 96_000):
        spectrum = np.abs(np.fft.rfft(resample(sound, 44_100, rate_hz)[0]))
        assert np.argmax(spectrum) == pytest.approx(1_000, abs=1)


@pytest.mark.parametrize(("subtype", "step"), [("PCM_16", 2**-15), ("PCM_24", 2**-23), ("FLOAT", 1e-9)])
def test_written_sounds_come_back(tmp_path: Path, subtype: str, step: float) -> None:
    sound = tone(0.5, channels=2)
    path = tmp_path / "new folder" / "ä b.wav"
    write_wav(path, sound, 48_000, subtype=subtype)
    samples, rate_hz = read_audio(path, mono=False)
    assert (rate_hz, probe(path).subtype) == (48_000, subtype)
    np.testing.assert_allclose(samples, sound, atol=step)
    assert [p.name for p in path.parent.iterdir()] == ["ä b.wav"]


def test_what_is_too_loud_is_limited_and_never_wraps(tmp_path: Path) -> None:
    sound = np.array([1.5, -1.5, 0.5, 1.0, -1.0, 100.0], np.float32)
    for subtype in ("PCM_16", "PCM_24"):
        write_wav(tmp_path / "a.wav", sound, 44_100, subtype=subtype)
        samples, _ = read_audio(tmp_path / "a.wav")
        np.testing.assert_allclose(samples[0], [1, -1, 0.5, 1, -1, 1], atol=1e-4)
    write_wav(tmp_path / "a.wav", sound, 44_100, subtype="FLOAT")
    np.testing.assert_array_equal(read_audio(tmp_path / "a.wav")[0][0], sound)


def test_samples_that_are_not_numbers_are_not_written(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", tone(), 44_100)
    before = (tmp_path / "a.wav").read_bytes()
    with pytest.raises(AudioFileError, match="not numbers"):
        write_wav(tmp_path / "a.wav", np.array([0.0, np.nan], np.float32), 44_100)
    assert (tmp_path / "a.wav").read_bytes() == before


FULL_DISK = """
import resource, sys
from pathlib import Path
import numpy as np
from sda_desktop.audio.io import write_wav
from sda_desktop.errors import StorageError

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_wav(Path(sys.argv[1]), np.zeros(1_000_000, np.float32), 44_100)
except StorageError as error:
    sys.exit(error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
def test_a_full_disk_is_an_error_and_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "The disk is full" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["a.wav"]
    assert path.read_bytes() == b"old"


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError):
        write_wav(tmp_path / "file" / "a.wav", tone(), 44_100)
