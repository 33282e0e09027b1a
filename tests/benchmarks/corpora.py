"""Corpora that the benchmarks train on: real samples, parts and variations of them, speech and notes.

    python tests/benchmarks/corpora.py speech|notes|union|lengths FOLDER [--count 200]

Everything is made once into a folder of the caller's and found there afterwards; the same call makes the same
sounds with the same version of the tool that sings or speaks them.  A program or a soundfont that is missing
is named with its Debian package; none of them is part of the project's own set-up.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

SONIC_PI = Path("/usr/share/sonic-pi/samples")
SOUNDFONTS = (
    Path("/usr/share/sounds/sf2/FluidR3_GM.sf2"),
    Path("/usr/share/sounds/sf2/TimGM6mb.sf2"),
    Path("/usr/share/sounds/sf2/default-GM.sf2"),
)
RATE_HZ = 44_100
HELD_OUT_EVERY = 8
ONE_SHOTS_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0)  # wished for; a one-shot keeps its own length
TEXTURES_S = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
FALLING_DB = 12.0  # a sound whose last quarter is that much quieter than its loudest is a one-shot
RELEASE_S = 4.0  # rendered after the release of a note
TRIM_BELOW = 1e-3  # of the peak: what follows the last sample above is trailing silence
# Language, and words to be said in it.
WORDS = {
    "en-gb": "morning river copper seven whisper engine lantern thunder paper orchard velvet stone",
    "en-us": "window harbor yellow twelve motor garden silver mountain pocket winter jump bottle",
    "de": "Fenster Wasser Brücke sieben Schatten Kupfer Garten Strasse leise Donner Zucker Vogel",
    "fr": "fenêtre rivière cuivre sept ombre jardin chanson lumière doucement tonnerre oiseau pain",
    "it": "finestra fiume rame sette ombra giardino canzone luce piano tuono uccello zucchero",
    "es": "ventana río cobre siete sombra jardín canción lluvia despacio trueno pájaro azúcar",
    "sv": "fönster flod koppar sju skugga trädgård visa ljus sakta åska fågel socker",
    "pl": "okno rzeka miedź siedem cień ogród piosenka światło powoli grzmot ptak cukier",
    "fi": "ikkuna joki kupari seitsemän varjo puutarha laulu valo hiljaa ukkonen lintu sokeri",
}
VARIANTS = ("", "+f1", "+f2", "+f3", "+f4", "+f5", "+m1", "+m2", "+m3", "+m4", "+m5", "+m6", "+m7", "+croak")
MADE = "made.json"  # what a folder was made from; written last, so that half a corpus is never taken for one
Samples = NDArray[np.float32]  # (frames, channels)


class MissingTool(RuntimeError):
    """Something that this machine lacks, with what to install."""


@dataclass(frozen=True, slots=True)
class Note:
    """One struck key of a General MIDI instrument."""

    program: int  # 0 to 127
    key: int  # 60 is middle C
    velocity: int  # 1 to 127
    seconds: float  # until it is released


def held_out_split(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Every 8th file by name is held out; returns the training files and those."""
    ordered = sorted(files, key=lambda path: path.name)
    held_out = ordered[::HELD_OUT_EVERY]
    return [path for path in ordered if path not in set(held_out)], held_out


def sonic_pi() -> list[Path]:
    """All of the 165 samples that come with Sonic Pi, by name.  Raises MissingTool."""
    files = sorted(SONIC_PI.glob("*.flac"), key=lambda path: path.name)
    if not files:
        raise MissingTool(f"There are no samples in {SONIC_PI}: apt-get install sonic-pi-samples")
    return files


def subset(files: Sequence[Path], count: int, seed: int) -> list[Path]:
    """So many of the files, by name.  A smaller subset lies within a larger one of the same seed.

    The only file of a subset of one is at least 2 s long: from a shorter one nothing can be held out.
    """
    if not 1 <= count <= len(files):
        raise ValueError(f"{count} of {len(files)} files cannot be chosen")
    ordered = sorted(files, key=lambda path: path.name)
    order = [ordered[i] for i in np.random.default_rng([seed, 1]).permutation(len(ordered))]
    first = next((path for path in order if soundfile.info(path).duration >= 2.0), order[0])
    order.remove(first)
    return sorted([first, *order[: count - 1]], key=lambda path: path.name)


def union(folder: Path, files: Sequence[Path], count: int, seed: int = 0) -> list[Path]:
    """The files themselves, and gentle variations of them until there are `count` sounds.

    A variation is played up to 2 semitones faster or slower and tilted by up to 6 dB towards the bass or the
    treble around 1 kHz.
    """

    def make(place: Path) -> None:
        ordered = sorted(files, key=lambda path: path.name)
        for number in range(count):
            path = ordered[number % len(ordered)]
            sound, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
            if number >= len(ordered):
                rng = np.random.default_rng([seed, 2, number])
                sound = tilted(varispeed(sound, rng.uniform(-2, 2)), rate_hz, rng.uniform(-6, 6))
            soundfile.write(place / f"{path.stem} {number:03d}.flac", _peak_within(sound, 1.0), rate_hz)

    return _made_once(folder, {"union": [str(path) for path in files], "count": count, "seed": seed}, make)


