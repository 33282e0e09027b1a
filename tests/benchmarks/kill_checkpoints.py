"""Kill processes that save and tidy checkpoints, at random moments, and look whether one got lost.

    python tests/benchmarks/kill_checkpoints.py --kills 1000

Each child saves checkpoints as fast as it can and reports every finished step; it is killed with SIGKILL
after a random time.  Then every listed checkpoint must be sound to the last byte, and the newest at least
as new as the last report.  Exit code 1 and a sentence if not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import NoReturn

import torch

from sda_desktop.training.checkpoint import (
    latest_checkpoint,
    list_checkpoints,
    load_checkpoint,
    manage_checkpoints,
    save_checkpoint,
    verify_checkpoint,
)
from sda_desktop.training.run_folder import RunFolder


def _contents(step: int) -> dict[str, dict[str, torch.Tensor]]:
    return {group: {"weight": torch.full((64, 512), float(step))} for group in ("model", "optimizer")}


def _work(run: Path, first_step: int, report: int) -> NoReturn:
    """The child: save and tidy until killed, reporting each step once its checkpoint is complete."""
    step = first_step
    try:
        while True:
            reason = "best" if step % 3 == 0 else "interval"
            save_checkpoint(
                run, _contents(step), {"step": step}, reason=reason, epoch=1, global_step=step, score=1 / step
            )
            os.write(report, f"{step}\n".encode())
            manage_checkpoints(run, keep_recent=1)
            step += 1
    finally:
        os._exit(3)  # only an exception leads here; the parent never sees that as a kill


def _kill_one(run: Path, first_step: int, delay_s: float) -> int:
    """Start a child, kill it after delay_s, and return the last step that it reported (0 for none)."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        _work(run, first_step, write_end)
    os.close(write_end)
    time.sleep(delay_s)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(read_end) as reports:
        steps = reports.read().split()
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"The child ended by itself with status {status}.")
    return int(steps[-1]) if steps else 0


def _check(run: Path, reported: int) -> int:
    """Raise SystemExit if anything is damaged or lost; return the newest step on the disk."""
    for info in list_checkpoints(run):
        problem = info.problem or verify_checkpoint(info.path).problem
        if problem:
            raise SystemExit(f"{info.path.name} is damaged: {problem}")
    newest = latest_checkpoint(run)
    if newest is None:
        if reported:
            raise SystemExit(f"Step {reported} was reported as saved, but no checkpoint is there.")
        return 0
    loaded = load_checkpoint(newest.path)
    step = newest.global_step
    if step < reported or loaded.state != {"step": step}:
        raise SystemExit(f"Step {reported} was reported as saved, but the newest on the disk is {step}.")
    if not torch.equal(loaded.tensors["model"]["weight"], _contents(step)["model"]["weight"]):
        raise SystemExit(f"{newest.path.name} holds other weights than were saved.")
    return step


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    _contents(1)
    chance = random.Random(arguments.seed)
    folder = Path(tempfile.mkdtemp(prefix="sda-kill-", dir=arguments.folder))
    run = RunFolder.create(folder / "killed run", name="killed", manifest={}).path
    newest = leftovers = 0
    try:
        for _ in range(arguments.kills):
            reported = _kill_one(run, newest + 1, chance.uniform(0.0, 0.1))
            leftovers += any(name.startswith(".") for name in os.listdir(run / "checkpoints"))
            newest = max(_check(run, reported), newest)
    finally:
        shutil.rmtree(folder)
    result = {"kills": arguments.kills, "saved": newest, "leftovers_seen": leftovers}
    if arguments.json:
        print(json.dumps(result))
    else:
        print(
            f"{arguments.kills} kills, {newest} checkpoints saved, {leftovers} kills left something"
            " unfinished behind; nothing damaged, nothing lost."
        )


if __name__ == "__main__":
    main()
