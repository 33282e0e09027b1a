"""A model as one file: the same sounds elsewhere, no private places in it, and never opened half."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest
from sample_checkpoints import sample_run, sample_tensors
from training_runs import Recorder, run_resumed, run_training

from sda_desktop import paths
from sda_desktop.errors import BadInputError, CheckpointError, SdaError, StorageError
from sda_desktop.generation import TrainedModel, model_file
from sda_desktop.generation.chart import layouts_of
from sda_desktop.generation.instrument import identity_of
from sda_desktop.generation.library import describe_model, duplicate, keep_picture, list_models, look_at_model
from sda_desktop.generation.model_file import Imported, export_model, import_model
from sda_desktop.generation.opening import open_instrument
from sda_desktop.generation.portable import portable, portable_name
from sda_desktop.generation.weights_identity import WEIGHTS_FILE, identity_of_file
from sda_desktop.training.checkpoint import load_checkpoint, manage_checkpoints, save_checkpoint
from sda_desktop.training.checkpoint_manifest import FileEntry, seal
from sda_desktop.training.metrics import MetricsHistory
from sda_desktop.training.run_folder import RunFolder

HOME = "/home/anna/Music/Secret Project"
STATE = {"model": {"channels": 32}, "files": [{"path": f"{HOME}/kicks/a.wav"}], "nan": float("nan")}


def save(run: Path, step: int, score: float) -> Path:
    tensors = sample_tensors(step)
    groups = {**tensors, "bank": {"latents": tensors["average"]["bias"]}}
    info = save_checkpoint(
        run, groups, STATE, reason="best", epoch=step, global_step=step, score=score, validation_recon=score
    )
    return info.path


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run whose weights are noise, with places of its owner's in it."""
    folder = sample_run(
        tmp_path / "run",
        name="Bells",
        sources=[HOME],
        dataset={"files": 3},
        status="failed",
        problem=f"{HOME}/kicks/a.wav is gone.",
    )
    folder.metrics_file.write_text(
        json.dumps({"event": "checkpoint", "path": f"{HOME}/x", "reason": "best"}) + '\n{"torn',
        encoding="utf-8",
    )
    save(folder.path, 10, 0.5)
    save(folder.path, 20, 0.4)
    describe_model(folder.path, notes="rings", tags=["metal"])
    return folder.path


@pytest.fixture
def file(run: Path, tmp_path: Path) -> Path:
    return export_model(run, tmp_path / "bells")


def nothing_landed() -> bool:
    return not paths.runs_dir().exists() or list(paths.runs_dir().iterdir()) == []


