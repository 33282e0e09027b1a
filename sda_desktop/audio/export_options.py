"""What a sound can be exported as, said in one place: formats, normalisation, fades, tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sda_desktop import __version__
from sda_desktop.errors import BadInputError
from sda_desktop.words import mark, say, shown

Kind = Literal["wav", "flac", "ogg", "mp3"]
Subtype = Literal["", "16", "24", "32f"]
Normalise = Literal["none", "peak", "loudness"]

KINDS: tuple[Kind, ...] = get_args(Kind)
RATES_HZ = (44_100, 48_000, 96_000)
# The subtypes of each kind, the usual one first; a format that compresses has none to choose.
SUBTYPES: dict[Kind, tuple[Subtype, ...]] = {
    "wav": ("24", "16", "32f"),
    "flac": ("24", "16"),
    "ogg": ("",),
    "mp3": ("",),
}
KIND_WORDS: dict[Kind, str] = {"wav": "WAV", "flac": "FLAC", "ogg": "OGG Vorbis", "mp3": "MP3"}
SUBTYPE_WORDS: dict[Subtype, str] = {
    "": mark("compressed"),
    "16": mark("16 bit"),
    "24": mark("24 bit"),
    "32f": mark("32 bit float"),
}
# MPEG-1 layer III ends there (ISO/IEC 11172-3).
MP3_HIGHEST_HZ = 48_000

# The range and the usual value of each normalisation's target.
PEAK_DB = (-60.0, 0.0, -1.0)  # dB full scale
# Of 165 short sounds (sonic-pi-samples), 153 reach that loudness below full scale, and 79 reach -16.
LOUDNESS_LUFS = (-50.0, -6.0, -23.0)
LONGEST_FADE_S = 30.0
_LONGEST_TAG = 400


def why_not(kind: Kind, subtype: Subtype, sample_rate_hz: int) -> tuple[str, str]:
    """What is wrong with a combination and what to choose instead; two empty texts if nothing is."""
    if kind not in KINDS:
        return say("There is no format {kind!r}.", kind=kind), say(
            "Choose one of {names}.", names=", ".join(KINDS)
        )
    if sample_rate_hz not in RATES_HZ:
        return say("{sample_rate_hz} Hz is not a rate for export.", sample_rate_hz=sample_rate_hz), say(
            "Choose 44100, 48000 or 96000."
        )
    if kind == "mp3" and sample_rate_hz > MP3_HIGHEST_HZ:
        return say("MP3 has no 96 kHz."), say("Choose 44.1 or 48 kHz, or WAV, FLAC or OGG for 96 kHz.")
    if subtype in SUBTYPES[kind]:
        return "", ""
    if SUBTYPES[kind] == ("",):
        return say("{kind_words} has no bit depth to choose.", kind_words=KIND_WORDS[kind]), say(
            "Leave it out, or choose WAV or FLAC."
        )
    if subtype == "32f":
        return say("{kind_words} has no 32 bit float.", kind_words=KIND_WORDS[kind]), say(
            "Choose 24 bit, or WAV for 32 bit float."
        )
    return say(
        "{kind_words} has no bit depth {subtype!r}.", kind_words=KIND_WORDS[kind], subtype=subtype
    ), say("Choose 16 or 24.")


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A kind of file, its bit depth ("" where it compresses) and rate.  Raises BadInputError for no such."""

    kind: Kind = "wav"
    subtype: Subtype = "24"
    sample_rate_hz: int = 44_100

    def __post_init__(self) -> None:
        message, remedy = why_not(self.kind, self.subtype, self.sample_rate_hz)
        if message:
            raise BadInputError(message, remedy)

    @property
    def suffix(self) -> str:
        """The end of the file's name, with its dot."""
        return f".{self.kind}"

    @property
    def words(self) -> str:
        """Such as "WAV, 24 bit, 44.1 kHz"."""
        depth = "" if self.subtype == "" else f", {shown(SUBTYPE_WORDS[self.subtype])}"
        return f"{KIND_WORDS[self.kind]}{depth}, {self.sample_rate_hz / 1000:g} kHz"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How to export.  Raises BadInputError for values out of range.

    target: dB full scale for "peak", LUFS for "loudness"; not looked at for "none".
    dither_seed: of the noise that is added before rounding to 16 bit.  silence_stays_silent: samples that
    are exactly zero get none.
    """

    format: ExportFormat = field(default_factory=ExportFormat)
    normalise: Normalise = "none"
    target: float = 0.0
    fade_in_s: float = 0.0
    fade_out_s: float = 0.0
    dither_seed: int = 0
    silence_stays_silent: bool = True

    def __post_init__(self) -> None:
        if self.normalise not in get_args(Normalise):
            raise BadInputError(
                say("There is no normalisation {normalise!r}.", normalise=self.normalise),
                say("Choose none, peak or loudness."),
            )
        if self.normalise != "none":
            low, high, _ = target_range(self.normalise)
            _check(
                say("The target of the {normalise}", normalise=self.normalise),
                self.target,
                low,
                high,
                target_unit(self.normalise),
            )
        _check(say("The fade in"), self.fade_in_s, 0.0, LONGEST_FADE_S, "s")
        _check(say("The fade out"), self.fade_out_s, 0.0, LONGEST_FADE_S, "s")

    def to_data(self) -> dict[str, Any]:
        """What JSON can hold, for the settings."""
        return {
            "kind": self.format.kind,
            "subtype": self.format.subtype,
            "sample_rate_hz": self.format.sample_rate_hz,
            "normalise": self.normalise,
            "target": self.target,
            "fade_in_s": self.fade_in_s,
            "fade_out_s": self.fade_out_s,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> ExportOptions:
        """The way back; raises BadInputError for anything that to_data does not make."""
        try:
            chosen = ExportFormat(data["kind"], data["subtype"], data["sample_rate_hz"])
            numbers = (float(data[name]) for name in ("target", "fade_in_s", "fade_out_s"))
            target, fade_in_s, fade_out_s = numbers
            return cls(chosen, data["normalise"], target, fade_in_s, fade_out_s)
        except (KeyError, TypeError, ValueError) as error:
            raise BadInputError(
                say("These options of an export cannot be understood."), "", str(error)
            ) from error


def target_range(normalise: Normalise) -> tuple[float, float, float]:
    """The lowest, highest and usual target of a normalisation."""
    return LOUDNESS_LUFS if normalise == "loudness" else PEAK_DB


def target_unit(normalise: Normalise) -> str:
    """The unit of its target."""
    return "LUFS" if normalise == "loudness" else "dB"


def _check(what: str, value: float, low: float, high: float, unit: str) -> None:
    if not low <= value <= high:  # also for what is not a number
        raise BadInputError(
            say(
                "{what} is {value:g}; it must lie between {low:g} and {high:g} {unit}.",
                what=what,
                value=value,
                low=low,
                high=high,
                unit=unit,
            ),
            say("Choose a value in that range."),
        )


@dataclass(frozen=True, slots=True)
class Tags:
    """What is written into the file about the sound; an empty field is left out."""

    title: str = ""
    model: str = ""
    seed: int | None = None
    comment: str = ""  # more for the comment

    def as_strings(self) -> dict[str, str]:
        """The tags by their names in libsndfile: title, software, comment."""
        parts = [f"Model: {self.model}" if self.model else ""]
        parts += [f"Seed: {self.seed}" if self.seed is not None else "", self.comment]
        found = {
            "title": self.title,
            "software": f"SDA Desktop {__version__}",
            "comment": "; ".join(part for part in map(_plain, parts) if part),
        }
        return {name: text for name, given in found.items() if (text := _plain(given))}


def _plain(text: str) -> str:
    """One line without control characters that is not too long."""
    kept = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(kept.split())[:_LONGEST_TAG]
