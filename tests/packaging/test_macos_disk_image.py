"""The macOS package without macOS: Apple's tools are replaced by scripts that note how they were called."""

from __future__ import annotations

import os
import plistlib
import struct
import sys
import time
from pathlib import Path

import app_icons
import pytest
from macos import disk_image, info_plist, mach_o
from package_error import PackageError

from sda_desktop import __version__
from sda_desktop.training.run_place import MODEL_FILE_SUFFIX

THIN = mach_o.THIN + b"the rest of a program"
FAT = mach_o.FAT + struct.pack(">I", 2) + b"programs for two processors"


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A folder laid out as PyInstaller lays the bundle out."""
    if sys.platform == "win32":
        pytest.skip("links need an administrator there")
    made = tmp_path / "dist" / disk_image.APP
    for name, data in {
        "Contents/MacOS/sda-desktop": THIN,
        "Contents/Frameworks/libtorch.dylib": THIN,
        "Contents/Frameworks/PySide6/QtCore.abi3.so": FAT,
        "Contents/Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore": THIN,
        "Contents/Resources/resources/LICENSE": b"MIT License",
        "Contents/Info.plist": b"<plist/>",
    }.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(data)
    (made / "Contents/Resources/libtorch.dylib").symlink_to("../Frameworks/libtorch.dylib")
    (made / "Contents/Frameworks/PySide6/Qt/lib/QtCore.framework/QtCore").symlink_to("Versions/A/QtCore")
    return made


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put codesign, hdiutil and xcrun on the PATH that only write down how they were called; the notes."""
    if sys.platform == "win32":
        pytest.skip("the tools that stand in are shell scripts")
    notes = tmp_path / "notes.txt"
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("codesign", "hdiutil", "xcrun"):
        tool = folder / name
        tool.write_text(f'#!/bin/sh\necho {name} "$@" >> "{notes}"\n', encoding="utf-8")
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    for variable in (disk_image.IDENTITY_VARIABLE, disk_image.NOTARY_VARIABLE):
        monkeypatch.delenv(variable, raising=False)
    return notes


def written_plist() -> dict[str, object]:
    """The property list as macOS reads it."""
    read = plistlib.loads(plistlib.dumps(info_plist.contents(__version__)))
    assert isinstance(read, dict)
    return read


def test_the_property_list_says_what_macos_asks_for() -> None:
    found = written_plist()
    assert found["CFBundleShortVersionString"] == info_plist.plain_version(__version__)
    assert found["NSHighResolutionCapable"] is True
    assert found["NSRequiresAquaSystemAppearance"] is False
    assert found["LSMinimumSystemVersion"] == "14.0"
    assert found["LSApplicationCategoryType"] == "public.app-category.music"
    assert not [key for key in found if "Microphone" in key or "Camera" in key]


@pytest.mark.parametrize(
    ("version", "plain"),
    [
        ("1.2.0", "1.2.0"),
        ("1.2.0rc1", "1.2.0"),
        ("2.10.3b2", "2.10.3"),
        ("0.2.0.dev7", "0.2.0"),
        ("1.2.0.post1", "1.2.0"),
        ("1.2rc1", "1.2.0"),
    ],
)
def test_macos_is_told_numbers_only(version: str, plain: str) -> None:
    found = info_plist.contents(version)
    assert found["CFBundleVersion"] == found["CFBundleShortVersionString"] == plain


def test_model_files_belong_to_the_app_and_folders_do_not() -> None:
    found = written_plist()
    documents = found["CFBundleDocumentTypes"]
    assert isinstance(documents, list)
    ranks = {document["LSItemContentTypes"][0]: document["LSHandlerRank"] for document in documents}
    assert ranks == {
        info_plist.MODEL_TYPE: "Owner",
        "public.folder": "Alternate",
        "public.audio": "Alternate",
    }
    assert {document["CFBundleTypeRole"] for document in documents} == {"Viewer"}
    exported = found["UTExportedTypeDeclarations"]
    assert isinstance(exported, list)
    tags = exported[0]["UTTypeTagSpecification"]
    assert ["." + suffix for suffix in tags["public.filename-extension"]] == [MODEL_FILE_SUFFIX]
    assert tags["public.mime-type"] == [app_icons.MIME_TYPE]
    assert exported[0]["UTTypeIdentifier"] == info_plist.MODEL_TYPE
    assert exported[0]["UTTypeIconFile"] == f"{app_icons.MODEL}.icns"