def rewrite(file: Path, change: Callable[[dict[str, bytes]], object], **info: Any) -> Path:  # noqa: ANN401
    """The file with other members, hashes and seals made to fit, as somebody who knows the format could."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    change(members)
    if members.get("manifest.json") == seal(manifest).encode():
        manifest["files"] = {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in members.items()
            if name != "manifest.json"
        }
        members["manifest.json"] = seal(manifest).encode()
    made = file.with_name("made.sda")
    with zipfile.ZipFile(made, "w", info.pop("compression", zipfile.ZIP_STORED)) as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = archive.compression
            for key, value in info.items():
                setattr(entry, key, value)
            archive.writestr(entry, data)
    return made


# There and back.


def test_a_real_model_makes_the_same_sounds_elsewhere(small_corpus: Path, tmp_path: Path) -> None:
    run_training(small_corpus, tmp_path / "run", Recorder(), epochs=1)
    file = export_model(tmp_path / "run", tmp_path / "model.sda")
    imported = import_model(file, tmp_path / "elsewhere")
    assert imported.new
    here, there = TrainedModel.load(tmp_path / "run"), TrainedModel.load(imported.model.path)
    for seed in (0, 1):
        np.testing.assert_array_equal(here.generate(0.3, seed), there.generate(0.3, seed))
    before = MetricsHistory.load(tmp_path / "run" / "metrics.jsonl")
    after = MetricsHistory.load(imported.model.path / "metrics.jsonl")
    assert (after.steps, after.epochs) == (before.steps, before.epochs)
    assert after.previews == []
    with pytest.raises(CheckpointError, match="came without what a training needs"):
        run_resumed(imported.model.path, Recorder(), epochs=2)
    assert str(tmp_path).encode() not in file.read_bytes()


def test_the_map_comes_along_without_the_sounds(small_corpus: Path, tmp_path: Path) -> None:
    run_training(small_corpus, tmp_path / "run", Recorder(), epochs=1)
    here = open_instrument(tmp_path / "run")
    assert any(sound.path is not None for sound in here.instrument.atlas.sounds)
    positions = layouts_of(here)[0].positions.tolist()
    keep_picture(tmp_path / "run", positions)
    weights = here.instrument.model.info.path / WEIGHTS_FILE
    assert identity_of_file(weights) == identity_of(here.instrument.model.codec)
    file = export_model(tmp_path / "run", tmp_path / "model")
    assert str(tmp_path).encode() not in file.read_bytes()
    there = open_instrument(import_model(file).model.path)
    assert [sound.key for sound in there.instrument.atlas.sounds] == [
        sound.key for sound in here.instrument.atlas.sounds
    ]
    assert {sound.path for sound in there.instrument.atlas.sounds} == {None}
    assert there.folder.load_chart() == here.folder.load_chart()
    assert there.folder.load_chart() is not None
    picture = look_at_model(tmp_path / "run").picture
    assert picture is not None
    assert len(picture.dots) == len(there.instrument.atlas.sounds)
    assert look_at_model(there.folder.path.parent.parent).picture == picture
    recipe = here.instrument.random(3, seconds=0.3)
    np.testing.assert_array_equal(here.instrument.render(recipe), there.instrument.render(recipe))
    copy = open_instrument(duplicate(tmp_path / "run").path)
    assert copy.folder.load_chart() == here.folder.load_chart()
    with pytest.raises(CheckpointError, match="its atlas is damaged, or names files"):
        import_model(rewrite(file, other("explore/atlas.safetensors", b"x" * 64)), again=True)
    theirs = (here.folder.path / "atlas.safetensors").read_bytes()
    with pytest.raises(CheckpointError, match="its atlas is damaged, or names files"):
        import_model(rewrite(file, other("explore/atlas.safetensors", theirs)), again=True)


def test_what_is_told_about_a_model_comes_along(run: Path, file: Path) -> None:
    (run / "presets.json").write_bytes(b"presets of it")
    export_model(run, file, overwrite=True)
    model = import_model(file).model
    assert (model.name, model.notes, model.tags, model.status) == ("Bells", "rings", ("metal",), "stopped")
    assert (model.dataset, model.sounds, model.steps, model.validation_recon) == (
        "Secret Project",
        3,
        20,
        0.4,
    )
    assert (model.path / "presets.json").read_bytes() == b"presets of it"
    here, there = look_at_model(run).best, model.best
    assert here is not None
    assert there is not None
    theirs = load_checkpoint(there.path)
    assert set(theirs.tensors) == {"average", "bank"}
    np.testing.assert_array_equal(
        theirs.tensors["average"]["weight"], load_checkpoint(here.path).tensors["average"]["weight"]
    )


def test_a_chosen_checkpoint_goes_out(run: Path, tmp_path: Path) -> None:
    chosen = next((run / "checkpoints").glob("*10-best"))
    assert import_model(export_model(chosen, tmp_path / "chosen")).model.steps == 10


def test_no_place_of_the_owner_is_in_the_file(file: Path) -> None:
    data = file.read_bytes()
    for private in (b"/home", b"anna", b"Music", str(file.parent).encode(), b"torn"):
        assert private not in data, private
    assert b"kicks/a.wav" in data


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/anna/Music/kicks/deep.wav", "kicks/deep.wav"),
        ("/home/anna/deep.wav", "deep.wav"),
        ("/home/anna/Music/Drum Hits", "Drum Hits"),
        ("/home/anna", "sounds"),
        ("C:\\Users\\Anna\\deep.wav", "deep.wav"),
        ("D:\\Samples\\kicks\\deep.wav", "kicks/deep.wav"),
        ("/Users/anna/deep.wav", "deep.wav"),
        ("/media/anna/stick/deep.wav", "stick/deep.wav"),
        ("~/deep.wav", "deep.wav"),
        ("../../deep.wav", "deep.wav"),
        ("/", "sounds"),
    ],
)
def test_a_path_is_cut_down_to_names(path: str, name: str) -> None:
    assert portable_name(path) == name
    assert portable({"a": [path, 1, None]}) == {"a": [name, 1, None]}
    assert portable(name) == name


def test_the_owners_own_home_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/data/people/anna")
    monkeypatch.setenv("USERPROFILE", "/data/people/anna")
    assert portable_name("/data/people/anna/deep.wav") == "deep.wav"
    assert portable_name("/srv/anna/deep.wav") == "deep.wav"


def test_a_model_is_not_brought_in_twice(file: Path) -> None:
    first = import_model(file)
    assert first.new
    assert import_model(file) == Imported(first.model, new=False)
    assert import_model(file, again=True).model.path != first.model.path
    assert len(list_models()) == 2


def test_another_checkpoint_is_taken_when_one_vanishes_meanwhile(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = look_at_model(run).best
    assert best is not None
    real = model_file._verified_pieces

    def tidied(path: Path, entry: FileEntry) -> Iterator[bytes]:
        if best.path.exists():
            shutil.rmtree(best.path)
        return real(path, entry)

    monkeypatch.setattr(model_file, "_verified_pieces", tidied)
    assert import_model(export_model(run, tmp_path / "m")).model.steps == 10


def test_a_run_that_trains_can_be_exported(run: Path, tmp_path: Path) -> None:
    RunFolder.open(run).update(status="running")
    stop = Event()

    def train() -> None:
        step = 20
        while not stop.is_set():
            step += 1
            save(run, step, 1 / step)
            manage_checkpoints(run, keep_recent=1)

    with RunFolder.open(run).lock():
        trainer = Thread(target=train)
        trainer.start()
        try:
            for number in range(10):
                file = export_model(run, tmp_path / f"{number}.sda")
                model = import_model(file, tmp_path / f"library {number}").model
                assert (model.usable, model.status) == (True, "stopped")
        finally:
            stop.set()
            trainer.join()


# Writing.


def test_a_file_is_not_replaced_unasked(run: Path, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(BadInputError, match="already"):
        export_model(run, file)
    assert file.read_bytes() == before
    assert export_model(run, file.with_suffix(""), overwrite=True) == file


def test_a_full_disk_leaves_no_half_file(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "out"
    target.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr("sda_desktop.storage.os.fsync", full)
        with pytest.raises(StorageError, match="disk is full"):
            export_model(run, target / "m.sda")
    assert list(target.iterdir()) == []


def test_a_damaged_or_missing_model_is_not_exported(run: Path, tmp_path: Path) -> None:
    for weights in run.glob("checkpoints/*/average.safetensors"):
        data = bytearray(weights.read_bytes())
        data[-1] ^= 1
        weights.write_bytes(data)
    with pytest.raises(CheckpointError, match=r"average\.safetensors was changed"):
        export_model(run, tmp_path / "m.sda")
    with pytest.raises(CheckpointError, match="nothing was saved yet"):
        export_model(sample_run(tmp_path / "empty").path, tmp_path / "m.sda")
    with pytest.raises(CheckpointError, match="no checkpoint at"):
        export_model(tmp_path / "nowhere", tmp_path / "m.sda")
    assert not (tmp_path / "m.sda").exists()


# Opening what is not as it should be.


def test_every_flipped_byte_is_refused_or_harmless(file: Path, tmp_path: Path) -> None:
    data = file.read_bytes()
    rng = np.random.default_rng(0)
    with zipfile.ZipFile(file) as archive:
        infos = archive.infolist()
        headers = [place for info in infos for place in range(info.header_offset, info.header_offset + 60, 7)]
        directory = range(archive.start_dir, len(data), 5)
    places = [*headers, *directory, *rng.integers(0, len(data), 60)]
    intact = 0
    for number, place in enumerate(places):
        damaged = bytearray(data)
        damaged[place] ^= 1 << int(rng.integers(8))
        intact += outcome(bytes(damaged), tmp_path / f"flipped {number}")
    assert 0 < intact < len(places) / 2


def test_every_cut_off_file_is_refused(file: Path, tmp_path: Path) -> None:
    data = file.read_bytes()
    for number, length in enumerate(np.linspace(0, len(data) - 1, 60).astype(int)):
        assert not outcome(data[:length], tmp_path / f"cut {number}")
    assert not outcome(data + b"more", tmp_path / "longer")


def outcome(data: bytes, place: Path) -> bool:
    """Whether the import is intact; otherwise it was refused with a sentence and left nothing."""
    place.mkdir()
    file = place / "m.sda"
    file.write_bytes(data)
    model, refusal = None, ""
    try:
        model = import_model(file, place / "library").model
    except SdaError as error:
        refusal = str(error)
    if model is None:
        assert "cannot be opened" in refusal
        assert not (place / "library").exists() or list((place / "library").iterdir()) == []
        return False
    assert (model.name, model.steps, model.notes) == ("Bells", 20, "rings")
    assert model.best is not None
    weight = load_checkpoint(model.best.path).tensors["average"]["weight"]
    np.testing.assert_array_equal(weight, sample_tensors(20)["average"]["weight"])
    shutil.rmtree(place / "library")
    return True


def without(name: str) -> Callable[[dict[str, bytes]], object]:
    return lambda members: members.pop(name)


def other(name: str, data: bytes) -> Callable[[dict[str, bytes]], object]:
    return lambda members: members.update({name: data})


def edited(name: str, change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, bytes]], object]:
    def edit(members: dict[str, bytes]) -> None:
        values = json.loads(members[name])
        change(values)
        members[name] = json.dumps(values).encode()

    return edit


def nested(depth: int) -> list[Any]:
    """Lists in lists."""
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (other("../evil.json", b"{}"), "no business there"),
        (other("/etc/passwd", b"x"), "no business there"),
        (other("checkpoint/optimizer.safetensors", b"x"), "no business there"),
        (other("checkpoint/evil.py", b"x"), "no business there"),
        (without("checkpoint/bank.safetensors"), "no checkpoint/bank.safetensors"),
        (without("manifest.json"), "not a model file"),
        (other("run.json", b"[]"), "run.json is malformed"),
        (other("run.json", b"[" * 100_000), "run.json is malformed"),
        (edited("run.json", lambda run: run.update(sda_desktop_run=2)), "newer SDA Desktop"),
        (edited("run.json", lambda run: run.pop("created")), "wrong created"),
        (edited("run.json", lambda run: run.update(created=10**400)), "wrong created"),
        (edited("run.json", lambda run: run.update(x=nested(490))), "nested too deeply"),
        (other("run.json", b'{"created": ' + b"1" * 5000 + b"}"), "endless number"),
        (edited("about.json", lambda about: about.update(sda_desktop_about=9)), "newer SDA Desktop"),
        (edited("checkpoint/state.json", lambda s: s.update(x=1)), "damaged: state.json"),
        (other("explore/chart.json", b'{"path": "C:\\\\Users\\\\x"}'), "names files on another computer"),
        (other("atlas.safetensors", b"x"), "no business there"),
        (other("manifest.json", b"\xff"), "not text"),
        (other("manifest.json", seal({"sda_desktop_model_file": 2}).encode()), "newer SDA Desktop"),
        (other("manifest.json", seal({"other": 1}).encode()), "not a model file of SDA Desktop"),
        (other("manifest.json", b'{"sda_desktop_model_file": 1, "files": {}}'), "hash mismatch"),
    ],
)
def test_a_crafted_file_is_a_sentence(
    file: Path, change: Callable[[dict[str, bytes]], object], words: str
) -> None:
    with pytest.raises(CheckpointError, match=r"cannot be opened: .*") as refused:
        import_model(rewrite(file, change))
    assert words in str(refused.value)
    assert nothing_landed()


def test_a_member_with_another_hash_is_refused(file: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["run.json"] = members["run.json"].replace(b"Drum", b"Drom").replace(b"Bells", b"Balls")
        # As if sealed anew with the old hashes, which is how a mistake in copying would look.
        members["manifest.json"] = seal({**json.loads(members["manifest.json"]), "name": "x"}).encode()

    with pytest.raises(CheckpointError, match=r"run\.json in it was changed"):
        import_model(rewrite(file, change))
    assert nothing_landed()


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"files": [{"path": "/etc/passwd"}]}, "names files on another computer"),
        ({"model": {"channels": 10**6}}, "larger than its weights"),
        ({"model": {"channels": 32, "bins": 10**9}}, "larger than its weights"),
        ({"model": None}, "larger than its weights"),
        ({"x": nested(490)}, "nested too deeply"),
        ({"spectrogram": {"fft_samples": 2**40}}, "no model has"),
        ({"spectrogram": {"hop_samples": 0}}, "no model has"),
    ],
)
def test_a_state_with_false_claims_is_refused_however_well_it_is_sealed(
    file: Path, claims: dict[str, Any], words: str
) -> None:
    def change(members: dict[str, bytes]) -> None:
        state = json.dumps({**json.loads(members["checkpoint/state.json"]), **claims}).encode()
        manifest = json.loads(members["checkpoint/manifest.json"])
        row = {"size": len(state), "sha256": hashlib.sha256(state).hexdigest()}
        manifest["files"]["state.json"] = row
        members["checkpoint/state.json"] = state
        members["checkpoint/manifest.json"] = seal(manifest).encode()

    with pytest.raises(CheckpointError, match=words):
        import_model(rewrite(file, change))
    assert nothing_landed()


def test_places_in_run_json_are_cut_down_and_it_does_not_train(file: Path) -> None:
    def change(run: dict[str, Any]) -> None:
        run.update(sources=["/etc", "../../x/y.wav"], status="running", name="a\nb\x1b[31m", problem="p")

    model = import_model(rewrite(file, edited("run.json", change))).model
    assert RunFolder.open(model.path).manifest["sources"] == ["etc", "x/y.wav"]
    assert (model.status, model.problem) == ("stopped", "")
    assert RunFolder.open(model.path).manifest["name"] == "a b [31m"


def test_compressed_linked_and_huge_members_are_refused(file: Path) -> None:
    bomb = rewrite(file, other("presets.json", b"0" * 10_000_000), compression=zipfile.ZIP_DEFLATED)
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(CheckpointError, match="is compressed"):
        import_model(bomb)
    with pytest.raises(CheckpointError, match="no plain file"):
        import_model(rewrite(file, lambda _: None, external_attr=(stat.S_IFLNK | 0o777) << 16))
    with pytest.raises(CheckpointError, match="far more than it should"):
        import_model(rewrite(file, lambda members: members.update({f"{n}.json": b"" for n in range(99)})))
    assert nothing_landed()


@pytest.mark.parametrize("data", [b"", b"RIFF" + bytes(5000), b"PK\x05\x06" + bytes(18)])
def test_another_kind_of_file_is_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "m.sda").write_bytes(data)
    with pytest.raises(CheckpointError, match="cannot be opened"):
        import_model(tmp_path / "m.sda")
    with pytest.raises(CheckpointError, match="cannot be opened"):
        import_model(tmp_path)
    with pytest.raises(CheckpointError, match="it is gone"):
        import_model(tmp_path / "nothing.sda")
    assert nothing_landed()
