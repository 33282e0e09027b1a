"""The engine's own errors: each says what is wrong and what to do, in words a musician understands."""

from __future__ import annotations


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


class Cancelled(Exception):
    """A longer loop saw the stop request.  Never shown as an error."""
