"""Runs and checkpoints as the browser shows them: read from the disk in one go, put into words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from sda_desktop.errors import StorageError
from sda_desktop.training.checkpoint import CheckpointInfo, best_of, beyond, latest_of, list_checkpoints
from sda_desktop.training.run_folder import RunSummary, list_runs, summarise_run
from sda_desktop.ui.wording import short_name
from sda_desktop.words import counted, mark, shown

SEPARATOR = " · "
NEWER = mark("Made by a newer version of SDA Desktop")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the browser, ready to be painted.

    icon: a name of ui.icons.  tone: the colour of the icon, a field of theme.Colors ("" for text).
    """

    path: Path
    title: str
    side: str  # at the right of the title
    line: str  # below the title
    icon: str
    tone: str
    tip: str
    sentence: str  # said below the list when the row is selected
    problem: str = ""  # why it cannot be used, "" if it can
    newer: bool = False  # only because a newer version of the app made it
    resumable: bool = False
    is_run: bool = False
    checkpoints: int = 0  # of a run
    current: bool = False  # the run that the window shows, or one of its checkpoints
    live: bool = False  # being trained now, here or elsewhere
    strong: bool = False  # the best checkpoint

    @property
    def spoken(self) -> str:
        """The row in one line, for screen readers and for finding by typing."""
        return ", ".join(part for part in (self.title, self.line, self.side) if part)


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run and its checkpoints, newest first."""

    run: RunSummary
    checkpoints: tuple[CheckpointInfo, ...]
    live: bool
    changed: float = 0.0  # when it was trained last, Unix time


@dataclass(frozen=True, slots=True)
class RunRows:
    """The row of a run and those of its checkpoints."""

    run: Row
    checkpoints: tuple[Row, ...]


def read_entry(run: RunSummary) -> RunEntry:
    """The run with its checkpoints; a folder that cannot be read has none, which its summary tells."""
    try:
        checkpoints = tuple(list_checkpoints(run.path))
    except StorageError as error:
        return RunEntry(replace(run, problem=run.problem or error.message), (), False, _changed(run))
    live = run.status == "running" and not run.interrupted
    return RunEntry(run, checkpoints, live, _changed(run))


def _changed(run: RunSummary) -> float:
    """When the run was trained last: each step is written down in its metrics, each state in run.json."""
    moments = [run.created]
    for name in ("run.json", "metrics.jsonl"):
        with contextlib.suppress(OSError):
            moments.append((run.path / name).stat().st_mtime)
    return max(moments)


def newest_changes(entries: Iterable[RunEntry], most: int) -> list[RunEntry]:
    """The runs that were trained last, the latest first."""
    return sorted(entries, key=lambda entry: entry.changed, reverse=True)[:most]


def read_all(current: Path | None, compared: Iterable[Path] = ()) -> list[RunEntry]:
    """All runs of the user, newest first, and the current and compared ones even if they lie elsewhere.

    Takes a moment: not in the GUI thread.  Raises StorageError.
    """
    runs = list_runs()
    elsewhere = {current, *compared} - {run.path for run in runs}
    runs += [summarise_run(path) for path in elsewhere if path is not None and path.is_dir()]
    runs.sort(key=lambda run: (run.created, run.name), reverse=True)
    return [read_entry(run) for run in runs]


def read_again(entries: list[RunEntry], changed: Path) -> list[RunEntry]:
    """The entries with that of one run read anew.  Not in the GUI thread."""
    return [read_entry(summarise_run(e.run.path)) if e.run.path == changed else e for e in entries]


# --- words ------------------------------------------------------------------------------------------------


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("CheckpointBrowser", text)


def size_text(size_bytes: int) -> str:
    """An amount of disk space: "3 kB", "41 MB", "1.4 GB"."""
    if size_bytes < 999_500:
        return f"{round(size_bytes / 1e3)} kB"
    if size_bytes < 999_500_000:
        return f"{round(size_bytes / 1e6)} MB"
    return f"{size_bytes / 1e9:.1f} GB"


def date_text(moment_s: float, now: datetime | None = None) -> str:
    """A moment, as short as it is clear: "14:32" today, "12 Mar 14:32" this year, "12 Mar 2024" before."""
    now = now or datetime.now()
    try:
        moment = datetime.fromtimestamp(moment_s)
    except (OverflowError, OSError, ValueError):
        return "?"
    if moment.date() == now.date():
        form = "HH:mm"
    else:
        form = tr("d MMM HH:mm") if moment.year == now.year else tr("d MMM yyyy")
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(moment_s)), form)


def run_label(run: RunSummary, most: int = 1000) -> str:
    """What a run is called outside of the list, in which many have the same name; in at most so many letters
    and its date."""
    return f"{short_name(run.name, most)}, {date_text(run.created)}"


def loss_text(loss: float) -> str:
    """A loss with three or four figures."""
    return f"{loss:.3f}" if abs(loss) < 10 else f"{loss:.2f}" if abs(loss) < 1000 else f"{loss:.4g}"


def epochs_text(epochs: int) -> str:
    """ "1 epoch", "12 epochs"."""
    return counted("{n} epoch", "{n} epochs", epochs)


# --- rows -------------------------------------------------------------------------------------------------


def rows_of(entry: RunEntry, current: Path | None) -> RunRows:
    """What the browser shows of a run."""
    is_current = entry.run.path == current
    latest, best = latest_of(entry.checkpoints), best_of(entry.checkpoints)
    end = None if beyond(entry.checkpoints) else latest  # where the run goes on
    checkpoints = tuple(
        _newer_row(info, is_current)
        if info.newer
        else _damaged_row(info, is_current)
        if info.problem
        else _checkpoint_row(info, entry, end, best, is_current)
        for info in entry.checkpoints
    )
    return RunRows(_run_row(entry, latest, is_current), checkpoints)


_STATUS = {
    # status: (words, icon, tone)
    "live": (mark("training now"), "train", "accent"),
    "interrupted": (mark("interrupted"), "warning", "warning"),
    "stopped": (mark("stopped"), "pause", "muted"),
    "finished": (mark("finished"), "check", "success"),
    "failed": (mark("failed"), "error", "error"),
    "damaged": (mark("damaged"), "error", "error"),
}


def _run_row(entry: RunEntry, latest: CheckpointInfo | None, is_current: bool) -> Row:
    run = entry.run
    status = "live" if entry.live else "interrupted" if run.interrupted else run.status
    words, icon, tone = _STATUS[status]
    damaged = sum(info.damaged for info in entry.checkpoints)
    newer = sum(info.newer for info in entry.checkpoints)
    parts = [date_text(run.created), shown(words), epochs_text(run.epochs)]
    if status == "damaged":
        parts = [shown(NEWER) if run.newer else tr("Damaged: {0}").format(run.problem)]
        icon, tone = ("warning", "warning") if run.newer else (icon, tone)
    else:
        if damaged:
            parts.append(tr("{0} damaged").format(damaged))
        if newer:
            parts.append(tr("{0} of a newer version").format(newer))
    return Row(
        path=run.path,
        title=run.name,
        side=size_text(run.size_bytes),
        line=SEPARATOR.join(parts),
        icon=icon,
        tone=tone,
        tip="\n".join(part for part in (str(run.path), _capital(run.problem)) if part),
        sentence=_run_sentence(entry, status, latest),
        problem=run.problem if status == "damaged" else "",
        newer=run.newer,
        resumable=latest is not None and status not in ("damaged", "live") and not beyond(entry.checkpoints),
        is_run=True,
        checkpoints=len(entry.checkpoints),
        current=is_current,
        live=entry.live,
    )


def _run_sentence(entry: RunEntry, status: str, latest: CheckpointInfo | None) -> str:
    if status == "live":
        return tr("This run is being trained now.")
    if status == "damaged" and entry.run.newer:
        text = tr("Nothing is wrong with this run, but {0}. Update SDA Desktop to use it.")
        return text.format(entry.run.problem)
    if status == "damaged":
        text = tr("This run is damaged: {0}. Checkpoints in it that are sound still hold a model.")
        return text.format(entry.run.problem)
    if later := beyond(entry.checkpoints):
        text = tr("Trained on to epoch {0} by a newer version of SDA Desktop. Update SDA Desktop to go on.")
        return text.format(later[0].epoch)
    if latest is None and entry.checkpoints:
        return tr("All checkpoints of this run are damaged: it cannot be resumed.")
    if latest is None:
        return tr("Nothing was saved in this run: it cannot be resumed.")
    if status == "interrupted":
        text = tr("Cut off by a crash or a power cut. Resume goes on from epoch {0}.")
    elif status == "failed":
        text = tr("Failed: {1} Resume goes on from epoch {0}.")
    elif status == "finished":
        text = tr("All its {0} epochs are done. Resume asks for how many more.")
    else:
        text = tr("Resume goes on exactly where it stopped, in epoch {0}.")
    return text.format(latest.epoch, _capital(entry.run.problem))


_REASONS = {
    "best": mark("was the best"),
    "interval": mark("automatic"),
    "manual": mark("saved by you"),
    "stop": mark("when stopped"),
    "final": mark("at the end"),
}


def _checkpoint_row(
    info: CheckpointInfo,
    entry: RunEntry,
    latest: CheckpointInfo | None,
    best: CheckpointInfo | None,
    is_current: bool,
) -> Row:
    is_best = best is not None and info.path == best.path
    reason = tr("best") if is_best else shown(_REASONS.get(info.reason, info.reason))
    icon = "best" if is_best else "save" if info.reason == "manual" else "checkpoint"
    parts = [reason]
    tip = [str(info.path), tr("Step {0}").format(info.global_step)]
    if info.validation_recon is not None:
        parts.append(tr("validation {0}").format(loss_text(info.validation_recon)))
        tip.append(tr("Validation reconstruction loss {0}").format(loss_text(info.validation_recon)))
    if info.train_recon is not None:
        parts.append(tr("train {0}").format(loss_text(info.train_recon)))
        tip.append(tr("Training reconstruction loss {0}").format(loss_text(info.train_recon)))
    tip.append(size_text(info.size_bytes))
    return Row(
        path=info.path,
        title=tr("Epoch {0}, step {1}").format(info.epoch, info.global_step),
        side=f"{date_text(info.created)}{SEPARATOR}{size_text(info.size_bytes)}",
        line=SEPARATOR.join(parts),
        icon=icon,
        tone="accent" if is_best else "muted",
        tip="\n".join(tip),
        sentence=_checkpoint_sentence(info, entry, latest, is_best),
        resumable=not entry.live and entry.run.status != "damaged",
        current=is_current,
        live=entry.live,
        strong=is_best,
    )


def _checkpoint_sentence(
    info: CheckpointInfo, entry: RunEntry, latest: CheckpointInfo | None, is_best: bool
) -> str:
    best = tr("The best of this run. ") if is_best else ""
    if entry.live:
        return best + tr("Its run is being trained now.")
    if latest is not None and info.path == latest.path:
        return best + tr("Resume goes on exactly from here.")
    return best + tr("Resume begins a new run from here; this run stays as it is.")


def _newer_row(info: CheckpointInfo, is_current: bool) -> Row:
    text = tr("Nothing is wrong with it, but {0}. Update SDA Desktop to use it.")
    return replace(
        _damaged_row(info, is_current),
        line=shown(NEWER),
        icon="warning",
        tone="warning",
        sentence=text.format(info.problem),
        newer=True,
    )


def run_of(row: Row) -> Path:
    """The run that a row is, or that its checkpoint belongs to."""
    return row.path if row.is_run else row.path.parent.parent


def delete_question(row: Row) -> str:
    """What is asked before something is deleted."""
    if not row.is_run:
        return tr("Delete the checkpoint “{0}”?").format(row.title)
    if row.checkpoints == 1:
        text = tr("Delete the run “{0}” with its checkpoint and all its previews?")
    else:
        text = tr("Delete the run “{0}” with its {1} checkpoints and all its previews?")
    return text.format(row.title, row.checkpoints)


def delete_warning(row: Row, entries: Iterable[RunEntry]) -> str:
    """What should be known before something is deleted."""
    parts = []
    if not row.is_run and not row.problem:
        siblings = [entry for entry in entries if entry.run.path == run_of(row)]
        sound = [info for entry in siblings for info in entry.checkpoints if not info.problem]
        if len(sound) == 1:
            parts.append(tr("It is the only sound one: the run cannot be resumed without it."))
        elif row.strong:
            parts.append(tr("It is the best of its run."))
    parts.append(tr("This cannot be undone. Your sounds are not touched."))
    return " ".join(parts)


def _damaged_row(info: CheckpointInfo, is_current: bool) -> Row:
    title = tr("Step {0}").format(info.global_step) if info.global_step else info.path.name
    return Row(
        path=info.path,
        title=title,
        side=f"{date_text(info.created)}{SEPARATOR}{size_text(info.size_bytes)}",
        line=tr("Damaged: {0}").format(info.problem),
        icon="error",
        tone="error",
        tip=f"{info.path}\n{_capital(info.problem)}.",
        sentence=tr("Damaged: {0}. It is never loaded.").format(info.problem),
        problem=info.problem,
        current=is_current,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
