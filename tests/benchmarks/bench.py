"""Run benchmarks by name, after a line about the machine and the versions the figures belong to.

    python3 packaging/bootstrap.py bench [NAME ...]      without a name: which there are

Everything runs one after the other: nothing else should, if the figures are to mean anything.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

# Name: the script with its arguments, and what it tells.
BENCHMARKS = {
    "quality": (
        ["quality.py"],
        "how close models come to sounds they never heard, after 180 s, three seeds (30 min)",
    ),
    "sampling": (["sampling.py"], "whether new sounds are as varied as the corpus, and near it (8 min)"),
    "explore": (
        ["explore.py"],
        "map, sliders and new sounds of a trained model, against held-out sounds (8 min)",
    ),
    "small-corpora": (
        ["small_corpora.py"],
        "1, 6, 20, 150 and 500 sounds: does it run away, is the best model kept? (25 min)",
    ),
    "loop": (
        ["run_figures.py"],
        "the loop against the bare work, stalls, first sound, stopping, memory (5 min)",
    ),
    "gpu": (
        ["gpu.py"],
        "training on an NVIDIA GPU: rate, waits, memory, quality (25 min; says so without one)",
    ),
    "decode": (["decode.py"], "from latents to sound: first sample, whole sound, memory (1 min)"),
    "start": (
        ["window_latency.py", "--starts", "5", "--seconds", "0"],
        "start of the app to its window, and until it can train",
    ),
    "window": (
        ["window_latency.py", "--starts", "0", "--seconds", "60"],
        "event loop: start, scan of 500 files, training, scrolling (3 min)",
    ),
    "rate": (["window_rate.py"], "steps/s with the window against headless (5 min)"),
    "growth": (["memory_growth.py"], "memory over 2 hours of training in the window (2 h)"),
    "plots": (["window_plots.py"], "what drawing the curves costs (2 min)"),
    "playback": (["playback_during_training.py"], "every sample of the previews, while training (11 min)"),
    "map-paint": (["map_paint.py"], "painting the map of sounds with 165 and 500 dots (20 s)"),
    "click-latency": (
        ["click_latency.py"],
        "from a click on the map to the first sample at the device; --training: while training (5 min)",
    ),
    "play-latency": (
        ["play_latency.py"],
        "from asking for a sound that is being made to its first sample at the device (2 min)",
    ),
    "data": (["data.py", "scan", "--files", "500"], "scanning 500 files"),
    "memory": (["long_corpus.py"], "10 hours of sound (5 min; 10 GB of temporary files)"),
    "keeping": (
        ["keeping.py"],
        "history of 5000 sounds and library of 100 models: opening, searching (10 s)",
    ),
    "kill": (["kill.py", "--kills", "200"], "200 kills of a training: is anything lost? (20 min)"),
}
WITH_SCREEN = {"start", "window", "rate", "growth", "plots"}


def about_machine() -> str:
    """Processor, memory, versions and commit, in lines."""
    import psutil

    cpu = platform.processor() or platform.machine()
    if sys.platform == "linux":
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), cpu)
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True, check=False
    ).stdout.strip()
    versions = ", ".join(
        f"{name} {version(name)}" for name in ("torch", "numpy", "soxr", "PySide6-Essentials")
    )
    return (
        f"{cpu}, {psutil.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GB, "
        f"load {psutil.getloadavg()[0]:.1f}\n"
        f"{platform.platform()}, Python {platform.python_version()}, {versions}\ncommit {commit or 'unknown'}"
    )


def run(name: str) -> int:
    """Run one benchmark; its exit code."""
    script, *arguments = BENCHMARKS[name][0]
    command = [sys.executable, str(HERE / script), *arguments]
    if name not in WITH_SCREEN or sys.platform != "linux" or os.environ.get("DISPLAY"):
        return subprocess.run(command, check=False).returncode
    from x_server import XServer

    screen = XServer(1280, 800)
    try:
        return subprocess.run(command, env={**os.environ, **screen.env}, check=False).returncode
    finally:
        screen.stop()


def main() -> int:
    """Run what was asked for."""
    listed = "\n".join(f"  {name:13s} {what}" for name, (_, what) in BENCHMARKS.items())
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=f"names:\n{listed}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    names = parser.parse_args().names
    if not names:
        parser.print_help()
        return 0
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark called {', '.join(unknown)}. There are:\n{listed}", file=sys.stderr)
        return 2
    print(about_machine(), flush=True)
    failed = []
    for name in names:
        print(f"\n--- {name}: {BENCHMARKS[name][1]}", flush=True)
        if run(name) != 0:
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
