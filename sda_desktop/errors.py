"""The engine's own errors: each says what is wrong and what to do, in words a musician understands."""

from __future__ import annotations

from sda_desktop.words import say


class SdaError(Exception):
    """Base of every error that is shown to the user.

    message: one sentence on what is wrong.  remedy: one sentence on what to do about it.
    details: technical text for the "Details" part of a dialog, may be empty.
    """

    def __init__(self, message: str, remedy: str = "", details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.details = details

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class BadInputError(SdaError):
    """What the user gave cannot be used (exit code 2 on the command line)."""


class AudioFileError(BadInputError):
    """A sound file cannot be read, decoded or written."""


class SoundsGoneError(BadInputError):
    """The sounds of a run that was to be resumed are not where they were."""


class ConfigError(BadInputError):
    """A setting is out of its range; the message names the field, the value and the range."""


class CheckpointError(BadInputError):
    """A checkpoint or run folder is damaged, foreign, or of another version."""


class RunLockedError(BadInputError):
    """Another process is training in this run folder."""


class StorageError(SdaError):
    """The disk is full or a folder cannot be written."""


class DivergedError(SdaError):
    """Training produced no finite number for too many steps in a row."""


class Damage(Exception):
    """What is wrong with a file of the app, as a clause without a full stop: never shown by itself.

    details: technical, or empty.  remedy: a sentence if it is always the same.
    """

    remedy = ""

    def __init__(self, problem: str, details: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.details = details


def update_remedy() -> str:
    """What to do about a file of a newer version."""
    return say("Update SDA Desktop to open it; nothing was changed.")


class NewerFormat(Damage):
    """Nothing is wrong with the file but that a newer version of the app wrote it: it is left alone."""

    def __init__(self, version: int, supported: int, app_version: str) -> None:
        super().__init__(
            say(
                "it was written by a newer SDA Desktop ({app}, format {version}; this one reads up "
                "to {supported})",
                app=app_version,
                version=version,
                supported=supported,
            )
        )
        self.remedy = update_remedy()
        self.version = version


class Cancelled(Exception):
    """A longer loop saw the stop request.  Never shown as an error."""