def lengths(folder: Path, files: Sequence[Path]) -> list[Path]:
    """Sounds of about 0.05 to 8 s: one-shots as long as they are, and cuts from the middle of textures.

    A name begins with "one-shot" or "texture".  No file serves twice as a one-shot.
    """

    def make(place: Path) -> None:
        sounds = {path: soundfile.read(path, dtype="float32", always_2d=True) for path in sorted(files)}
        falling = {path for path, (sound, _) in sounds.items() if falls(sound)}
        seconds = {path: len(sound) / rate_hz for path, (sound, rate_hz) in sounds.items()}
        unused = {path for path in falling if seconds[path] <= 8.0}
        for wanted_s in ONE_SHOTS_S:
            if unused:
                path = min(sorted(unused), key=lambda path: abs(np.log(seconds[path] / wanted_s)))
                unused.remove(path)
                soundfile.write(place / f"one-shot {seconds[path]:.2f} s {path.stem}.flac", *sounds[path])
        steady = [path for path in sounds if path not in falling]
        for wanted_s in TEXTURES_S:
            fitting = [path for path in steady if seconds[path] >= wanted_s]
            if fitting:
                path = min(fitting, key=lambda path: seconds[path] - wanted_s)
                sound, rate_hz = sounds[path]
                frames = round(wanted_s * rate_hz)
                start = (len(sound) - frames) // 2
                name = f"texture {wanted_s:.2f} s {path.stem}.flac"
                soundfile.write(place / name, sound[start : start + frames], rate_hz)

    return _made_once(folder, {"lengths": [str(path) for path in sorted(files)]}, make)


def falls(sound: Samples) -> bool:
    """Whether the last quarter is much quieter than the loudest one: a one-shot rather than a texture."""
    levels = [float(np.mean(np.square(part, dtype=np.float64))) for part in np.array_split(sound, 4)]
    return max(levels[-1], 1e-12) < 10 ** (-FALLING_DB / 10) * max(*levels, 1e-12)


def speech(folder: Path, count: int = 200) -> list[Path]:
    """One to four words each, in several languages, voices, pitches and speeds, by espeak-ng.

    Raises MissingTool.
    """

    def make(place: Path) -> None:
        program = _program("espeak-ng", "espeak-ng")
        said: set[tuple[str, ...]] = set()
        rng = np.random.default_rng(5)
        while len(said) < count:
            language = sorted(WORDS)[len(said) % len(WORDS)]
            words = tuple(rng.choice(WORDS[language].split(), size=int(rng.integers(1, 5)), replace=False))
            voice = language + VARIANTS[int(rng.integers(len(VARIANTS)))]
            pitch, speed = int(rng.integers(15, 85)), int(rng.integers(110, 240))
            if (voice, *words) in said:
                continue
            target = place / f"{len(said):03d} {voice}.wav"
            options = ["-v", voice, "-p", str(pitch), "-s", str(speed), "-z", "-w", str(target)]
            subprocess.run([program, *options, " ".join(words)], check=True, capture_output=True)
            _trim(target)
            said.add((voice, *words))

    return _made_once(folder, {"speech": count}, make)


def notes(folder: Path, count: int = 200) -> list[Path]:
    """Single notes of many General MIDI instruments, keys and strengths with their release, by fluidsynth.

    Raises MissingTool.
    """

    def make(place: Path) -> None:
        program = _program("fluidsynth", "fluidsynth")
        soundfont = next((path for path in SOUNDFONTS if path.exists()), None)
        if soundfont is None:
            raise MissingTool("There is no General MIDI soundfont: apt-get install timgm6mb-soundfont")
        rng = np.random.default_rng(6)
        made = tried = 0
        while made < count:
            # 37 and 128 have no divisor in common: every instrument comes once before any comes twice.
            seconds = float(np.exp(rng.uniform(np.log(0.3), np.log(4.0))))
            note = Note(37 * tried % 128, int(rng.integers(30, 91)), int(rng.integers(50, 121)), seconds)
            tried += 1
            target = place / f"{made:03d} program {note.program} key {note.key}.wav"
            with tempfile.TemporaryDirectory() as scratch:
                midi = Path(scratch) / "note.mid"
                midi.write_bytes(midi_file(note))
                options = ["-q", "-n", "-i", "-R", "0", "-C", "0", "-g", "0.8", "-r", str(RATE_HZ)]
                command = [program, *options, "-F", str(target), str(soundfont), str(midi)]
                subprocess.run(command, check=True, capture_output=True)
            if _trim(target):
                made += 1
            elif tried > 10 * count:
                raise RuntimeError(f"{soundfont} makes no sound")

    return _made_once(folder, {"notes": count}, make)


