"""Small runs and checkpoints on the disk, for tests that look at files rather than at training."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from sda_desktop.training.checkpoint import CheckpointInfo, save_checkpoint
from sda_desktop.training.checkpoint_manifest import seal
from sda_desktop.training.run_folder import RunFolder


def sample_tensors(seed: int = 0, size: int = 64) -> dict[str, dict[str, torch.Tensor]]:
    """Three groups with the kinds of tensors that a training state has."""
    generator = torch.Generator().manual_seed(seed)

    def noise(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator)

    return {
        "model": {"weight": noise(size, size), "bias": noise(size), "steps": torch.tensor(seed)},
        "average": {"weight": noise(size, size), "bias": noise(size)},
        "optimizer": {"0.exp_avg": noise(size, size), "rng": torch.arange(16, dtype=torch.uint8)},
    }


def sample_run(path: Path | None = None, name: str = "my sounds", **manifest: Any) -> RunFolder:  # noqa: ANN401
    """A new run folder without checkpoints."""
    return RunFolder.create(path, name=name, manifest=manifest)


def sample_checkpoint(
    run: Path, step: int, reason: str = "interval", score: float | None = None, epoch: int | None = None
) -> CheckpointInfo:
    """A checkpoint whose contents are made from its step."""
    return save_checkpoint(
        run,
        sample_tensors(step),
        {"step": step},
        reason=reason,
        epoch=step // 10 if epoch is None else epoch,
        global_step=step,
        score=score,
        validation_recon=score,
        train_recon=None if score is None else score * 0.9,
    )


def edit_manifest(checkpoint: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the manifest and seal it again, as somebody who knows the format could."""
    path = checkpoint / "manifest.json"
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    change(manifest)
    path.write_text(seal(manifest), encoding="utf-8")


def make_newer(checkpoint: Path) -> None:
    """Let the checkpoint be of a version of the app that is still to come."""
    edit_manifest(checkpoint, lambda manifest: manifest.update(sda_desktop_checkpoint=2, app_version="9.0"))


def replace_file(checkpoint: Path, name: str, data: bytes) -> None:
    """Replace a file of a checkpoint and enter its new size and hash in the manifest."""
    (checkpoint / name).write_bytes(data)
    row = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    edit_manifest(checkpoint, lambda manifest: manifest["files"].update({name: row}))
