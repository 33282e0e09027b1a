"""Series of any length in bounded memory, drawn with few points: a pyramid of ever coarser rows.

Level 0 holds the newest rows as they came, every further level halves the one below it and keeps the mean,
the least and the greatest of what it stands for.  Each level is bounded, so a run of a week costs a few
megabytes and a query about all of it still finds every spike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]

RAW_ROWS = 1 << 16  # of level 0; older ones are left to the coarser levels
LEVEL_ROWS = 1 << 12
_FIRST_ROWS = 256
_EMA_BLOCK = 64
_DISTANCE = np.arange(_EMA_BLOCK)[:, None] - np.arange(_EMA_BLOCK)[None, :]  # of rows of a block


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a series: one row for each `rows_per_bin` rows of the original, each (bins, columns)."""

    mean: Rows
    low: Rows
    high: Rows
    rows_per_bin: int

    def __len__(self) -> int:
        return len(self.mean)


class _Level:
    """Rows in order, the oldest dropped when there are too many; (3, rows, columns): mean, low, high.

    raw: the rows as they came, whose mean, low and high are the same and kept once.
    """

    def __init__(self, columns: int, limit: int, *, raw: bool = False) -> None:
        self._store = np.empty((1 if raw else 3, min(_FIRST_ROWS, limit), columns))
        self._limit = limit
        self.count = 0
        self.carry: Rows | None = None  # (3, 1, columns): the first half of the next level's next row

    @property
    def rows(self) -> Rows:
        kept = self._store[:, : self.count]
        return np.broadcast_to(kept, (3, *kept.shape[1:]))

    def push(self, rows: Rows) -> None:
        """Append (3, n, columns)."""
        rows = rows[:, -self._limit :]
        new = rows.shape[1]
        if self.count + new > self._store.shape[1]:
            self._make_room(new)
        self._store[:, self.count : self.count + new] = rows[: len(self._store)]
        self.count += new

    def _make_room(self, new: int) -> None:
        wanted = self.count + new
        if wanted > self._limit:
            # Shift by more than is needed, so that it does not happen at every push.
            keep = max(0, min(self.count, self._limit - new - self._limit // 4))
            self._store[:, :keep] = self._store[:, self.count - keep : self.count].copy()
            self.count = keep
            wanted = keep + new
        if wanted > self._store.shape[1]:
            size = min(self._limit, max(2 * self._store.shape[1], wanted))
            grown = np.empty((len(self._store), size, self._store.shape[2]))
            grown[:, : self.count] = self._store[:, : self.count]
            self._store = grown

    def halve(self, rows: Rows) -> Rows:
        """Pairs of rows joined, (3, n // 2, columns); an odd one waits for the next call."""
        if self.carry is not None:
            rows = np.concatenate([self.carry, rows], axis=1)
        even = rows.shape[1] // 2 * 2
        self.carry = rows[:, even:].copy() if even < rows.shape[1] else None
        first, second = rows[:, 0:even:2], rows[:, 1:even:2]
        joined = np.empty_like(first)
        mean = (first[0] + second[0]) / 2
        # Where one of the two is not a number, the other stands for both.
        joined[0] = np.where(np.isnan(mean), np.fmax(first[0], second[0]), mean)
        joined[1] = np.fmin(first[1], second[1])
        joined[2] = np.fmax(first[2], second[2])
        return joined


class Pyramid:
    """A growing table.  The first `axes` columns only ever grow and can be searched."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._levels: list[_Level] = [_Level(columns, RAW_ROWS, raw=True)]
        self.rows = 0  # ever appended

    def append(self, rows: Rows) -> None:
        """Append (n, columns).  What is not finite counts as missing (NaN)."""
        if len(rows) == 0:
            return
        self.rows += len(rows)
        rows = np.where(np.isfinite(rows), rows, np.nan)
        block = np.broadcast_to(rows, (3, *rows.shape))
        for number in range(64):
            if number == len(self._levels):
                self._levels.append(_Level(self._columns, LEVEL_ROWS))
            level = self._levels[number]
            level.push(block)
            block = level.halve(block)
            if block.shape[1] == 0:
                return

    def last(self, column: int) -> float:
        """The newest value of a column; NaN while there is none."""
        rows = self._levels[0].rows[0]
        return float(rows[-1, column]) if len(rows) else float("nan")

    def span(self, axis: int) -> tuple[float, float]:
        """The first and the last value along an axis; (0, 0) while there are none."""
        coarsest = next((level for level in reversed(self._levels) if level.count), None)
        if coarsest is None:
            return 0.0, 0.0
        return float(coarsest.rows[1][0, axis]), self.last(axis)

    def query(self, axis: int, start: float, end: float, most: int) -> Piece:
        """What lies between start and end along an axis, and one row beyond each, in at most `most` bins.

        The finest level that has few enough rows there and still reaches back to start.
        """
        chosen, first, last = 0, 0, 0
        for number, level in enumerate(self._levels):
            if level.count == 0:
                break
            places = level.rows[0][:, axis]
            a = max(0, int(np.searchsorted(places, start)) - 1)
            b = min(level.count, int(np.searchsorted(places, end, side="right")) + 1)
            chosen, first, last = number, a, b
            reaches_back = level.count == self.rows >> number or places[0] <= start
            if reaches_back and b - a < most:
                break
        rows = self._levels[chosen].rows[:, first:last]
        if chosen and last == self._levels[chosen].count:
            rows = np.concatenate([rows, self._unfinished(chosen)], axis=1)
        return Piece(rows[0], rows[1], rows[2], 1 << chosen)

    def _unfinished(self, level: int) -> Rows:
        """What a level does not have yet because its bin is not full, as one row; (3, 0 or 1, columns)."""
        below = enumerate(self._levels[:level])
        carried = [(number, lower.carry) for number, lower in below if lower.carry is not None]
        if not carried:
            return np.empty((3, 0, self._columns))
        every = np.concatenate([carry for _, carry in carried], axis=1)
        weights = np.array([float(1 << number) for number, _ in carried])[:, None] * ~np.isnan(every[0])
        total = weights.sum(axis=0)
        sums = np.where(np.isnan(every[0]), 0.0, every[0] * weights).sum(axis=0)
        mean = np.where(total > 0, sums / np.maximum(total, 1e-300), np.nan)
        return np.stack([mean, np.fmin.reduce(every[1]), np.fmax.reduce(every[2])])[:, None]

    def drop_after(self, axis: int, place: float) -> None:
        """Forget the rows beyond a place, as far as level 0 reaches back."""
        raw = self._levels[0].rows[0]
        kept = raw[: int(np.searchsorted(raw[:, axis], place, side="right"))].copy()
        older = self.rows - len(raw)
        coarse = self.query(axis, -np.inf, raw[0, axis] if older and len(raw) else -np.inf, LEVEL_ROWS)
        old = coarse.mean[coarse.mean[:, axis] < (raw[0, axis] if len(raw) else 0)] if older else raw[:0]
        self._levels = [_Level(self._columns, RAW_ROWS, raw=True)]
        self.rows = 0
        self.append(old)
        self.append(kept)


def smoothed(values: Rows, decay: float) -> Rows:
    """Exponential moving average of each column of (n, columns) or (n,), without the pull of its start.

    decay: the share that the past keeps from one row to the next, 0 to below 1.  Missing values stay missing.
    """
    flat = values.ndim == 1
    table = values[:, None] if flat else values
    if decay > 0 and len(table):
        missing = np.isnan(table)
        if missing.any():
            weight = _moving_average((~missing).astype(np.float64), decay)
            total = _moving_average(np.where(missing, 0.0, table), decay)
            table = np.where(missing, np.nan, total / np.maximum(weight, 1e-300))
        else:
            # The weights are a geometric series.
            weight = -np.expm1(np.log(decay) * np.arange(1, len(table) + 1))
            table = _moving_average(table, decay) / weight[:, None]
    return table[:, 0] if flat else table


def _moving_average(table: Rows, decay: float) -> Rows:
    """The recursion y[n] = decay * y[n-1] + (1 - decay) * x[n], a block of rows per matrix product."""
    powers = decay ** np.arange(_EMA_BLOCK + 1.0)
    kernel = np.where(_DISTANCE >= 0, (1 - decay) * powers[np.maximum(_DISTANCE, 0)], 0.0)
    fading = powers[1:]
    made = np.empty_like(table)
    state = np.zeros(table.shape[1])
    for start in range(0, len(table), _EMA_BLOCK):
        block = table[start : start + _EMA_BLOCK]
        size = len(block)
        made[start : start + size] = kernel[:size, :size] @ block + fading[:size, None] * state
        state = made[start + size - 1]
    return made
