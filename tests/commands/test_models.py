"""`models` on real runs: listed, named, thrown away, carried to another library."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sda_desktop import paths
from sda_desktop.cli import main
from sda_desktop.generation.library import list_models


@pytest.fixture
def model(trained_run: Path) -> Path:
    """A trained run in the library of this test."""
    return Path(shutil.copytree(trained_run, paths.runs_dir() / "2026-01-02 03-04 klänge"))


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["models", *arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    loaded: dict[str, Any] = json.loads(out)
    return loaded


def refused(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    assert main(["models", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_listing(model: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = told(capsys, "list")["models"]
    assert (row["path"], row["dataset"], row["sounds"]) == (str(model), corpus.name, 6)
    assert (row["steps"], row["epochs"], row["status"], row["damaged"]) == (20, 1, "finished", False)
    assert row["validation_recon"] > 0
    assert told(capsys, "list", "nothing", "like", "it")["models"] == []
    assert main(["models", "list"]) == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.startswith("MODEL")
    assert corpus.name in line
    shutil.rmtree(model)
    assert main(["models", "list"]) == 0
    assert "no models yet" in capsys.readouterr().out


def test_renaming_and_telling(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = told(capsys, "rename", model.name, "Bells", "--notes", "two\nlines", "--tags", "metal, dark")
    assert (changed["name"], changed["tags"], changed["path"]) == ("Bells", ["metal", "dark"], str(model))
    assert told(capsys, "info", "bells") == changed
    assert main(["models", "info", str(model)]) == 0
    text = capsys.readouterr().out
    assert "Model        Bells\n" in text
    assert "Tags         metal, dark\n" in text
    assert "Notes        two\n             lines\n" in text
    assert "needs a name" in refused(capsys, "rename", "Bells", " ")


def test_deleting_asks_or_needs_yes(
    model: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert "--yes" in refused(capsys, "delete", model.name)
    monkeypatch.setattr("sys.stdin", _Terminal("\n"))
    assert main(["models", "delete", model.name]) == 130
    assert "to the trash? [y/N] Nothing was deleted." in capsys.readouterr().err
    assert model.exists()
    monkeypatch.setattr("sys.stdin", _Terminal("y\n"))
    assert main(["models", "delete", model.name]) == 0
    assert "in the trash" in capsys.readouterr().out
    assert list_models() == []


def test_deleting_without_being_asked(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (gone,) = told(capsys, "delete", str(model), model.name, "--yes")["deleted"]
    assert gone["path"] == str(model)
    assert not model.exists()
    assert "no model called" in refused(capsys, "delete", model.name, "--yes")


def test_a_model_is_carried_to_another_library(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(capsys, "rename", model.name, "Bells: 1")
    monkeypatch.chdir(tmp_path)
    file = Path(told(capsys, "export", "Bells: 1")["path"])
    assert file == tmp_path / "Bells 1.sda"
    assert "already" in refused(capsys, "export", "Bells: 1")
    told(capsys, "export", "Bells: 1", str(file), "--overwrite")
    (known,) = told(capsys, "import", str(file))["imported"]
    assert (known["path"], known["new"]) == (str(model), False)
    monkeypatch.setenv("SDA_DESKTOP_HOME", str(tmp_path / "elsewhere"))
    (brought,) = told(capsys, "import", str(file))["imported"]
    assert (brought["name"], brought["steps"], brought["new"]) == ("Bells: 1", 20, True)
    assert main(["models", "import", str(file)]) == 0
    assert "it was there already" in capsys.readouterr().out
    out = tmp_path / "out"
    arguments = ["generate", brought["path"], "--out", str(out), "--count", "1", "--length", "0.2"]
    assert main(arguments) == 0
    assert len(list(out.glob("*.wav"))) == 1


def test_a_checkpoint_goes_out_by_its_path(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkpoint, *_) = (model / "checkpoints").iterdir()
    written = told(capsys, "export", str(checkpoint), str(tmp_path))
    assert Path(written["path"]) == tmp_path / f"{checkpoint.name}.sda"
    assert written["size_bytes"] == Path(written["path"]).stat().st_size


def test_a_damaged_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "m.sda").write_bytes(b"PK\x03\x04 cut off here, long before its end")
    assert "cannot be opened" in refused(capsys, "import", str(tmp_path / "m.sda"))
    assert list_models() == []


@pytest.mark.parametrize("action", ["list", "info", "rename", "delete", "import", "export"])
def test_each_action_has_help_of_its_own(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", action, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"usage: sda-desktop models {action} ")
    assert "--json" in text
    assert main(["models", "--help"]) == 0
    assert f"\n  {action} " in capsys.readouterr().out
