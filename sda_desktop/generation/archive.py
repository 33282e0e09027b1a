"""A file of several members that is safe to open: a plain zip, every member stored and hashed.

    manifest.json     marker, format version, size and SHA-256 of every other member, a hash over itself
    ...               only names that are expected, each once, none compressed, none a link

Nothing is trusted before it was compared with the manifest: members have fixed names that are never used as
a path, sizes are limited by the file's own, and no more than one piece is in memory at a time.
"""

from __future__ import annotations

import hashlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from sda_desktop.errors import BadInputError
from sda_desktop.storage import json_utf8
from sda_desktop.training.checkpoint_manifest import (
    MANIFEST_NAME,
    Damage,
    FileEntry,
    check_seal,
    parse_json,
    seal,
)
from sda_desktop.upgrades import FileFormat
from sda_desktop.words import say, shown

PIECE_BYTES = 2**20
MAX_FILE_BYTES = 2**31 - 2**20  # beyond, a zip needs another format
MAX_MEMBERS = 32
MAX_DIRECTORY_BYTES = 2**16
MAX_MANIFEST_BYTES = 2**20
_END = struct.Struct("<4s4H2LH")  # the last record of a zip without a comment
_LARGE_ZIP_LOCATOR = b"PK\x06\x07"
_DATE = (1980, 1, 1, 0, 0, 0)  # the same contents make the same file
_PLAIN_FILE = 0o644 << 16
# What zipfile raises for a file that is not what it should be.
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    LookupError,
    OverflowError,
    ValueError,
)


def write_archive(
    file: BinaryIO,
    kind: FileFormat,
    facts: Mapping[str, Any],
    members: Iterable[tuple[str, Iterable[bytes]]],
) -> None:
    """Write members (name, pieces) and the manifest into `file`.

    Raises BadInputError if it gets too large, OSError, and what the pieces raise.
    """
    listed: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name, pieces in members:
            listed[name] = _write_member(archive, file, name, pieces)
        manifest = seal({**kind.stamp, **facts, "files": listed})
        _write_member(archive, file, MANIFEST_NAME, [json_utf8(manifest)])


def _write_member(
    archive: zipfile.ZipFile, file: BinaryIO, name: str, pieces: Iterable[bytes]
) -> dict[str, Any]:
    info = zipfile.ZipInfo(name, _DATE)
    info.external_attr = _PLAIN_FILE
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w") as member:
        for piece in pieces:
            if file.tell() + len(piece) > MAX_FILE_BYTES:
                raise BadInputError(
                    say("This model is too large for one file."), say("Copy its folder instead.")
                )
            digest.update(piece)
            size += len(piece)
            member.write(piece)
    return {"size": size, "sha256": digest.hexdigest()}


@dataclass(frozen=True)
class Archive:
    """An opened file.  manifest: verified.  entries: the other members by name."""

    manifest: dict[str, Any]
    entries: dict[str, FileEntry]
    _zip: zipfile.ZipFile

    def pieces(self, name: str) -> Iterator[bytes]:
        """The contents of a member, piece by piece.  Raises Damage, at the latest after the last piece."""
        entry, digest, size = self.entries[name], hashlib.sha256(), 0
        with _damage_told(name):
            member = self._zip.open(name)
        try:
            while piece := _read_piece(member, name):
                digest.update(piece)
                size += len(piece)
                if size > entry.size:
                    break
                yield piece
        finally:
            member.close()
        if size != entry.size or digest.hexdigest() != entry.sha256:
            raise Damage(say("{name} in it was changed after it was written (hash mismatch)", name=name))

    def read(self, name: str) -> bytes:
        """A small member as a whole.  Raises Damage."""
        return b"".join(self.pieces(name))


@contextmanager
def open_archive(path: Path, kind: FileFormat, limit_of: Callable[[str], int]) -> Iterator[Archive]:
    """Open a file that write_archive wrote.

    kind: what it should be.  limit_of: the most bytes of a member, 0 for a name that has no business there.
    Raises Damage for everything that is not as it should be.
    """
    with ExitStack() as stack:
        with _damage_told():
            file = stack.enter_context(path.open("rb"))
            _check_end(file, kind.what)
            file.seek(0)
            archive = stack.enter_context(zipfile.ZipFile(file))
        infos = archive.infolist()
        _check_members(infos, limit_of, kind.what)
        data = b"".join(_all_of(archive, MANIFEST_NAME, MAX_MANIFEST_BYTES))
        manifest = parse_json(data, MANIFEST_NAME)
        kind.version_of(manifest)
        check_seal(manifest)
        manifest = kind.upgraded(manifest)
        sizes = {info.filename: info.file_size for info in infos if info.filename != MANIFEST_NAME}
        yield Archive(manifest, _entries(manifest, sizes), archive)


