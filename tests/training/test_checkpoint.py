"""What is saved comes back exactly, and whatever is wrong on the disk is named."""

from __future__ import annotations

import contextlib
import json
import math
import os
import pickle
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save
from sample_checkpoints import edit_manifest, replace_file, sample_checkpoint, sample_run, sample_tensors

from sda_desktop.errors import CheckpointError, StorageError
from sda_desktop.training import checkpoint_manifest
from sda_desktop.training.checkpoint import (
    delete_checkpoint,
    list_checkpoints,
    load_checkpoint,
    save_checkpoint,
    verify_checkpoint,
)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run folder with spaces and non-ASCII characters in its path."""
    return sample_run(tmp_path / "Ärger mit Tönen 音" / "run 1").path


def _flip_byte(path: Path, offset: int) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 0x01
    path.write_bytes(data)


def _assert_same(left: dict[str, dict[str, torch.Tensor]], right: dict[str, dict[str, torch.Tensor]]) -> None:
    assert left.keys() == right.keys()
    for group in left:
        assert left[group].keys() == right[group].keys()
        for name, tensor in left[group].items():
            assert tensor.dtype == right[group][name].dtype
            assert tensor.shape == right[group][name].shape
            assert tensor.numpy().tobytes() == right[group][name].numpy().tobytes()


# --- round trip -------------------------------------------------------------------------------------------


def test_everything_comes_back_bit_for_bit(run: Path) -> None:
    tensors = sample_tensors(3)
    tensors["model"]["odd"] = torch.tensor([math.nan, -0.0, math.inf, 1e-45])
    tensors["model"]["flags"] = torch.tensor([True, False])
    tensors["model"]["empty"] = torch.zeros(0, 4)
    tensors["model"]["double"] = torch.tensor(0.1, dtype=torch.float64)
    state = {"best": math.inf, "rate": 0.1 + 0.2, "order": [3, 1, 2], "name": "Klänge 音", "none": None}

    saved = save_checkpoint(run, tensors, state, reason="best", epoch=4, global_step=480, score=0.25)
    loaded = load_checkpoint(saved.path)

    _assert_same(loaded.tensors, tensors)
    assert loaded.state == state
    assert loaded.info == saved
    assert saved.path == run / "checkpoints" / "step-00000480-best"
    assert (saved.reason, saved.epoch, saved.global_step, saved.score) == ("best", 4, 480, 0.25)
    assert saved.problem == ""


def test_loaded_tensors_can_be_trained_on(run: Path) -> None:
    loaded = load_checkpoint(sample_checkpoint(run, 1).path)
    loaded.tensors["model"]["weight"].add_(1.0)  # would raise on read-only memory


def test_views_transposes_and_shared_tensors_are_saved_by_value(run: Path) -> None:
    weight = torch.arange(12.0).reshape(3, 4)
    group = {"weight": weight, "tied": weight, "turned": weight.T, "row": weight[1], "grad": weight.clone()}
    group["grad"].requires_grad_(True)
    saved = save_checkpoint(run, {"model": group}, {}, reason="manual", epoch=1, global_step=1)

    model = load_checkpoint(saved.path).tensors["model"]

    assert torch.equal(model["tied"], weight)
    assert torch.equal(model["turned"], weight.T)
    assert torch.equal(model["row"], weight[1])
    model["tied"].zero_()
    assert torch.equal(model["weight"], weight)


def test_a_file_inside_means_its_checkpoint(run: Path) -> None:
    saved = sample_checkpoint(run, 7)
    for name in ("manifest.json", "model.safetensors"):
        assert load_checkpoint(saved.path / name).info == saved


def test_only_the_wanted_groups_are_read(run: Path) -> None:
    saved = sample_checkpoint(run, 7)
    _flip_byte(saved.path / "optimizer.safetensors", -1)

    loaded = load_checkpoint(saved.path, only=["average"])

    assert list(loaded.tensors) == ["average"]
    with pytest.raises(CheckpointError, match=r"it holds no prior"):
        load_checkpoint(saved.path, only=["average", "prior"])


def test_a_checkpoint_of_the_same_step_and_reason_gets_a_name_of_its_own(run: Path) -> None:
    first, second, third = (sample_checkpoint(run, 5, "manual") for _ in range(3))
    assert [c.path.name for c in (second, third)] == ["step-00000005-manual-2", "step-00000005-manual-3"]
    assert load_checkpoint(first.path).info == first
    assert [c.serial for c in (first, second, third)] == [1, 2, 3]


def test_a_score_that_is_no_number_is_saved_as_none(run: Path) -> None:
    assert sample_checkpoint(run, 1, score=math.nan).score is None


def test_a_copied_checkpoint_loads_anywhere(run: Path, tmp_path: Path) -> None:
    saved = sample_checkpoint(run, 1)
    (tmp_path / "usb stick").mkdir()
    copy = shutil.copytree(saved.path, tmp_path / "usb stick" / "my model")
    _assert_same(load_checkpoint(copy).tensors, sample_tensors(1))


def test_a_type_that_no_training_state_has_is_refused_when_saving(run: Path) -> None:
    with pytest.raises(CheckpointError, match=r"model/x has the type complex64"):
        save_checkpoint(
            run,
            {"model": {"x": torch.zeros(2, dtype=torch.complex64)}},
            {},
            reason="stop",
            epoch=1,
            global_step=1,
        )
    assert os.listdir(run / "checkpoints") == []


# --- damage -----------------------------------------------------------------------------------------------


def _truncate(checkpoint: Path) -> None:
    os.truncate(checkpoint / "model.safetensors", 1000)


def _lengthen(checkpoint: Path) -> None:
    with (checkpoint / "average.safetensors").open("ab") as file:
        file.write(b"more")


def _unlist_state(manifest: dict[str, Any]) -> None:
    del manifest["files"]["state.json"]


def _escape(manifest: dict[str, Any]) -> None:
    manifest["files"]["../../run.json"] = {"size": 1, "sha256": ""}


def _text(name: str, text: str) -> Callable[[Path], None]:
    def write(checkpoint: Path) -> None:
        (checkpoint / name).write_text(text, encoding="utf-8")

    return write


def _manifest(**changes: object) -> Callable[[Path], None]:
    return lambda checkpoint: edit_manifest(checkpoint, lambda manifest: manifest.update(changes))


def _wrong_digit(checkpoint: Path) -> None:
    path = checkpoint / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"epoch": 4', '"epoch": 5'), encoding="utf-8")


# What a look at names, sizes and the manifest finds, in the list as well as when loading.
VISIBLE_DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "truncated": (_truncate, r"model\.safetensors is truncated: 1,000 of 1\d,\d{3} bytes are there"),
    "too long": (_lengthen, r"average\.safetensors is [\d,]+ bytes long instead of [\d,]+"),
    "tensors missing": (
        lambda c: (c / "optimizer.safetensors").unlink(),
        r"optimizer\.safetensors is missing",
    ),
    "state missing": (lambda c: (c / "state.json").unlink(), r"state\.json is missing"),
    "manifest missing": (lambda c: (c / "manifest.json").unlink(), r"manifest\.json is missing"),
    "manifest empty": (_text("manifest.json", ""), r"manifest\.json is empty"),
    "manifest zeroed": (_text("manifest.json", "\0" * 500), r"manifest\.json is empty"),
    "manifest cut": (_text("manifest.json", '{"sda_desktop_checkpoint": 1,\n "fil'), r"malformed \(line 2"),
    "manifest a list": (_text("manifest.json", "[1, 2]"), r"manifest\.json is malformed \(it holds no obj"),
    "manifest nested": (_text("manifest.json", "[" * 200_000), r"manifest\.json is malformed \(nested too"),
    "manifest binary": (
        lambda c: (c / "manifest.json").write_bytes(b"\xff\xfe\x00x"),
        r"manifest\.json is not text",
    ),
    "manifest edited": (_wrong_digit, r"manifest\.json was changed after it was written \(hash mismatch\)"),
    "not ours": (_text("manifest.json", '{"format": "pt"}'), r"it is not a checkpoint of SDA Desktop"),
    "newer": (
        _manifest(sda_desktop_checkpoint=2, app_version="9.9"),
        r"written by a newer SDA Desktop \(9\.9, format 2; this one reads up to 1\)",
    ),
    "no version": (_manifest(sda_desktop_checkpoint="one"), r"its format version is 'one'"),
    "negative epoch": (_manifest(epoch=-1), r"manifest\.json has a wrong epoch \(-1\)"),
    "score a text": (_manifest(score="low"), r"manifest\.json has a wrong score \('low'\)"),
    "no files": (_manifest(files=None), r"manifest\.json lists no state\.json"),
    "state unlisted": (lambda c: edit_manifest(c, _unlist_state), r"manifest\.json lists no state\.json"),
    "path escapes": (lambda c: edit_manifest(c, _escape), r"wrong entry for '\.\./\.\./run\.json'"),
}


@pytest.mark.parametrize("kind", VISIBLE_DAMAGE)
def test_visible_damage_is_named_when_loading_and_listed_as_damaged(run: Path, kind: str) -> None:
    sound = sample_checkpoint(run, 30)
    saved = sample_checkpoint(run, 40, "best", score=0.5)
    damage, expected = VISIBLE_DAMAGE[kind]
    damage(saved.path)

    with pytest.raises(CheckpointError, match=expected) as caught:
        load_checkpoint(saved.path)
    listed = {info.path: info for info in list_checkpoints(run)}

    assert str(saved.path) in caught.value.message
    assert caught.value.remedy
    assert listed[saved.path].problem in caught.value.message
    assert (listed[saved.path].reason, listed[saved.path].global_step) == ("best", 40)
    assert listed[sound.path].problem == ""


def _foreign_dtype(checkpoint: Path) -> None:
    replace_file(checkpoint, "model.safetensors", save({"weight": torch.zeros(2, dtype=torch.complex64)}))


def _pickle_inside(checkpoint: Path) -> None:
    replace_file(checkpoint, "model.safetensors", pickle.dumps({"weight": [1.0]}))


def _header_beyond_end(checkpoint: Path) -> None:
    replace_file(checkpoint, "model.safetensors", b"\xff" * 64)


def _state_cut(checkpoint: Path) -> None:
    replace_file(checkpoint, "state.json", b'{"step": 4')


# What only reading everything finds.
HIDDEN_DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "bit in weights": (
        lambda c: _flip_byte(c / "model.safetensors", -5),
        r"model\.safetensors was changed after it was written \(hash mismatch\)",
    ),
    "bit in header": (
        lambda c: _flip_byte(c / "average.safetensors", 12),
        r"average\.safetensors was changed after it was written \(hash mismatch\)",
    ),
    "bit in state": (
        lambda c: _flip_byte(c / "state.json", 4),
        r"state\.json was changed after it was written \(hash mismatch\)",
    ),
    "unexpected type": (_foreign_dtype, r"holds the tensor weight of the unexpected type complex64"),
    "pickle": (_pickle_inside, r"model\.safetensors is not a valid tensor file"),
    "wild header": (_header_beyond_end, r"model\.safetensors is not a valid tensor file"),
    "state cut": (_state_cut, r"state\.json is malformed"),
}


@pytest.mark.parametrize("kind", HIDDEN_DAMAGE)
def test_hidden_damage_is_named_when_loading(run: Path, kind: str) -> None:
    saved = sample_checkpoint(run, 40)
    damage, expected = HIDDEN_DAMAGE[kind]
    damage(saved.path)
    with pytest.raises(CheckpointError, match=expected):
        load_checkpoint(saved.path)


def test_no_crafted_tensor_file_raises_anything_else(run: Path) -> None:
    """Headers changed at random, under a manifest with the right hash: loaded, or refused with a sentence."""
    saved = sample_checkpoint(run, 1)
    original = (saved.path / "model.safetensors").read_bytes()
    header = 8 + int.from_bytes(original[:8], "little")
    chance = random.Random(0)
    refusals: list[str] = []
    for _ in range(300):
        data = bytearray(original)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(header)] = chance.choice(b'0123456789{}[]",:FUI-\xff')
        replace_file(saved.path, "model.safetensors", bytes(data))
        try:
            load_checkpoint(saved.path)
        except CheckpointError as error:
            refusals.append(error.message)
    assert len(refusals) > 200
    assert all("model.safetensors" in message for message in refusals)


def test_verify_reads_everything_and_tells_the_problem(run: Path) -> None:
    saved = sample_checkpoint(run, 40)
    assert verify_checkpoint(saved.path) == saved
    _flip_byte(saved.path / "optimizer.safetensors", -5)
    assert "optimizer.safetensors was changed" in verify_checkpoint(saved.path).problem


def test_unreadable_file_is_named(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = sample_checkpoint(run, 40)
    real_open = Path.open

    def failing_open(self: Path, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if self.name == "model.safetensors":
            raise OSError(5, "Input/output error")
        return real_open(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", failing_open)
    with pytest.raises(CheckpointError, match=r"model\.safetensors cannot be read \(Input/output error\)"):
        load_checkpoint(saved.path)


@pytest.mark.parametrize("name", ["gone", "model.pt"])
def test_a_place_without_checkpoint_is_named(run: Path, name: str) -> None:
    if name == "model.pt":
        torch.save({"a": torch.zeros(1)}, run / name)
    with pytest.raises(CheckpointError, match=r"There is no checkpoint at|manifest\.json is missing"):
        load_checkpoint(run / name)


def test_a_crafted_file_executes_nothing(run: Path, tmp_path: Path) -> None:
    """The classic attack on model files: a pickle that runs a command when it is loaded."""
    target = tmp_path / "owned"

    class Attack:
        def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
            return (os.mkdir, (str(target),))

    saved = sample_checkpoint(run, 1)
    for name in ("model.safetensors", "state.json"):
        replace_file(saved.path, name, pickle.dumps(Attack()))
        with pytest.raises(CheckpointError):
            load_checkpoint(saved.path)
    assert not target.exists()


# --- writing under stress ---------------------------------------------------------------------------------


@contextlib.contextmanager
def tiny_file_limit() -> Iterator[None]:
    """The kernel refuses files of more than 10,000 bytes, in the middle of writing them.

    Not a fixture: pytest itself writes its progress, perhaps to a file, before a fixture ends.
    """
    resource = pytest.importorskip("resource", reason="a limit of Unix")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_an_error_and_leaves_nothing_half(run: Path) -> None:
    before = sample_checkpoint(run, 1)
    with tiny_file_limit(), pytest.raises(StorageError, match=r"The disk is full") as caught:
        sample_checkpoint(run, 2)
    assert "Free some space" in caught.value.remedy
    assert os.listdir(run / "checkpoints") == [before.path.name]
    assert load_checkpoint(before.path).info == before


@pytest.mark.parametrize("nth", range(1, 12))
def test_a_failure_at_any_moment_of_saving_leaves_the_last_good_one(
    run: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    """Fail the nth call that reaches the disk."""
    before = sample_checkpoint(run, 1)
    calls = 0

    def sometimes(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            nonlocal calls
            calls += 1
            if calls == nth:
                raise OSError(28, "No space left on device")
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        for name in ("fsync", "replace"):
            patch.setattr(os, name, sometimes(getattr(os, name)))
        try:
            sample_checkpoint(run, 2)
            failed = False
        except StorageError:
            failed = True

    infos = list_checkpoints(run)
    assert failed == (calls >= nth)
    assert all(info.problem == "" for info in infos)
    assert before.path in [info.path for info in infos]
    assert not [name for name in os.listdir(run / "checkpoints") if name.startswith(".")]


def test_a_vanished_run_folder_is_an_error_and_not_made_again(run: Path) -> None:
    shutil.rmtree(run)
    with pytest.raises(StorageError, match=r"its folder is gone"):
        sample_checkpoint(run, 1)
    assert not run.exists()


def test_a_write_protected_folder_is_an_error(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)  # a folder's own protection does not hold for root
    with pytest.raises(StorageError, match=r"write-protected"):
        sample_checkpoint(run, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="looks up open files in /proc")
def test_every_file_is_on_the_disk_before_the_checkpoint_gets_its_name(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        order.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")).name)
        real_fsync(descriptor)

    def replace(source: Path, target: Path) -> None:
        order.append("rename to " + Path(target).name)
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    sample_checkpoint(run, 3)

    assert sorted(order[:5]) == sorted(
        ["state.json", "model.safetensors", "average.safetensors", "optimizer.safetensors", "manifest.json"]
    )
    assert order[5].startswith(".tmp-")
    assert order[6:] == ["rename to step-00000003-interval", "checkpoints"]


def test_leftovers_of_a_killed_process_are_not_listed_and_go_with_the_next_save(run: Path) -> None:
    checkpoints = run / "checkpoints"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name in (f".tmp-{dead.pid}-0123abcd", ".trash-1-0123abcd"):
        (checkpoints / name).mkdir(parents=True)
        (checkpoints / name / "model.safetensors").write_bytes(b"half")
    assert list_checkpoints(run) == []

    sample_checkpoint(run, 3)

    assert os.listdir(checkpoints) == ["step-00000003-interval"]


def test_what_a_living_process_writes_is_left_alone(run: Path) -> None:
    unfinished = run / "checkpoints" / f".tmp-{os.getpid()}-0123abcd"
    unfinished.mkdir(parents=True)
    sample_checkpoint(run, 3)
    assert unfinished.is_dir()


def test_a_process_number_used_again_does_not_protect_a_leftover(run: Path) -> None:
    leftover = run / "checkpoints" / f".tmp-{os.getpid()}-0123abcd"
    leftover.mkdir(parents=True)
    os.utime(leftover, (0, 0))  # made long before this process began
    sample_checkpoint(run, 3)
    assert not leftover.exists()


def test_delete_removes_sound_and_damaged_ones_but_nothing_else(run: Path) -> None:
    sound, broken = sample_checkpoint(run, 1), sample_checkpoint(run, 2)
    (broken.path / "manifest.json").unlink()
    for info in (sound, broken):
        delete_checkpoint(info.path)
    assert os.listdir(run / "checkpoints") == []
    for path in (run, run / "checkpoints", sound.path):
        with pytest.raises(CheckpointError, match="is not a checkpoint"):
            delete_checkpoint(path)
    assert (run / "run.json").is_file()


def test_no_torch_is_needed_to_list(run: Path) -> None:
    sample_checkpoint(run, 1)
    script = (
        "import sys; from pathlib import Path; from sda_desktop.training import checkpoint;"
        "print(len(checkpoint.list_checkpoints(Path(sys.argv[1]))), 'torch' in sys.modules)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script, str(run)], check=True, capture_output=True, text=True
    ).stdout
    assert shown.split() == ["1", "False"]


def test_the_manifest_says_who_wrote_what(run: Path) -> None:
    saved = sample_checkpoint(run, 1)
    manifest = json.loads((saved.path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["sda_desktop_checkpoint"] == checkpoint_manifest.FORMAT.version
    assert manifest["files"].keys() | {"manifest.json"} == set(os.listdir(saved.path))
    assert saved.size_bytes == sum(row["size"] for row in manifest["files"].values())
