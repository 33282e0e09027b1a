"""Spectrograms of held-out and new sounds, to be looked at.

    python tests/benchmarks/pictures.py --run RUN [--count 10] [--out FOLDER]

Writes reconstructed.png: held-out originals, what the model makes of each from the full latent sequence, and
from the global latent alone; and new.png: new sounds, each beside the nearest training file.  RUN is a run
folder that quality.py kept.  Frequency is on the mel scale, brightness covers 80 dB, time is at most 4 s.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from quality import CACHE, Corpus, Nearest, Piece, from_model, read
from sound_metrics import HOP, MEL_BANDS, Wave, log_mel_db

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

LONGEST_S = 4.0
ROW_HEIGHT, COLUMN_WIDTH, MARGIN = MEL_BANDS, 350, 22
RANGE_DB = 80.0
Row = tuple[str, list[Wave]]


def shaded(wave: Wave, rate_hz: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """A log-mel spectrogram as grey levels (MEL_BANDS, COLUMN_WIDTH), high frequencies on top."""
    levels = log_mel_db(wave, rate_hz)[::-1, :COLUMN_WIDTH]
    grey = np.zeros((MEL_BANDS, COLUMN_WIDTH), np.uint8)
    grey[:, : levels.shape[1]] = np.clip((levels + RANGE_DB) / RANGE_DB, 0, 1) * 255
    return grey


def drawn(columns: list[str], rows: list[Row], rate_hz: int) -> QImage:
    """All spectrograms as one picture."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QColor, QImage, QPainter

    width = len(columns) * (COLUMN_WIDTH + 8)
    picture = QImage(width, MARGIN + len(rows) * (ROW_HEIGHT + MARGIN), QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    for column, title in enumerate(columns):
        painter.drawText(QPoint(column * (COLUMN_WIDTH + 8) + 4, 15), title)
    for row, (name, waves) in enumerate(rows):
        top = MARGIN + row * (ROW_HEIGHT + MARGIN)
        for column, wave in enumerate(waves):
            grey = np.ascontiguousarray(shaded(wave, rate_hz))
            image = QImage(grey.data, COLUMN_WIDTH, MEL_BANDS, COLUMN_WIDTH, QImage.Format.Format_Grayscale8)
            painter.drawImage(QPoint(column * (COLUMN_WIDTH + 8), top), image)
        painter.drawText(QPoint(4, top + ROW_HEIGHT + 14), name)
    painter.end()
    return picture


def main() -> None:
    """Make the sounds and write both pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--corpus", default="sonic-pi")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--out", type=Path, default=Path())
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from PySide6.QtGui import QGuiApplication

    from sda_desktop.generation import TrainedModel

    application = QGuiApplication([])
    corpus = Corpus.of(arguments.corpus, CACHE)
    model = TrainedModel.load(arguments.run)
    rate_hz = model.sample_rate_hz
    longest = round(LONGEST_S * rate_hz)
    chosen = np.linspace(0, len(corpus.held_out) - 1, arguments.count).round().astype(int)
    rows: list[Row] = []
    for path in (corpus.held_out[index] for index in chosen):
        wave = read(path, rate_hz)[:longest]
        piece = Piece(wave / np.abs(wave).max(), 0.0, len(wave) / rate_hz)
        made = [from_model(model, piece, source) for source in ("posterior", "global")]
        rows.append((path.stem, [piece.wave, *made]))
    arguments.out.mkdir(parents=True, exist_ok=True)
    titles = ["held-out original", "reconstructed", "from the global latent alone"]
    drawn(titles, rows, rate_hz).save(str(arguments.out / "reconstructed.png"))

    nearest = Nearest([read(path, rate_hz) for path in corpus.training], rate_hz)
    new: list[Row] = []
    for seed in range(arguments.count):
        wave = model.generate(None, seed)[0].astype(float)[:longest]
        wave = wave / max(float(np.abs(wave).max()), 1e-9)
        new.append((f"seed {seed}", [wave, nearest(Piece(wave, 0.0, len(wave) / rate_hz))]))
    drawn(["new sound", "nearest training file"], new, rate_hz).save(str(arguments.out / "new.png"))
    print(f"reconstructed.png and new.png are in {arguments.out.resolve()}; hop {HOP} samples a column")
    del application


if __name__ == "__main__":
    main()