def _check_end(file: BinaryIO, what: str) -> None:
    """Refuse, before anything is read for good, what claims to hold very many members."""
    length = file.seek(0, 2)
    if length > MAX_FILE_BYTES:
        raise Damage(say("it is too large to be genuine"))
    if length < _END.size:
        raise Damage(
            say("it is empty")
            if length == 0
            else say("it is not {what} of SDA Desktop, or was cut off", what=shown(what))
        )
    file.seek(max(0, length - _END.size - 20))
    tail = file.read()
    signature, _, _, _, count, directory_bytes, _, comment = _END.unpack(tail[-_END.size :])
    if signature != b"PK\x05\x06" or comment:
        raise Damage(say("it is not {what} of SDA Desktop, or was cut off", what=shown(what)))
    if count > MAX_MEMBERS or directory_bytes > MAX_DIRECTORY_BYTES or tail.startswith(_LARGE_ZIP_LOCATOR):
        raise Damage(say("it holds far more than it should"))


def _check_members(infos: list[zipfile.ZipInfo], limit_of: Callable[[str], int], what: str) -> None:
    names = [info.filename for info in infos]
    if MANIFEST_NAME not in names:
        raise Damage(
            say(
                "it is not {what} of SDA Desktop (it has no {manifest_name})",
                what=shown(what),
                manifest_name=MANIFEST_NAME,
            )
        )
    if len(set(names)) != len(names):
        raise Damage(say("a member is in it twice"))
    for info in infos:
        limit = MAX_MANIFEST_BYTES if info.filename == MANIFEST_NAME else limit_of(info.filename)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if limit == 0:
            raise Damage(
                say("it holds {filename!r}, which has no business there", filename=info.filename[:100])
            )
        if kind not in (0, stat.S_IFREG) or info.flag_bits & 1:
            raise Damage(say("{filename} in it is no plain file", filename=info.filename))
        if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
            raise Damage(
                say("{filename} in it is compressed, which this app never does", filename=info.filename)
            )
        if info.file_size > limit:
            raise Damage(say("{filename} in it is far too large to be genuine", filename=info.filename))


def _entries(manifest: Mapping[str, Any], sizes: Mapping[str, int]) -> dict[str, FileEntry]:
    listed = manifest.get("files")
    if not isinstance(listed, dict) or listed.keys() != sizes.keys():
        raise Damage(say("{manifest_name} does not list what is in it", manifest_name=MANIFEST_NAME))
    entries = {}
    for name, row in listed.items():
        size = row.get("size") if isinstance(row, dict) else None
        sha256 = row.get("sha256") if isinstance(row, dict) else None
        if size != sizes[name] or not isinstance(sha256, str):
            raise Damage(
                say("{manifest_name} has a wrong entry for {name}", manifest_name=MANIFEST_NAME, name=name)
            )
        entries[name] = FileEntry(size, sha256)
    return entries


def _all_of(archive: zipfile.ZipFile, name: str, limit: int) -> Iterator[bytes]:
    with _damage_told(name):
        member = archive.open(name)
    total = 0
    with member:
        while piece := _read_piece(member, name):
            total += len(piece)
            if total > limit:
                raise Damage(say("{name} in it is far too large to be genuine", name=name))
            yield piece


def _read_piece(member: IO[bytes], name: str) -> bytes:
    with _damage_told(name):
        return member.read(PIECE_BYTES)


@contextmanager
def _damage_told(name: str = "") -> Iterator[None]:
    """Errors of reading the file become Damage."""
    try:
        yield
    except FileNotFoundError as error:
        raise Damage(say("it is gone")) from error
    except _ZIP_ERRORS as error:
        what = say("{name} in it is damaged", name=name) if name else say("it is damaged, or cannot be read")
        raise Damage(what, repr(error)) from error
