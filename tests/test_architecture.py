"""The rules that hold the house up, beyond those that import-linter checks."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import sda_desktop

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = CHECKOUT / "sda_desktop"
# Lines with something on them.
MOST_LINES = 420
MOST_LINES_OF_A_TEST_FILE = 600
MOST_LINES_OF_THE_MAIN_WINDOW = 350
MOST_LINES_OF_A_FUNCTION = 60
TOP_LEVEL = {"pyproject.toml", "sda_desktop", "tests", "resources", "packaging", "README.md", "LICENSE"}


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((CHECKOUT / folder).rglob("*.py"))


def lines_of(path: Path) -> int:
    return sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it: "a.b" for `import a.b` and `from a.b import c`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def inside(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def test_a_file_is_one_subject() -> None:
    too_long = {
        inside(path): count
        for path in python_files("sda_desktop", "packaging", "tests")
        if (count := lines_of(path))
        > (MOST_LINES_OF_A_TEST_FILE if path.name.startswith("test_") else MOST_LINES)
    }
    assert too_long == {}


def test_the_main_window_is_a_layout_and_a_list_of_connections() -> None:
    assert lines_of(PACKAGE / "ui" / "main_window.py") <= MOST_LINES_OF_THE_MAIN_WINDOW


def test_a_function_fits_on_a_screen() -> None:
    too_long = [
        f"{inside(path)}: {node.name}"
        for path in python_files("sda_desktop", "packaging", "tests")
        if "benchmarks" not in path.parts  # a measurement is read from top to bottom
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]
    assert too_long == []


def test_nothing_but_the_window_imports_qt() -> None:
    offenders = [
        inside(path)
        for path in python_files("sda_desktop")
        if path != PACKAGE / "app.py" and not path.is_relative_to(PACKAGE / "ui")
        if any(name.split(".")[0] in ("PySide6", "pyqtgraph", "sounddevice") for name in imports_of(path))
    ]
    assert offenders == []


def test_one_module_owns_torchaudio() -> None:
    users = [
        inside(path)
        for path in python_files("sda_desktop")
        if any(name.split(".")[0] == "torchaudio" for name in imports_of(path))
    ]
    assert set(users) <= {"sda_desktop/torchaudio_shim.py"}


def test_nothing_can_load_code_from_a_file() -> None:
    forbidden = {"pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
    for path in python_files("sda_desktop"):
        assert not forbidden & {name.split(".")[0] for name in imports_of(path)}, inside(path)
        assert not re.search(
            r"\btorch\.load\(|\beval\(|\bexec\(", re.sub(r"\.(eval|exec)\(", "", path.read_text())
        )


def test_torch_and_the_plots_do_not_stand_before_the_first_window() -> None:
    """Measured: torch takes 2.5 s to import, pyqtgraph 0.6 to 1.5 s."""
    modules = ["sda_desktop.__main__", "sda_desktop.app"]
    code = (
        f"import sys, json; [__import__(name) for name in {modules!r}]; "
        "print(json.dumps([n for n in ('torch', 'pyqtgraph', 'scipy', 'torchaudio') if n in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    assert json.loads(done.stdout) == []


def test_the_version_stands_in_one_place() -> None:
    literal = re.compile(rf"(?<![\d.]){re.escape(sda_desktop.__version__)}(?![\d.])")
    places = [
        inside(path)
        for path in [*python_files("sda_desktop"), CHECKOUT / "pyproject.toml"]
        if literal.search(path.read_text(encoding="utf-8"))
    ]
    assert places == ["sda_desktop/__init__.py"]
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]


def test_the_app_tells_its_version() -> None:
    command = [sys.executable, "-m", "sda_desktop", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=CHECKOUT)
    assert done.stdout.strip() == f"SDA Desktop {sda_desktop.__version__}"


def test_the_top_level_holds_nothing_else() -> None:
    if not (CHECKOUT / ".git").exists():
        pytest.skip("not a git checkout")
    done = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, cwd=CHECKOUT)
    names = {line.split("/")[0] for line in done.stdout.splitlines()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize(
    ("package", "names"),
    [
        ("audio", "AudioSpectrogram SpectrogramConfig"),
        ("models", "ConvVAE ConvEncoder ConvDecoder vae_loss get_kl_weight compute_kl_divergence"),
        (
            "training",
            "TrainingConfig AudioTrainingDataset MetricsHistory StepMetrics EpochMetrics PreviewEvent train "
            "train_epoch validate_epoch save_checkpoint load_checkpoint manage_checkpoints generate_preview",
        ),
        ("ui", "TrainingRunner"),
    ],
)
def test_the_public_names_are_there(package: str, names: str) -> None:
    module = __import__(f"sda_desktop.{package}", fromlist=["*"])
    assert [name for name in names.split() if not callable(getattr(module, name, None))] == []