def test_the_entitlements_are_those_that_python_and_torch_need() -> None:
    found = plistlib.loads(disk_image.ENTITLEMENTS.read_bytes())
    assert found == {
        f"com.apple.security.cs.{name}": True
        for name in ("allow-unsigned-executable-memory", "allow-jit", "disable-library-validation")
    }


def test_programs_are_told_from_other_files(tmp_path: Path) -> None:
    for name, data, expected in (
        ("thin", THIN, True),
        ("fat", FAT, True),
        ("Main.class", mach_o.FAT + struct.pack(">HH", 0, 65) + b"rest", False),
        ("text", b"MIT License", False),
        ("empty", b"", False),
    ):
        (tmp_path / name).write_bytes(data)
        assert mach_o.is_mach_o(tmp_path / name) is expected, name
    assert not mach_o.is_mach_o(tmp_path)


def test_everything_is_signed_once_from_the_inside_outwards(app: Path) -> None:
    commands = disk_image.sign_commands(app, "Developer ID Application: Nobody")
    signed = [part for command in commands[:-1] for part in command if part.startswith(str(app))]
    names = [Path(path).name for path in signed]
    assert names == ["QtCore", "QtCore.abi3.so", "libtorch.dylib", "QtCore.framework", disk_image.APP]
    for command in commands[:-1]:
        assert command[command.index("--options") + 1] == "runtime"
        assert ("--entitlements" in command) == (command[-1] == str(app))
    assert commands[-1][:4] == ["codesign", "--verify", "--deep", "--strict"]


def test_many_files_are_signed_in_groups() -> None:
    paths = [Path(f"/app/{number}") for number in range(2 * disk_image.AT_ONCE + 1)]
    groups = list(disk_image.in_groups(paths))
    assert [len(group) for group in groups] == [disk_image.AT_ONCE, disk_image.AT_ONCE, 1]
    assert [path for group in groups for path in group] == paths


def test_without_credentials_an_unsigned_image_is_made_and_said_so(
    app: Path, tools: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    image = disk_image.make_disk_image(app.parent, tmp_path, tmp_path / "out", "1.2.3")
    assert image == tmp_path / "out" / "sda-desktop-1.2.3-macos-arm64.dmg"
    calls = tools.read_text(encoding="utf-8").splitlines()
    assert [call.split()[0] for call in calls] == ["hdiutil"]
    assert calls[0].endswith(str(image))
    assert disk_image.IDENTITY_VARIABLE in capsys.readouterr().out


def test_with_credentials_it_is_signed_notarised_and_stapled(
    app: Path, tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(disk_image.IDENTITY_VARIABLE, "Developer ID Application: Nobody")
    monkeypatch.setenv(disk_image.NOTARY_VARIABLE, "kept")
    image = disk_image.make_disk_image(app.parent, tmp_path, tmp_path, "1.2.3")
    calls = tools.read_text(encoding="utf-8").splitlines()
    after = calls[next(n for n, call in enumerate(calls) if call.startswith("hdiutil")) + 1 :]
    assert after == [
        f"codesign --force --timestamp --sign Developer ID Application: Nobody {image}",
        f"xcrun notarytool submit {image} --keychain-profile kept --wait",
        f"xcrun stapler staple {image}",
    ]


def test_the_image_shows_the_app_and_where_it_belongs(app: Path, tmp_path: Path) -> None:
    folder = tmp_path / "image"
    folder.mkdir()
    disk_image.fill(folder, app)
    assert sorted(path.name for path in folder.iterdir()) == ["Applications", disk_image.APP]
    assert (folder / "Applications").readlink() == Path("/Applications")
    assert (folder / disk_image.APP / "Contents/Resources/libtorch.dylib").is_symlink()


def test_a_tool_that_fails_is_named(tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tools.parent / "tools" / "hdiutil").write_text("#!/bin/sh\nexit 16\n", encoding="utf-8")
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    with pytest.raises(PackageError, match="hdiutil create failed"):
        disk_image.pack(tmp_path, tmp_path / "a.dmg")
    assert len(slept) == disk_image.TRIES - 1
    with pytest.raises(PackageError, match="was not found"):
        disk_image.run(["no-such-tool-of-apple"])


def test_without_an_app_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="no SDA Desktop"):
        disk_image.make_disk_image(tmp_path, tmp_path, tmp_path, "1.2.3")
