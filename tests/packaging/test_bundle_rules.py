"""What goes into the frozen app and what stays out."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import bundle_rules
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="on Linux some system libraries come along")


def keeps(destination: str, source: str = "/somewhere", kind: str = "DATA") -> bool:
    return bundle_rules.keeps((destination, source, kind))


@pytest.mark.parametrize(
    "path",
    [
        "torch/lib/libtorch_cpu.so",
        "torch/lib/torch_cpu.dll",
        "torch/_dynamo/config.py",
        "torch/bin/torch_shm_manager",
        "PySide6/QtWidgets.abi3.so",
        "PySide6/QtWidgets.pyd",
        "PySide6/Qt6Widgets.dll",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/lib/QtWidgets.framework/Versions/A/QtWidgets",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "scipy/spatial/_ckdtree.so",
        "resources/icons/play.svg",
        "_soundfile_data/libsndfile_x86_64.so",
        "scipy.libs/libscipy_openblas-6cdc3b4a.so",
    ],
)
def test_what_the_app_uses_goes_in(path: str) -> None:
    assert keeps(path)
    assert keeps(path.replace("/", "\\"))


@pytest.mark.parametrize(
    "path",
    [
        "torch/include/ATen/ATen.h",
        "torch/bin/protoc",
        "torch/test/cpp_api",
        "torch/lib/libtorchbind_test.so",
        "torch/lib/dnnl.lib",
        "torchaudio/lib/libtorchaudio.abi3.so",
        "PySide6/QtQuick.abi3.so",
        "PySide6/Qt6Designer.dll",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "scipy/stats/tests/data/jf_skew_t_gamlss_pdf_data.npy",
        "pyqtgraph/examples/Plotting.py",
        "resources/screenshots/window-light.png",
    ],
)
def test_what_it_never_loads_stays_out(path: str) -> None:
    assert not keeps(path)
    assert not keeps(path.replace("/", "\\"))


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_windows_has_a_second_program_for_terminals(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    """The spec file is run with stand-ins for what PyInstaller puts into it."""
    monkeypatch.setattr(sys, "platform", system)
    importlib.reload(bundle_rules)
    try:
        made, collected = run_spec()
    finally:
        monkeypatch.undo()
        importlib.reload(bundle_rules)
    names = ["sda-desktop", "sda-desktop-cli"] if system == "win32" else ["sda-desktop"]
    assert [program["name"] for program in made] == names
    assert [program["console"] for program in made] == [False, True][: len(made)]
    assert collected[: len(made)] == made
    versions = {str(program["version"]) for program in made}
    assert len(versions) == len(made)
    assert (versions == {"None"}) is (system != "win32")
    options = [program["options"] for program in made]
    assert all(given == ([] if system == "win32" else [("X utf8", None, "OPTION")]) for given in options)


def run_spec() -> tuple[list[dict[str, Any]], list[Any]]:
    """What the spec file makes into programs, and what it collects into the folder."""
    made: list[dict[str, Any]] = []
    collected: list[Any] = []

    def program(_archive: object, _scripts: object, options: object, **settings: Any) -> dict[str, Any]:  # noqa: ANN401
        made.append({**settings, "options": options})
        return made[-1]

    text = (CHECKOUT / "packaging" / "sda-desktop.spec").read_text(encoding="utf-8")
    text = text.replace("from PyInstaller.utils.hooks import collect_submodules\n", "")
    path = list(sys.path)
    given = {
        "SPECPATH": str(CHECKOUT / "packaging"),
        "collect_submodules": lambda _: [],
        "Analysis": lambda *_, **__: SimpleNamespace(binaries=[], datas=[], pure=[], scripts=[]),
        "PYZ": lambda _: None,
        "EXE": program,
        "COLLECT": lambda *parts, **_: collected.extend(parts),
        "BUNDLE": lambda *_, **__: None,
    }
    try:
        exec(compile(text, "sda-desktop.spec", "exec"), given)
    finally:
        sys.path[:] = path
    return made, collected


@LINUX
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("libportaudio.so.2", True),
        ("libjack.so.0", True),
        ("libpython3.11.so.1.0", True),
        ("libxcb-cursor.so.0", True),
        ("libasound.so.2", False),  # must fit the system's own plugins
        ("libstdc++.so.6", False),  # the graphics driver's
        ("libX11.so.6", False),
        ("libxcb-render.so.0", False),
        ("libgtk-3.so.0", False),
        ("libmvec.so.1", False),
        ("libcudart.so.13", False),
    ],
)
def test_of_the_systems_libraries_only_a_few_come_along(name: str, wanted: bool) -> None:
    assert keeps(name, f"/lib/x86_64-linux-gnu/{name}", "BINARY") is wanted


@LINUX
def test_a_link_goes_where_its_target_goes() -> None:
    assert keeps("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK")
    assert not keeps("libQt6Qml.so.6", "PySide6/Qt/lib/libQt6Qml.so.6", "SYMLINK")


@pytest.mark.parametrize(("library", "kept"), [("QtCore", True), ("QtQml", False)])
def test_no_link_of_a_macos_framework_is_left_without_what_it_links(library: str, kept: bool) -> None:
    framework = f"PySide6/Qt/lib/{library}.framework"
    assert keeps(f"{framework}/Versions/A/{library}", kind="BINARY") is kept
    for destination, source in (
        (f"{framework}/Versions/Current", "A"),
        (f"{framework}/{library}", f"Versions/Current/{library}"),
        (f"{framework}/Resources", "Versions/Current/Resources"),
        (library, f"{framework}/Versions/A/{library}"),
    ):
        assert keeps(destination, source, "SYMLINK") is kept


def test_modules_of_torch_that_read_their_own_source_keep_it() -> None:
    from importlib import util
    from pathlib import Path

    spec = util.find_spec("torch")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    root = Path(spec.submodule_search_locations[0])
    readers = {
        ".".join(("torch", *path.relative_to(root).with_suffix("").parts))
        for path in root.rglob("*config*.py")
        if "install_config_module(sys.modules[__name__])" in path.read_text(encoding="utf-8")
    }
    readers = {name for name in readers if not name.startswith(("torch.testing.", "torch.utils._"))}
    assert readers <= {name for name, mode in bundle_rules.COLLECTION_MODE.items() if mode == "pyz+py"}
