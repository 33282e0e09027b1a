"""`info` on a real run, its checkpoints, and damaged ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sample_checkpoints import make_newer

from sda_desktop.cli import main
from sda_desktop.training.checkpoint import latest_checkpoint
from sda_desktop.training.metrics import HealthWarning
from sda_desktop.training.run_folder import RunFolder


def facts(target: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["info", str(target), "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    loaded: dict[str, Any] = json.loads(out)
    return loaded


def newest(run: Path) -> Path:
    checkpoint = latest_checkpoint(run)
    assert checkpoint is not None
    return checkpoint.path


def flip_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_run_as_json(trained_run: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = facts(trained_run, capsys)
    assert run["kind"] == "run"
    assert run["path"] == str(trained_run)
    assert run["status"] == "finished"
    assert run["sources"] == [str(corpus)]
    assert run["config"]["channels"] == 32
    assert (run["epochs"], run["steps"]) == (1, 20)
    assert run["last_epoch"]["validation_loss"] > 0
    assert run["previews"] > 0
    assert [c["global_step"] for c in run["checkpoints"]] == [20, 20]
    assert sum(c["is_best"] for c in run["checkpoints"]) == 1
    assert not any(c["damaged"] for c in run["checkpoints"])


def test_a_run_as_text(trained_run: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", str(trained_run)]) == 0
    text = capsys.readouterr().out
    assert str(trained_run) in text
    assert str(corpus) in text
    assert "Status       finished" in text
    assert "epoch 1 of 1, step 20 of 20" in text
    assert newest(trained_run).name in text
    assert "Settings: epochs 1, " in text
    assert ", channels 32, " in text.partition("Settings at their default")[0]


def test_a_changed_byte_is_found_and_named(own_run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged = newest(own_run)
    flip_a_byte(damaged / "average.safetensors")
    by_name = {Path(c["path"]).name: c for c in facts(own_run, capsys)["checkpoints"]}
    assert by_name[damaged.name]["damaged"]
    assert "average.safetensors" in by_name[damaged.name]["problem"]
    assert main(["info", str(own_run)]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if damaged.name in line)
    assert "DAMAGED: average.safetensors" in line
    assert main(["info", str(damaged)]) == 0
    assert "DAMAGED      average.safetensors" in capsys.readouterr().out


def test_a_warning_is_told_in_english_whatever_the_window_spoke(
    own_run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = RunFolder.open(own_run)
    figures = {"percent": 40.0, "best_epoch": 1}
    run.append_event(
        HealthWarning("overfitting", "Das Modell ist schlechter.", 1, 20, "overfitting", figures)
    )
    run.close()
    assert facts(own_run, capsys)["warnings"][-1]["message"].startswith("The model does 40% worse")
    assert main(["info", str(own_run)]) == 0
    assert "Note         The model does 40% worse" in capsys.readouterr().out


def test_a_checkpoint_of_a_newer_version_is_not_called_damaged(
    own_run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = newest(own_run)
    make_newer(newer)
    told = {Path(c["path"]).name: c for c in facts(own_run, capsys)["checkpoints"]}[newer.name]
    assert (told["newer"], told["damaged"], told["global_step"]) == (True, False, 20)
    assert facts(newer, capsys)["newer"]
    for target in (own_run, newer):
        assert main(["info", str(target)]) == 0
        text = capsys.readouterr().out
        assert "Made by a newer version of SDA Desktop" in text
        assert "Update SDA Desktop" in text
        assert "DAMAGED" not in text


def test_a_checkpoint(trained_run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checkpoint = newest(trained_run)
    told = facts(checkpoint, capsys)
    assert told["kind"] == "checkpoint"
    assert told["run"] == str(trained_run)
    assert (told["epoch"], told["global_step"], told["damaged"]) == (1, 20, False)
    assert told["config"]["channels"] == 32
    assert main(["info", str(checkpoint)]) == 0
    assert "Files        all there and unchanged" in capsys.readouterr().out


def test_a_checkpoint_away_from_its_run(
    trained_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = Path(shutil.copytree(newest(trained_run), tmp_path / "for a friend"))
    told = facts(alone, capsys)
    assert told["run"] is None
    assert not told["damaged"]


def test_a_run_that_was_killed_is_told_as_interrupted(
    own_run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = json.loads((own_run / "run.json").read_text(encoding="utf-8"))
    (own_run / "run.json").write_text(json.dumps({**manifest, "status": "running"}), encoding="utf-8")
    for last in (own_run / "checkpoints").glob("*-final"):
        shutil.rmtree(last)
    assert facts(own_run, capsys)["interrupted"]
    assert main(["info", str(own_run)]) == 0
    assert "interrupted (can be resumed)" in capsys.readouterr().out


def test_a_damaged_history_is_a_problem_and_the_rest_is_told(
    own_run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    metrics = own_run / "metrics.jsonl"
    metrics.write_bytes(b"not an event\n" + metrics.read_bytes())
    told = facts(own_run, capsys)
    assert "metrics.jsonl" in told["problem"]
    assert len(told["checkpoints"]) == 2


def test_a_damaged_run_file_is_a_sentence(own_run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own_run / "run.json").write_text("{", encoding="utf-8")
    assert main(["info", str(own_run)]) == 2
    assert "run.json is malformed" in capsys.readouterr().err
