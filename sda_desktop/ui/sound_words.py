"""What is said about sounds: lengths, rates, levels and the summary line, in a musician's words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from sda_desktop.audio.scan import SoundFile
from sda_desktop.ui.wording import duration_text
from sda_desktop.words import counted, say

SEPARATOR = " · "
MINUS = "\N{MINUS SIGN}"


def length_text(seconds: float) -> str:
    """The length of one sound: "0.05 s", "12.3 s", "3 min 24 s"."""
    if seconds < 10:
        return f"{seconds:.2f} s"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    return duration_text(seconds)


def rate_text(rate_hz: int) -> str:
    """A sample rate: "44.1 kHz"."""
    return f"{rate_hz / 1000:g} kHz"


def channels_text(channels: int) -> str:
    """A number of channels: "mono", "stereo", "6 channels"."""
    if channels <= 2:
        return say("mono") if channels == 1 else say("stereo")
    return say("{channels} channels", channels=channels)


def level_text(level_db: float) -> str:
    """A level: "-3.2 dB", with a real minus sign."""
    if not math.isfinite(level_db):
        return f"{MINUS}∞ dB"
    return f"{level_db:.1f} dB".replace("-0.0 ", "0.0 ").replace("-", MINUS)


def facts(file: SoundFile) -> str:
    """Length, rate and channels in one line."""
    parts = (length_text(file.duration_s), rate_text(file.sample_rate_hz), channels_text(file.channels))
    return SEPARATOR.join(parts)


def reasons(file: SoundFile) -> str:
    """What was found about it, the errors first."""
    ordered = sorted(file.findings, key=lambda finding: not finding.is_error)
    return " ".join(finding.message for finding in ordered)


def headline(usable: Sequence[SoundFile]) -> str:
    """How many sounds and how long together."""
    if not usable:
        return say("No usable sounds")
    total_s = sum(file.duration_s for file in usable)
    length = length_text(total_s) if total_s < 60 else duration_text(total_s)
    return f"{counted('{n} sound', '{n} sounds', len(usable))}{SEPARATOR}{length}"


def kinds(usable: Sequence[SoundFile]) -> str:
    """The rates (most common first) and channels that occur."""
    rates = [rate_text(rate) for rate, _ in Counter(f.sample_rate_hz for f in usable).most_common()]
    channels = [channels_text(n) for n in sorted({f.channels for f in usable})]
    return SEPARATOR.join(part for part in (_listed(rates), _listed(channels)) if part)


def problems_text(files: Sequence[SoundFile]) -> str:
    """How many are left out and how many are kept with a warning; "" if there is neither."""
    left_out = sum(not f.usable for f in files)
    warned = sum(f.usable and bool(f.findings) for f in files)
    parts = []
    if left_out:
        parts.append(say("{left_out} left out", left_out=left_out))
    if warned:
        parts.append(counted("{n} warning", "{n} warnings", warned))
    return ", ".join(parts)


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return say("{first} and {last}", first=", ".join(words[:-1]), last=words[-1])


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts "kick 2" before "kick 10", whatever the case."""
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts if p)
