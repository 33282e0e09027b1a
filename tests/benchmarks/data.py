"""How fast sounds are scanned, decoded and read back, and with how much memory.  Run by hand:

python tests/benchmarks/data.py scan --files 500
python tests/benchmarks/data.py cache --hours 10
python tests/benchmarks/data.py demo
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
import soundfile

from sda_desktop.audio import scan as scan_module
from sda_desktop.audio.cache import SoundCache
from sda_desktop.audio.demo import RECIPES, ensure_demo_sounds
from sda_desktop.audio.scan import scan

FORMATS = (
    ("wav", "WAV", "PCM_24"),
    ("wav", "WAV", "PCM_16"),
    ("flac", "FLAC", "PCM_16"),
    ("aif", "AIFF", "PCM_24"),
    ("ogg", "OGG", "VORBIS"),
    ("mp3", "MP3", "MPEG_LAYER_III"),
)
CROP_FRAMES = 88_200


def main() -> None:
    """Read the options and run one benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=("scan", "cache", "demo"))
    parser.add_argument("--files", type=int, default=500, help="short files to scan")
    parser.add_argument("--hours", type=float, default=1.0, help="hours of sound to decode into the cache")
    parser.add_argument("--rate", type=int, default=48_000, help="rate to resample 44.1 kHz to, in Hz")
    parser.add_argument("--folder", type=Path, default=None, help="where to put the files (a real disk)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        os.environ["SDA_DESKTOP_HOME"] = folder
        if options.what == "scan":
            _scan(Path(folder) / "sounds", options.files)
        elif options.what == "cache":
            _cache(Path(folder), options.hours, options.rate)
        else:
            with _timed(f"{len(RECIPES)} demo sounds"):
                ensure_demo_sounds()


@contextmanager
def _timed(what: str) -> Iterator[None]:
    """Print how long the block took and the most memory the process held meanwhile."""
    process = psutil.Process()
    before = most = process.memory_info().rss
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.01):
            most = max(most, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.perf_counter()
    yield
    seconds = time.perf_counter() - started
    done.set()
    watcher.join()
    grown = (most - before) / 1e6
    print(f"{what}: {seconds:.2f} s, at most {most / 1e6:.0f} MB resident ({grown:+.0f} MB)")


def _scan(folder: Path, files: int) -> None:
    """Scan short stereo sounds of every format, with one, two and four threads."""
    folder.mkdir()
    rng = np.random.default_rng(1)
    for number in range(files):
        suffix, container, subtype = FORMATS[number % len(FORMATS)]
        noise = 0.1 * rng.standard_normal((int(44_100 * rng.uniform(0.3, 3.7)), 2))
        soundfile.write(folder / f"{number:04}.{suffix}", noise, 44_100, subtype, format=container)
    megabytes = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    print(f"{files} stereo files of 0.3 to 3.7 s, {megabytes:.0f} MB, {len(FORMATS)} formats")
    for workers in (1, 2, 4):
        scan_module.WORKERS = workers
        listed_s: list[float] = []
        began = time.perf_counter()
        with _timed(f"scan with {workers} threads"):
            result = scan([folder], on_found=lambda _: listed_s.append(time.perf_counter() - began))  # noqa: B023
        print(f"  all names known after {listed_s[0]:.2f} s")
        assert len(result.usable) == files


def _cache(folder: Path, hours: float, rate_hz: int) -> None:
    """Decode hours of stereo sound, then read crops all over it."""
    hour = folder / "hour.wav"
    second = (0.1 * np.random.default_rng(1).standard_normal((44_100, 2))).astype(np.float32)
    with soundfile.SoundFile(hour, "w", 44_100, 2, subtype="PCM_16") as file:
        for _ in range(round(3_600 * min(1.0, hours))):
            file.write(second)
    sources = [hour]
    for number in range(1, round(hours)):
        sources.append(folder / f"hour {number}.wav")
        os.link(hour, sources[-1])
    cache = SoundCache(folder / "cache")
    with _timed(f"scan of {hours:g} h"):
        scan(sources)
    with _timed(f"decoding {hours:g} h of stereo from 44100 to {rate_hz} Hz"):
        sounds = [cache.load(path, rate_hz) for path in sources]
    with _timed("loading them again"):
        sounds = [cache.load(path, rate_hz) for path in sources]
    rng = np.random.default_rng(1)
    for turn in ("first", "second"):
        count = 2_000
        with _timed(f"{count} random crops of 2 s, {turn} time"):
            for _ in range(count):
                sound = sounds[int(rng.integers(len(sounds)))]
                sound.read(int(rng.integers(sound.frames)), CROP_FRAMES)


if __name__ == "__main__":
    main()
