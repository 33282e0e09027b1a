"""`train` with the real engine on real sounds, in this process and as a process of its own."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import engine_stand_in as engine
import pytest

from sda_desktop import paths
from sda_desktop.cli import main
from sda_desktop.errors import SoundsGoneError
from sda_desktop.training import loop
from sda_desktop.training.checkpoint import latest_checkpoint, load_checkpoint, verify_checkpoint
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.metrics import (
    CheckpointEvent,
    EpochMetrics,
    Event,
    PreviewEvent,
    RunStarted,
    StepMetrics,
    TrainingComplete,
    event_from_json,
)

PROGRAM = [sys.executable, "-c", "import sys; from sda_desktop.cli import main; sys.exit(main())"]


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> engine.EngineStandIn:
    """What the engine is asked to do, without doing it."""
    stand_in = engine.EngineStandIn()
    monkeypatch.setattr(loop, "train", stand_in.train)
    monkeypatch.setattr(loop, "resume", stand_in.resume)
    return stand_in


def events_of(text: str) -> list[Event]:
    return [event_from_json(line) for line in text.splitlines()]


def test_what_was_given_reaches_the_engine(
    stand_in: engine.EngineStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["train", "sounds", "more.wav", "--run", "r", "--epochs", "7", "--gain-db", "3"]) == 0
    ((call, sources, asked),) = stand_in.calls
    assert call == "train"
    assert sources == [tmp_path / "sounds", tmp_path / "more.wav"]
    assert asked["run_dir"] == tmp_path / "r"
    assert asked["explicit"] == {"epochs", "gain_db"}
    assert asked["config"].epochs == 7
    assert asked["config"].batch_frames == TrainingConfig().batch_frames


def test_demo_trains_on_the_demo_sounds(stand_in: engine.EngineStandIn) -> None:
    assert main(["train", "--demo", "--epochs", "1"]) == 0
    assert stand_in.calls[0][1] == [paths.demo_dir()]
    assert len(list(paths.demo_dir().glob("*.wav"))) >= 24


def test_json_lines_tell_the_whole_run(
    corpus: Path, tiny: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "läufe" / "run 1"
    assert main(["train", str(corpus), "--run", str(run), "--epochs", "1", "--json", *tiny]) == 0
    out, err = capsys.readouterr()
    events = events_of(out)
    assert err == ""
    started = next(e for e in events if isinstance(e, RunStarted))
    assert started.run_dir == str(run)
    steps = [e for e in events if isinstance(e, StepMetrics)]
    assert [e.global_step for e in steps] == list(range(1, started.total_steps + 1))
    assert sum(isinstance(e, EpochMetrics) for e in events) == 1
    previews = [e for e in events if isinstance(e, PreviewEvent)]
    assert {e.kind for e in previews} == {"original", "reconstruction", "new"}
    assert all(Path(e.path).is_file() for e in previews)
    assert any(isinstance(e, CheckpointEvent) for e in events)
    assert isinstance(events[-1], TrainingComplete)
    assert events[-1].status == "finished"
    # The run folder keeps the same story.
    kept = events_of((run / "metrics.jsonl").read_text(encoding="utf-8"))
    assert [e for e in kept if isinstance(e, StepMetrics)] == steps


def test_a_disk_that_is_too_small_refuses_before_anything_is_made(
    corpus: Path,
    tiny: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert main(["train", str(corpus), "--run", str(tmp_path / "run"), "--epochs", "1", *tiny]) == 1
    out, err = capsys.readouterr()
    assert "1.0 MB are free." in out
    assert re.search(
        r"\d MB of disk space are missing: the training writes at least \d MB, and 1 MB are free in", err
    )
    assert not (tmp_path / "run").exists()


def test_a_finished_run_needs_more_epochs_to_go_on(
    trained_run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--resume", str(trained_run), "--epochs", "1"]) == 2
    assert "Epochs (epochs) is 1, but 1 are done" in capsys.readouterr().err


def test_resume_extends_a_finished_run(
    own_run: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--resume", str(own_run), "--epochs", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("epoch 2/2  step 40/40") for line in lines)
    assert f"Model: {own_run}" in lines
    assert any(line.startswith("Previews of epoch 2: ") for line in lines)
    newest = latest_checkpoint(own_run)
    assert newest is not None
    assert f"Checkpoint: {newest.path}" in lines
    assert newest.global_step == 40


def test_resume_passes_on_only_what_was_given(stand_in: engine.EngineStandIn, trained_run: Path) -> None:
    checkpoint = latest_checkpoint(trained_run)
    assert checkpoint is not None
    assert main(["train", "--resume", str(trained_run)]) == 0
    assert main(["train", "--resume", str(checkpoint.path), "--time-limit", "30", "--threads", "2"]) == 0
    assert stand_in.calls == [
        ("resume", trained_run, {}),
        ("resume", checkpoint.path, {"time_limit_s": 30.0, "threads": 2}),
    ]


def test_resume_is_told_where_the_sounds_are_now(
    stand_in: engine.EngineStandIn,
    trained_run: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["train", "--resume", str(trained_run), "--sounds", "moved"]) == 0
    assert stand_in.calls == [("resume", trained_run, {"sounds": tmp_path / "moved"})]
    assert main(["train", "sounds", "--sounds", "moved"]) == 2
    assert "--sounds is for --resume" in capsys.readouterr().err

    def refuse(*_: object, **__: object) -> None:
        raise SoundsGoneError("They are gone.", "Put them back.")

    monkeypatch.setattr(loop, "resume", refuse)
    assert main(["train", "--resume", str(trained_run)]) == 2
    assert "They are gone. Put them back. If they are elsewhere now, name" in capsys.readouterr().err


def test_resume_may_repeat_what_the_run_has(
    stand_in: engine.EngineStandIn, trained_run: Path, corpus: Path
) -> None:
    arguments = ["train", str(corpus), "--run", str(trained_run), "--resume", str(trained_run)]
    assert main([*arguments, "--channels", "32", "--seed", "0", "--epochs", "3"]) == 0
    assert stand_in.calls == [("resume", trained_run, {"epochs": 3})]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--channels", "64", "--seed", "1"], "--seed and --channels cannot change when a run is resumed"),
        (["--learning-rate", "0.01"], "Only --epochs, --time-limit, --threads, --device can"),
        (["--epochs", "3", "--time-limit", "60"], "Choose one of them"),
        (["."], "with its own sounds"),
        (["--demo"], "with its own sounds"),
        (["--run", "elsewhere"], "in its own folder"),
    ],
)
def test_resume_refuses_what_a_run_cannot_change(
    arguments: list[str],
    words: str,
    stand_in: engine.EngineStandIn,
    trained_run: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["train", "--resume", str(trained_run), *arguments]) == 2
    assert words in capsys.readouterr().err
    assert stand_in.calls == []


def test_a_run_inside_the_sounds_is_refused(
    small_corpus: Path, tiny: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(small_corpus.iterdir())
    assert main(["train", str(small_corpus), "--run", str(small_corpus / "run"), *tiny]) == 2
    assert "inside" in capsys.readouterr().err
    assert sorted(small_corpus.iterdir()) == before


# --- as a process of its own ------------------------------------------------------------------------------


def start(*arguments: str, **more: Any) -> subprocess.Popen[str]:  # noqa: ANN401 - Popen's own
    return subprocess.Popen([*PROGRAM, *arguments], text=True, encoding="utf-8", **more)


def read_until_step(stream: IO[str], global_step: int) -> list[str]:
    """The lines of JSON up to that step."""
    lines = []
    for line in stream:
        lines.append(line)
        event = event_from_json(line)
        if isinstance(event, StepMetrics) and event.global_step >= global_step:
            return lines
    raise AssertionError("the run ended early:\n" + "".join(lines))


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process on Windows")
def test_ctrl_c_in_the_middle_saves_and_the_run_goes_on_from_there(
    corpus: Path, tiny: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    arguments = ["train", str(corpus), "--run", str(run), "--epochs", "2000", "--json", *tiny]
    with start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        lines = read_until_step(process.stdout, 27)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    events = events_of("".join(lines) + out)
    final = events[-1]
    assert isinstance(final, TrainingComplete)
    assert final.status == "cancelled"
    assert final.checkpoint is not None
    assert final.checkpoint in err
    assert "Traceback" not in err
    assert [e.global_step for e in events if isinstance(e, StepMetrics)] == list(
        range(1, final.global_step + 1)
    )
    assert verify_checkpoint(Path(final.checkpoint)).problem == ""
    assert load_checkpoint(Path(final.checkpoint)).info.global_step == final.global_step >= 27
    # The exact position: the next step is the next one.
    assert main(["train", "--resume", str(run), "--epochs", str(final.epoch + 1), "--json"]) == 0
    resumed = events_of(capsys.readouterr().out)
    steps = [e.global_step for e in resumed if isinstance(e, StepMetrics)]
    assert steps == list(range(final.global_step + 1, 20 * (final.epoch + 1) + 1))


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals on Windows")
def test_on_a_terminal_there_is_a_bar_and_ctrl_c_stops_it(
    corpus: Path, tiny: tuple[str, ...], tmp_path: Path
) -> None:
    import pty

    controller, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    arguments = ["train", str(corpus), "--run", str(tmp_path / "run"), "--epochs", "2000", *tiny]
    process = start(*arguments, stdin=terminal, stdout=terminal, stderr=terminal, env=environment)
    os.close(terminal)
    text, pressed = "", False
    while process.poll() is None or select.select([controller], [], [], 0)[0]:
        if not select.select([controller], [], [], 60)[0]:
            process.kill()
            break
        try:
            text += os.read(controller, 65536).decode(errors="replace")
        except OSError:  # how Linux tells that the other side was closed
            break
        if "epoch 2/2000 step " in text and not pressed:
            pressed = True
            process.send_signal(signal.SIGINT)
    os.close(controller)
    assert process.wait(60) == 130
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    assert re.search(r"epoch 1/2000 step \d+/20 [━╸]+ loss \d\.\d{3} .*ETA", plain)
    assert "Stopping and saving" in plain
    assert re.search(r"Stopped in epoch \d+ after \d+ steps, ", plain)
    newest = latest_checkpoint(tmp_path / "run")
    assert newest is not None
    assert f"Checkpoint: {newest.path}" in plain
    assert "Traceback" not in plain


def test_the_settings_of_a_run_are_kept(trained_run: Path) -> None:
    config = json.loads((trained_run / "run.json").read_text(encoding="utf-8"))["config"]
    assert config["channels"] == 32
    assert config["epochs"] == 1
