"""The icons that go into the packages: read back by Qt, or by a reader of the format written here."""

from __future__ import annotations

import struct
from pathlib import Path

import app_icons
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

TEAL, PAGE = "#4cc5b7", "#14211f"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("icons") / "made here"
    assert app_icons.main([str(target)]) == 0
    return target


def chunks_of(file: Path) -> dict[bytes, bytes]:
    """An ICNS file's pictures by their type."""
    data = file.read_bytes()
    magic, length = struct.unpack_from(">4sI", data)
    assert magic == b"icns"
    assert length == len(data)
    found, at = {}, 8
    while at < len(data):
        kind, size = struct.unpack_from(">4sI", data, at)
        found[kind] = data[at + 8 : at + size]
        at += size
    assert at == len(data)
    return found


def unpack(packed: bytes) -> bytes:
    """The inverse of pack_channel, from the format's description."""
    out, at = bytearray(), 0
    while at < len(packed):
        head = packed[at]
        if head < 128:
            out += packed[at + 1 : at + 2 + head]
            at += 2 + head
        else:
            out += packed[at + 1 : at + 2] * (head - 125)
            at += 2
    return bytes(out)


def same(one: QImage, other: QImage) -> bool:
    kind = QImage.Format.Format_ARGB32
    return one.convertToFormat(kind) == other.convertToFormat(kind)


@pytest.mark.parametrize("name", [app_icons.APP, app_icons.MODEL])
def test_qt_reads_every_size_of_the_windows_icon_as_it_was_drawn(written: Path, name: str) -> None:
    data = QByteArray((written / f"{name}.ico").read_bytes())
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"ico"))
    assert reader.imageCount() == len(app_icons.ICO_SIZES_PX)
    for number, size in enumerate(app_icons.ICO_SIZES_PX):
        assert reader.jumpToImage(number)
        image = reader.read()
        assert (image.width(), image.height()) == (size, size), reader.errorString()
        assert same(image, app_icons.draw(app_icons.RESOURCES / f"{name}.svg", size))


def test_only_the_large_pictures_of_a_windows_icon_are_png(written: Path) -> None:
    data = (written / "sda-desktop.ico").read_bytes()
    count = struct.unpack_from("<H", data, 4)[0]
    for number in range(count):
        side, _, _, _, planes, bits, length, start = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        assert (planes, bits) == (1, 32)
        is_png = data[start : start + 8] == b"\x89PNG\r\n\x1a\n"
        assert is_png == ((side or 256) > 64)
        if not is_png:  # header, 32 bits per pixel, one bit per pixel in rows of whole 32-bit words
            assert struct.unpack_from("<Iii", data, start) == (40, side, 2 * side)
            assert length == 40 + 4 * side * side + (side + 31) // 32 * 4 * side


@pytest.mark.parametrize("name", [app_icons.APP, app_icons.MODEL])
def test_the_macos_icon_holds_every_size_up_to_1024(written: Path, name: str) -> None:
    found = chunks_of(written / f"{name}.icns")
    assert found.keys() == app_icons.ICNS_SIZES_PX.keys()
    for kind, size in app_icons.ICNS_SIZES_PX.items():
        if kind in app_icons.ICNS_PACKED:
            assert found[kind][:4] == b"ARGB"
            assert len(unpack(found[kind][4:])) == 4 * size * size
        else:
            image = QImage.fromData(QByteArray(found[kind]))
            assert (image.width(), image.height()) == (size, size)


def test_the_small_pictures_of_a_macos_icon_unpack_to_what_was_drawn(written: Path) -> None:
    drawn = app_icons.draw(app_icons.RESOURCES / "sda-desktop.svg", 32, app_icons.MACOS_SCALE)
    planes = unpack(chunks_of(written / "sda-desktop.icns")[b"ic05"][4:])
    per_channel = 32 * 32
    for x, y in ((16, 16), (14, 10), (3, 16), (0, 0), (22, 20)):
        color = drawn.pixelColor(x, y)
        at = y * 32 + x
        found = tuple(planes[channel * per_channel + at] for channel in range(4))
        assert found == (color.alpha(), color.red(), color.green(), color.blue())


@pytest.mark.parametrize(
    "values",
    [b"", b"a", b"aa", b"aaa", b"ab" * 200, b"a" * 131, b"a" * 400 + b"bcc" + b"d" * 3, bytes(range(256))],
)
def test_packing_a_channel_loses_nothing(values: bytes) -> None:
    assert unpack(app_icons.pack_channel(values)) == values


def test_runs_are_packed() -> None:
    assert app_icons.pack_channel(b"\x07" * 130 + b"ab") == b"\xff\x07\x01ab"


def test_linux_gets_every_size_and_the_drawing_itself(written: Path) -> None:
    for context, name, svg in (
        ("apps", "sda-desktop", "sda-desktop"),
        ("mimetypes", "application-x-sda-model", "sda-model"),
    ):
        for size in (16, 22, 24, 32, 48, 64, 128, 256, 512):
            image = QImage(str(written / "hicolor" / f"{size}x{size}" / context / f"{name}.png"))
            assert (image.width(), image.height()) == (size, size)
        scalable = written / "hicolor" / "scalable" / context / f"{name}.svg"
        assert scalable.read_bytes() == (app_icons.RESOURCES / f"{svg}.svg").read_bytes()


def test_the_corners_are_transparent_and_the_middle_is_not() -> None:
    image = app_icons.draw(app_icons.RESOURCES / "sda-desktop.svg", 64)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(28, 20).name() == TEAL
    assert image.pixelColor(6, 32).name() == PAGE


def test_on_macos_the_app_icon_has_the_systems_margin() -> None:
    image = app_icons.draw(app_icons.RESOURCES / "sda-desktop.svg", 1024, app_icons.MACOS_SCALE)
    row = [x for x in range(1024) if image.pixelColor(x, 512).alpha() > 127]
    assert (row[0], row[-1]) == (100, 923)


@pytest.mark.qt_log_ignore("Cannot read file")
def test_a_picture_that_cannot_be_drawn_is_an_error(tmp_path: Path) -> None:
    broken = tmp_path / "broken.svg"
    broken.write_text("<svg", encoding="utf-8")
    with pytest.raises(ValueError, match="not a picture"):
        app_icons.draw(broken, 16)


def test_without_a_folder_the_usage_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert app_icons.main([]) == 2
    assert "TARGET_FOLDER" in capsys.readouterr().err
