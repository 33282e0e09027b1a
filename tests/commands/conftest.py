"""A real trained run, made once for all tests of the commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sda_desktop.cli import main

SMALL = (
    "bd_fat.flac",
    "drum_cowbell.flac",
    "elec_blip.flac",
    "elec_ping.flac",
    "elec_plip.flac",
    "elec_twip.flac",
)
# The smallest network and batch that the table allows.
TINY = ("--channels", "32", "--batch-frames", "88", "--threads", "1", "--device", "cpu")


@pytest.fixture(scope="session")
def tiny() -> tuple[str, ...]:
    """Options that make a training as small as can be."""
    return TINY


@pytest.fixture(scope="session")
def corpus(sonic_pi_sounds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six short real sounds, for tests that only read."""
    folder = tmp_path_factory.mktemp("corpus") / "klänge 1"
    folder.mkdir()
    for name in SMALL:
        shutil.copyfile(sonic_pi_sounds / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def trained_run(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of one epoch, trained by the command.  Read only."""
    run = tmp_path_factory.mktemp("runs") / "a run"
    assert main(["train", str(corpus), "--run", str(run), "--epochs", "1", *TINY]) == 0
    return run


@pytest.fixture
def own_run(trained_run: Path, tmp_path: Path) -> Path:
    """A copy of the trained run, to be changed."""
    return Path(shutil.copytree(trained_run, tmp_path / "own run"))
