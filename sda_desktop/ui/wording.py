"""Numbers as people read them."""

from __future__ import annotations

from sda_desktop.words import counted


def duration_text(seconds: float) -> str:
    """A time span: "45 s", "9 min 40 s", "42 min", "3 h 05 min"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 10:
        return f"{minutes} min {rest:02d} s"
    minutes = round(whole / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02d} min"


def short_name(name: str, most: int = 24) -> str:
    """A name that leaves room for the rest of the sentence."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def memory_text(size_bytes: int) -> str:
    """An amount of memory: "812 MB", "1.4 GB"."""
    if size_bytes < 1_000_000_000:
        return f"{round(size_bytes / 1e6)} MB"
    return f"{size_bytes / 1e9:.1f} GB"


def device_text(device: str, threads: int) -> str:
    """The training's device: "CPU, 3 threads", "NVIDIA GPU", "Apple GPU"."""
    kind = device.split(":")[0]
    if kind == "cpu":
        return counted("CPU, {n} thread", "CPU, {n} threads", threads)
    return {"cuda": "NVIDIA GPU", "mps": "Apple GPU"}.get(kind, device)


def clock_text(seconds: float) -> str:
    """The length of a sound: "0.8 s", "12.5 s", "1:05", "10:00"."""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
