"""Kill real trainings with SIGKILL at random moments, resume them, and compare with one left in peace.

    python tests/benchmarks/kill.py --kills 200 [--sounds FOLDER] [--seed 0] [--json]

A tiny model is trained once without interruption.  Then the same training is started again and again,
killed after a random time and resumed, until that many kills are done and the last run has finished.
After every kill all checkpoints must be sound to the last byte and none that was told to be saved may be
missing; every finished run must equal the undisturbed one bit for bit, in weights and in metrics.  Exit
code 1 and a sentence if not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

if TYPE_CHECKING:
    from sda_desktop.training.metrics import Event

EPOCHS = 2
SAVE_EVERY_STEPS = 3  # a manual checkpoint each time, so that many kills meet one being written
LONGEST_LIFE = 0.5  # of the time that the whole training takes after its start


@dataclass
class Tally:
    """What happened so far."""

    kills: int = 0
    before_first_checkpoint: int = 0  # kills that left nothing to resume
    half_written: int = 0  # kills that left an unfinished checkpoint behind
    finished_runs: int = 0
    resumes: int = 0


def _train_or_resume(sounds: Path, run_dir: Path, report: int, save_every: int) -> None:
    from training_runs import Recorder, run_resumed, run_training

    from sda_desktop.training.checkpoint import latest_checkpoint
    from sda_desktop.training.metrics import CheckpointEvent, RunStarted, StepMetrics

    def watch(event: Event) -> bool:
        if isinstance(event, RunStarted):
            os.write(report, b"0\n")
        if isinstance(event, CheckpointEvent):
            os.write(report, f"{event.global_step}\n".encode())
        return isinstance(event, StepMetrics) and save_every > 0 and event.global_step % save_every == 0

    recorder = Recorder(save_at=watch)
    if run_dir.is_dir() and latest_checkpoint(run_dir) is not None:
        run_resumed(run_dir, recorder)
    else:
        run_training(sounds, run_dir, recorder, epochs=EPOCHS, checkpoint_every_epochs=1, keep_checkpoints=1)


def _fork(sounds: Path, run_dir: Path, save_every: int) -> tuple[int, int]:
    """Start a process that trains; returns its id and a pipe: a line at its start and for each saved step."""
    read_end, write_end = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        os.close(write_end)
        return pid, read_end
    _be_a_trainer(sounds, run_dir, write_end, save_every)


def _be_a_trainer(sounds: Path, run_dir: Path, report: int, save_every: int) -> NoReturn:
    code = 1
    try:
        _train_or_resume(sounds, run_dir, report, save_every)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _undisturbed(sounds: Path, run_dir: Path) -> float:
    """Train without a kill; returns the seconds that it took from its first step."""
    pid, reports = _fork(sounds, run_dir, save_every=0)
    with os.fdopen(reports) as lines:
        lines.readline()
        start = time.perf_counter()
        lines.read()
    _wait(pid)
    return time.perf_counter() - start


def _live(sounds: Path, run_dir: Path, life_s: float | None) -> tuple[bool, int]:
    """Let a trainer live for life_s from its first step, or -life_s from its birth; None: as it likes.

    Returns whether it finished by itself, and the last step that it said was saved.
    """
    pid, reports = _fork(sounds, run_dir, SAVE_EVERY_STEPS)
    with os.fdopen(reports) as lines:
        if life_s is not None:
            if life_s >= 0:
                lines.readline()
            time.sleep(abs(life_s))
            os.kill(pid, signal.SIGKILL)
        saved = [int(line) for line in lines.read().split()]
    return _wait(pid), max(saved, default=0)


def _wait(pid: int) -> bool:
    """Whether the process ended by itself, rather than by a kill.  Raises SystemExit if it failed."""
    _, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise SystemExit("A trainer failed; its error is above.")
    return os.WIFEXITED(status)


def _check_after_kill(run_dir: Path, saved: int) -> None:
    """Raise SystemExit if a checkpoint is damaged or lost, or the run folder is."""
    from sda_desktop.training.checkpoint import latest_checkpoint, list_checkpoints, verify_checkpoint
    from sda_desktop.training.run_folder import RunFolder

    for info in list_checkpoints(run_dir):
        if problem := verify_checkpoint(info.path).problem:
            raise SystemExit(f"{info.path.name} is damaged: {problem}")
    latest = latest_checkpoint(run_dir)
    newest = 0 if latest is None else latest.global_step
    if newest < saved:
        raise SystemExit(f"Step {saved} was said to be saved, but the newest checkpoint is of step {newest}.")
    if RunFolder.open(run_dir).is_locked():
        raise SystemExit("The run is still locked after its trainer was killed.")


def _result(run_dir: Path) -> dict[str, Any]:
    """All of a finished run that must be the same however often it was killed."""
    from training_runs import weights_of, without_times

    from sda_desktop.training.checkpoint import latest_checkpoint
    from sda_desktop.training.metrics import MetricsHistory

    latest = latest_checkpoint(run_dir)
    if latest is None or latest.reason != "final":
        raise SystemExit(f"The run {run_dir} ended without a final checkpoint.")
    history = MetricsHistory.load(run_dir / "metrics.jsonl")
    previews = sorted((run_dir / "previews").rglob("*.wav"))
    return {
        "weights": {name: tensor.numpy().tobytes() for name, tensor in weights_of(str(latest.path)).items()},
        "steps": [repr(without_times(event)) for event in history.steps],
        "epochs": [repr(without_times(event)) for event in history.epochs],
        "previews": {str(p.relative_to(run_dir)): p.read_bytes() for p in previews},
        "preview events": [(p.kind, p.epoch, p.title, p.duration_s, p.source) for p in history.previews],
    }


def _compare(result: dict[str, Any], reference: dict[str, Any]) -> None:
    for part, expected in reference.items():
        if result[part] == expected:
            continue
        found = result[part]
        if isinstance(expected, dict):
            names = [name for name in expected.keys() | found.keys() if found.get(name) != expected.get(name)]
            raise SystemExit(f"The {part} differ from the undisturbed run's: {sorted(names)[:5]}")
        pairs = [pair for pair in zip(found, expected, strict=False) if pair[0] != pair[1]]
        first = f"{pairs[0][0]}\ninstead of\n{pairs[0][1]}" if pairs else ""
        raise SystemExit(
            f"The {part} differ from the undisturbed run's: {len(found)}, expected {len(expected)}. {first}"
        )


def _torment(sounds: Path, folder: Path, kills: int, seed: int) -> Tally:
    """Kill and resume until `kills` are done and the last run has finished.  Raises SystemExit."""
    tally, chance = Tally(), random.Random(seed)
    longest_s = LONGEST_LIFE * _undisturbed(sounds, folder / "undisturbed")
    reference = _result(folder / "undisturbed")
    run_dir = folder / "killed"
    while tally.kills < kills or run_dir.exists():
        tally.resumes += run_dir.exists()
        life_s = chance.uniform(-0.1 * longest_s, longest_s) if tally.kills < kills else None
        finished, saved = _live(sounds, run_dir, life_s)
        if finished:
            _compare(_result(run_dir), reference)
            tally.finished_runs += 1
            shutil.rmtree(run_dir)
            continue
        tally.kills += 1
        if run_dir.exists():
            _check_after_kill(run_dir, saved)
            _count_what_is_left(run_dir, tally)
        else:
            tally.before_first_checkpoint += 1
    return tally


def _count_what_is_left(run_dir: Path, tally: Tally) -> None:
    """Tell unfinished checkpoints, and remove a run that has nothing to resume."""
    names = os.listdir(run_dir / "checkpoints")
    tally.half_written += any(name.startswith(".tmp-") for name in names)
    if not [name for name in names if not name.startswith(".")]:
        tally.before_first_checkpoint += 1
        shutil.rmtree(run_dir)


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sounds", type=Path, help="what to train on (default: the demo sounds)")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="sda-kill-", dir=arguments.folder))
    os.environ["SDA_DESKTOP_HOME"] = str(folder / "home")
    # Before numpy comes: with threads of its own in this process its children could not be forked safely.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"

    import torch
    from training_runs import Recorder  # noqa: F401 - imported once, here, for all children

    from sda_desktop.audio.demo import ensure_demo_sounds

    torch.set_num_threads(1)
    torch.optim.AdamW([torch.zeros(1)])  # the first one imports for seconds what children then find ready
    start = time.perf_counter()
    try:
        tally = _torment(arguments.sounds or ensure_demo_sounds(), folder, arguments.kills, arguments.seed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if arguments.json:
        print(json.dumps(asdict(tally)))
    else:
        print(
            f"{tally.kills} kills in {time.perf_counter() - start:.0f} s: no checkpoint damaged or lost.\n"
            f"{tally.resumes} resumes, {tally.finished_runs} runs finished, each equal to the undisturbed one"
            " bit for bit.\n"
            f"{tally.half_written} kills met a checkpoint being written,"
            f" {tally.before_first_checkpoint} came before the first one."
        )


if __name__ == "__main__":
    main()
