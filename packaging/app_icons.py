"""Write the icons of the app and of its model files: `python packaging/app_icons.py TARGET_FOLDER`.

Made anew from the two SVG files in resources/ for every package, so that no picture is kept twice:

    TARGET_FOLDER/sda-desktop.ico, sda-model.ico        Windows
    TARGET_FOLDER/sda-desktop.icns, sda-model.icns      macOS
    TARGET_FOLDER/hicolor/NxN/apps/sda-desktop.png, .../scalable/apps/sda-desktop.svg           Linux
    TARGET_FOLDER/hicolor/NxN/mimetypes/application-x-sda-model.png, and the same in scalable   Linux

Runs inside the app's environment (PySide6 draws); the containers are simple enough to be written here.

ICO (Microsoft, "Icons" in the Win32 documentation): a header of 6 bytes, one entry of 16 bytes per picture,
then the pictures.  Up to 64 pixels they are uncompressed, which everything that shows icons reads; above that
PNG, which Windows reads since Vista.

ICNS (Wikipedia, "Apple Icon Image format"): a magic number and the file's length, then one chunk per picture,
all numbers big-endian.  From 128 pixels on, and for the double resolutions, a chunk is a PNG file; the
two smallest are "ARGB" with each channel packed in runs, since macOS draws PNG wrongly there.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
APP = "sda-desktop"
MODEL = "sda-model"
# The name of the icon on Linux, by which a desktop finds it for a file of this MIME type.
MIME_TYPE = "application/x-sda-model"

HICOLOR_SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES_PX = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICO_LARGEST_PLAIN_PX = 64
ICNS_SIZES_PX = {
    b"ic04": 16,
    b"ic05": 32,
    b"ic07": 128,
    b"ic08": 256,
    b"ic09": 512,
    b"ic10": 1024,
    b"ic11": 32,
    b"ic12": 64,
    b"ic13": 256,
    b"ic14": 512,
}
ICNS_PACKED = (b"ic04", b"ic05")
# Apple's grid leaves a margin around the shape (824 of 1024); the SVG's own is 60 of 64.
MACOS_SCALE = (824 / 1024) / (60 / 64)


def draw(svg: Path, size_px: int, scale: float = 1.0) -> QImage:
    """The picture in size_px x size_px pixels, 8 bits of alpha, red, green and blue.

    scale: 1 fills the square; below that it is drawn smaller, in the middle.
    Raises ValueError if there is no such picture.
    """
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise ValueError(f"{svg} is not a picture that can be drawn.")
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    margin = size_px * (1 - scale) / 2
    painter = QPainter(image)
    renderer.render(painter, QRectF(margin, margin, size_px * scale, size_px * scale))
    painter.end()
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def png(image: QImage) -> bytes:
    """The image as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image):
        raise ValueError(f"Qt could not write a PNG: {writer.errorString()}")
    return bytes(data.data())


def pixels(image: QImage) -> bytes:
    """Row by row from the top, four bytes per pixel: blue, green, red, alpha; not premultiplied."""
    if sys.byteorder != "little":  # Format_ARGB32 is a number per pixel, in the machine's order
        raise ValueError("Icons can only be made on a little-endian machine.")
    return bytes(image.constBits())


def plain_bitmap(image: QImage) -> bytes:
    """An ICO file's uncompressed picture: BITMAPINFOHEADER, rows from the bottom up, mask.

    The header counts the height twice, for the picture and for the mask; the mask has one bit per pixel and
    rows of whole 32-bit words, and is empty because alpha says it all.
    """
    side = image.width()
    header = struct.pack("<IiiHHIIiiII", 40, side, 2 * side, 1, 32, 0, 0, 0, 0, 0, 0)
    data, row_bytes = pixels(image), 4 * side
    rows = [data[start : start + row_bytes] for start in range(0, len(data), row_bytes)]
    mask_row_bytes = (side + 31) // 32 * 4
    return header + b"".join(reversed(rows)) + bytes(mask_row_bytes * side)


def ico(images: Sequence[QImage]) -> bytes:
    """A Windows icon of square images, at most 256 pixels each."""
    directory = struct.pack("<HHH", 0, 1, len(images))
    body = b""
    start = len(directory) + 16 * len(images)
    for image in images:
        side = image.width()
        picture = plain_bitmap(image) if side <= ICO_LARGEST_PLAIN_PX else png(image)
        # One byte holds a side; 256 is written as 0.
        directory += struct.pack(
            "<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(picture), start + len(body)
        )
        body += picture
    return directory + body


def pack_channel(values: bytes) -> bytes:
    """Pack one channel in runs, as ICNS does.

    A byte n below 128 is followed by n + 1 bytes as they are; from 128 on, by one byte that stands n - 125
    times.
    """
    packed = bytearray()
    plain = bytearray()

    def flush() -> None:
        for start in range(0, len(plain), 128):
            piece = plain[start : start + 128]
            packed.append(len(piece) - 1)
            packed.extend(piece)
        plain.clear()

    at = 0
    while at < len(values):
        run = 1
        while run < 130 and at + run < len(values) and values[at + run] == values[at]:
            run += 1
        if run >= 3:
            flush()
            packed += bytes((run + 125, values[at]))
        else:
            plain += values[at : at + run]
        at += run
    flush()
    return bytes(packed)


def argb(image: QImage) -> bytes:
    """An ICNS file's small picture: "ARGB", then alpha, red, green, blue, each packed."""
    data = pixels(image)
    return b"ARGB" + b"".join(pack_channel(data[channel::4]) for channel in (3, 2, 1, 0))


def icns(images: dict[bytes, QImage]) -> bytes:
    """A macOS icon; images: by type of chunk, see ICNS_SIZES_PX."""
    body = b""
    for kind, image in images.items():
        picture = argb(image) if kind in ICNS_PACKED else png(image)
        body += kind + struct.pack(">I", 8 + len(picture)) + picture
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def write_hicolor(svg: Path, folder: Path, context: str, name: str) -> None:
    """Write the SVG and a PNG of every size into an icon theme's folder."""
    for size in HICOLOR_SIZES_PX:
        target = folder / f"{size}x{size}" / context / f"{name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(png(draw(svg, size)))
    scalable = folder / "scalable" / context / f"{name}.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes(svg.read_bytes())


def write_icons(target: Path) -> None:
    """Write everything that the head of this file lists."""
    target.mkdir(parents=True, exist_ok=True)
    for name, scale in ((APP, MACOS_SCALE), (MODEL, 1.0)):
        svg = RESOURCES / f"{name}.svg"
        (target / f"{name}.ico").write_bytes(ico([draw(svg, size) for size in ICO_SIZES_PX]))
        images = {kind: draw(svg, size, scale) for kind, size in ICNS_SIZES_PX.items()}
        (target / f"{name}.icns").write_bytes(icns(images))
    write_hicolor(RESOURCES / f"{APP}.svg", target / "hicolor", "apps", APP)
    mime_name = MIME_TYPE.replace("/", "-")
    write_hicolor(RESOURCES / f"{MODEL}.svg", target / "hicolor", "mimetypes", mime_name)


def main(arguments: Sequence[str]) -> int:
    """Write the icons into the folder that is named; returns the exit code."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("usage: python packaging/app_icons.py TARGET_FOLDER", file=sys.stderr)
        return 2
    write_icons(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
