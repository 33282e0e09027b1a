"""The settings' file before it is used: of which version it is, and whether it can be read at all.

The app writes only into a file of its own version.  Where `settings.ini` is of a newer one, or could not be
upgraded, the settings are those of `settings.v1.ini` beside it, which the version that upgraded them kept.
"""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QSettings

from sda_desktop.errors import Damage, NewerFormat, SdaError
from sda_desktop.storage import remove_leftovers, replace_durably, storage_error, temporary_beside
from sda_desktop.upgrades import FileFormat, keep_copy
from sda_desktop.words import say

_log = logging.getLogger(__name__)

# The contents are the values by key.  The first files carried no version yet: they are of the first.
FORMAT = FileFormat("format/version", 1, "a settings file")


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsFile", text)


def open_store(path: Path) -> QSettings:
    """The settings at `path`, or those beside it where that file is not of this version."""
    store = _store(path)
    with suppress(Damage):
        if _version(store) == FORMAT.version or not store.allKeys():
            return store
    return _store(_own_file(path))


def put(store: QSettings, key: str, value: Any) -> None:  # noqa: ANN401 - whatever QSettings can hold
    """Store a value, and the version with the first one."""
    if not store.contains(FORMAT.marker):
        store.setValue(FORMAT.marker, str(FORMAT.version))
    store.setValue(key, value)


def prepare(path: Path) -> str:
    """Make a file of an older version one of this version, and put a damaged one aside, before it is used.

    Returns a sentence when the user has to know something, otherwise "".
    """
    try:
        return _prepare(path)
    except SdaError as error:
        _log.warning("%s %s", error, error.details)
        return str(error)


def _prepare(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        _log.warning("The settings %s cannot be read: %s", path, error)
        text = _tr("The settings {file} cannot be read ({reason}): the defaults are used.")
        return text.format(file=path, reason=error.strerror)
    try:
        store = _checked(path, data)
        version = _version(store)
        if version < FORMAT.version:
            _upgrade(path, data, store, version)
    except NewerFormat as newer:
        _log.warning("%s is left alone: %s", path, newer.problem)
        if _own_file(path).exists():
            return _tr(
                "The settings are those of a newer SDA Desktop: your earlier ones are used, "
                "and the newer ones stay as they are."
            )
        return _tr(
            "The settings are those of a newer SDA Desktop: the defaults are used, "
            "and the newer ones stay as they are."
        )
    except Damage as damage:
        aside = _put_aside(path)
        _log.warning("%s is kept as %s: %s (%s)", path, aside, damage.problem, damage.details)
        text = _tr("The settings could not be read: the defaults are used. The old file is kept as {file}.")
        return text.format(file=aside)
    return ""


def _checked(path: Path, data: bytes) -> QSettings:
    """Raises Damage for what is no settings file."""
    store = _store(path)
    if b"\0" in data:  # after a power cut; QSettings itself never writes such a byte
        raise Damage(say("it holds bytes that no settings have"))
    if store.status() == QSettings.Status.FormatError or (data.strip() and not store.allKeys()):
        raise Damage(say("it is malformed"))
    return store


def _version(store: QSettings) -> int:
    """Raises Damage for a version that is none, NewerFormat."""
    stored = store.value(FORMAT.marker)
    if stored is None:
        return 1
    try:
        version: object = int(stored)
    except (TypeError, ValueError):
        version = stored
    return FORMAT.version_of({FORMAT.marker: version})


def _upgrade(path: Path, data: bytes, store: QSettings, version: int) -> None:
    """Raises Damage, StorageError; the file is then as before."""
    values = {key: store.value(key) for key in store.allKeys() if key != FORMAT.marker}
    values = FORMAT.upgraded_from(version, values)
    remove_leftovers(path.parent)
    keep_copy(path, version, data)
    temporary = temporary_beside(path)
    try:
        fresh = _store(temporary)
        for key, value in values.items():
            put(fresh, key, value)
        fresh.sync()
        if fresh.status() != QSettings.Status.NoError:
            raise OSError("the upgraded settings could not be written")
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        replace_durably(temporary, path)
    except OSError as error:
        raise storage_error(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)


def _put_aside(path: Path) -> Path:
    """Raises StorageError."""
    aside = path.with_name(f"{path.stem} damaged {time.strftime('%Y-%m-%d %H-%M-%S')}{path.suffix}")
    try:
        replace_durably(path, aside)
    except OSError as error:
        raise storage_error(error, path) from error
    return aside


def _own_file(path: Path) -> Path:
    return path.with_name(f"{path.stem}.v{FORMAT.version}{path.suffix}")


def _store(path: Path) -> QSettings:
    return QSettings(str(path), QSettings.Format.IniFormat)