def midi_file(note: Note) -> bytes:
    """A standard MIDI file of one note, a thousand ticks to the second, with time for its release."""

    def later(ticks: int) -> bytes:
        """A variable-length quantity: seven bits to a byte, all but the last with the highest bit set."""
        parts = [ticks & 0x7F]
        while ticks := ticks >> 7:
            parts.append(ticks & 0x7F | 0x80)
        return bytes(reversed(parts))

    events = [
        (0, bytes([0xFF, 0x51, 3]) + (1_000_000).to_bytes(3, "big")),  # microseconds to the quarter note
        (0, bytes([0xC0, note.program])),
        (0, bytes([0x90, note.key, note.velocity])),
        (round(1000 * note.seconds), bytes([0x80, note.key, 64])),
        (round(1000 * RELEASE_S), bytes([0xB0, 0x7B, 0])),  # all notes off: keeps the player at it until then
        (0, bytes([0xFF, 0x2F, 0])),
    ]
    track = b"".join(later(ticks) + event for ticks, event in events)
    division = 1000
    header = b"MThd" + (6).to_bytes(4, "big") + bytes([0, 0, 0, 1]) + division.to_bytes(2, "big")
    return header + b"MTrk" + len(track).to_bytes(4, "big") + track


def _trim(path: Path) -> bool:
    """Cut trailing silence off a file and mix it down; an empty one is deleted.  Whether it still exists."""
    sound, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    mono = sound.mean(1)
    peak = float(np.abs(mono).max(initial=0.0))
    if peak < TRIM_BELOW:
        path.unlink()
        return False
    end = int(np.flatnonzero(np.abs(mono) > TRIM_BELOW * peak)[-1]) + 1
    soundfile.write(path, mono[:end] / max(1.0, peak), rate_hz)
    return True


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise MissingTool(f"{name} is not installed: apt-get install {package}")
    return found


def varispeed(sound: Samples, semitones: float) -> Samples:
    """Played faster (up) or slower (down): pitch and speed together."""
    changed: Samples = soxr.resample(sound, 2 ** (semitones / 12), 1.0, quality="HQ")
    return changed


def tilted(sound: Samples, rate_hz: int, tilt_db: float) -> Samples:
    """Brighter by tilt_db at 16 kHz and darker by as much at 62.5 Hz; a straight line over the octaves."""
    spectrum = np.fft.rfft(sound, axis=0)
    frequencies = np.fft.rfftfreq(len(sound), 1 / rate_hz)
    octaves = np.log2(np.clip(frequencies, 62.5, 16_000) / 1000)
    gain = 10 ** (tilt_db / 4 * octaves / 20)
    result: Samples = np.fft.irfft(spectrum * gain[:, None], len(sound), axis=0).astype(np.float32)
    return result


def _peak_within(sound: Samples, ceiling: float) -> Samples:
    """Turned down as a whole where it would clip."""
    return sound * np.float32(min(1.0, ceiling / max(float(np.abs(sound).max(initial=0.0)), 1e-9)))


def _made_once(folder: Path, recipe: dict[str, object], make: Callable[[Path], None]) -> list[Path]:
    """The sounds of the folder, made now unless they were by the same recipe.

    Raises FileExistsError where the folder holds anything else: nothing of a user's is ever deleted.
    """
    note = folder / MADE
    if not note.exists() or json.loads(note.read_text(encoding="utf-8")) != recipe:
        if folder.exists() and not note.exists() and any(folder.iterdir()):
            raise FileExistsError(f"{folder} holds something else: choose an empty folder")
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        make(folder)
        note.write_text(json.dumps(recipe), encoding="utf-8")
    return sorted((path for path in folder.iterdir() if path.name != MADE), key=lambda path: path.name)


def main() -> None:
    """Make one corpus and tell what it holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=("speech", "notes", "union", "lengths"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    arguments = parser.parse_args()
    try:
        if arguments.what == "speech":
            files = speech(arguments.folder, arguments.count)
        elif arguments.what == "notes":
            files = notes(arguments.folder, arguments.count)
        elif arguments.what == "union":
            files = union(arguments.folder, held_out_split(sonic_pi())[0], arguments.count)
        else:
            files = lengths(arguments.folder, sonic_pi())
    except (MissingTool, FileExistsError) as problem:
        sys.exit(str(problem))
    seconds = [soundfile.info(path).duration for path in files]
    print(f"{len(files)} files of {min(seconds):.2f} to {max(seconds):.2f} s, {sum(seconds):.0f} s in all")


if __name__ == "__main__":
    main()
