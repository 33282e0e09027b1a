"""What the window says of a forecast.  No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from sda_desktop.training.forecast import Forecast, about_text, lacking_sentence, making_room, size_text
from sda_desktop.ui.form_state import spaced
from sda_desktop.words import say


@dataclass(frozen=True, slots=True)
class ForecastWords:
    """Sentences, "" where there is nothing to say."""

    estimate: str = ""  # how long it takes, one short line
    details: str = ""  # what it writes and needs, a few lines
    warning: str = ""  # what may go wrong
    problem: str = ""  # why it cannot begin, short
    remedy: str = ""  # the same at length, with what to do


NOTHING = ForecastWords()


def words_of(forecast: Forecast) -> ForecastWords:
    """All sentences of a forecast."""
    lacking = forecast.lacking
    return ForecastWords(
        estimate=estimate_text(forecast),
        details="\n".join(_details(forecast)),
        warning="" if lacking else _warning(forecast),
        problem=_problem(forecast),
        remedy="" if lacking is None else f"{lacking_sentence(lacking)} {making_room()}",
    )


def estimate_text(forecast: Forecast) -> str:
    """How long it takes, or how far it comes in its time."""
    if forecast.seconds is None:
        return say("No estimate yet for this device")
    if forecast.has_time_limit:
        steps = spaced(float(f"{forecast.steps or 0:.2g}"))
        if forecast.is_rough:
            return say("Roughly {steps} steps in that time", steps=steps)
        return say("About {steps} steps in that time", steps=steps)
    time_text = about_text(forecast.seconds)
    if forecast.is_rough:
        return say("Roughly {time} on this computer", time=time_text)
    return say("About {time} on this computer", time=time_text)


def _details(forecast: Forecast) -> list[str]:
    lines = []
    if forecast.seconds is None:
        lines.append(say("The status bar tells how long it takes, a few steps into the training."))
    elif forecast.is_rough:
        lines.append(say("Worked out from a training with other settings."))
    if forecast.rooms:
        lines.append(
            say(
                "It writes up to {needed}; {free} are free in {folder}.",
                needed=size_text(forecast.rooms[0].needed_bytes),
                free=size_text(forecast.rooms[0].free_bytes),
                folder=forecast.rooms[0].folder,
            )
        )
    lines.append(
        say(
            "It needs about {needed} of memory; {free} are available.",
            needed=size_text(forecast.memory_bytes),
            free=size_text(forecast.available_bytes),
        )
    )
    return lines


def _warning(forecast: Forecast) -> str:
    if forecast.tight is not None:
        needed, free = size_text(forecast.tight.needed_bytes), size_text(forecast.tight.free_bytes)
        if forecast.tight.may_fill:
            return say(
                "The disk may fill up: up to {needed} will be written, {free} are free.",
                needed=needed,
                free=free,
            )
        return say(
            "Little disk space: up to {needed} will be written, {free} are free.", needed=needed, free=free
        )
    if forecast.is_memory_tight:
        return say(
            "Little memory: {needed} needed, {free} free. Try a smaller batch or width.",
            needed=size_text(forecast.memory_bytes),
            free=size_text(forecast.available_bytes),
        )
    return ""


def _problem(forecast: Forecast) -> str:
    lacking = forecast.lacking
    if lacking is None:
        return ""
    missing = size_text(lacking.missing_bytes)
    if lacking is forecast.rooms[0]:
        return say(
            "{missing} are missing on the disk of the runs: delete old ones, or keep fewer checkpoints.",
            missing=missing,
        )
    return say("{missing} are missing on the disk of the decoded sounds: make room there.", missing=missing)
