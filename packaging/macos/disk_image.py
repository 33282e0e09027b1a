"""Make the disk image for macOS from the frozen app; packaging/package.py calls it, on macOS.

The app is signed if SDA_SIGN_IDENTITY names a "Developer ID Application" certificate in the keychain, and
notarised if SDA_NOTARY_PROFILE names what `xcrun notarytool store-credentials` has kept there; no password
comes near this script.  Where one is missing, a printed line says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from macos.mach_o import is_mach_o
from package_error import PackageError

APP = "SDA Desktop.app"
VOLUME = "SDA Desktop"
ENTITLEMENTS = Path(__file__).resolve().parent / "entitlements.plist"
IDENTITY_VARIABLE = "SDA_SIGN_IDENTITY"
NOTARY_VARIABLE = "SDA_NOTARY_PROFILE"
AT_ONCE = 100  # files that one call signs; each asks Apple's server for a time stamp
TRIES = 4  # of hdiutil, which is refused while the system still looks through a fresh app


def make_disk_image(dist: Path, icons: Path, out: Path, version: str) -> Path:
    """Sign, pack and notarise the app that lies in dist; returns the image in out.

    icons is not needed: the app brings its own.  Raises PackageError.
    """
    app = dist / APP
    if not app.is_dir():
        raise PackageError(f"There is no {APP} in {dist}: PyInstaller makes it, on macOS only.")
    identity = os.environ.get(IDENTITY_VARIABLE)
    if identity:
        sign_app(app, identity)
    else:
        print(f"Not signed: {IDENTITY_VARIABLE} is not set. macOS will refuse a downloaded copy at first.")
    image = out / f"sda-desktop-{version}-macos-arm64.dmg"
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), app)
        pack(Path(folder), image)
    if identity:
        run(["codesign", "--force", "--timestamp", "--sign", identity, str(image)])
        notarise(image, os.environ)
    return image


def programs(app: Path) -> list[Path]:
    """Every program and library in the app, the deepest first, as they have to be signed."""
    found = [path for path in app.rglob("*") if is_mach_o(path)]
    return sorted(found, key=lambda path: (-len(path.parts), path))


def frameworks(app: Path) -> list[Path]:
    """The frameworks in the app, the deepest first; each is signed as a whole, too."""
    found = [path for path in app.rglob("*.framework") if path.is_dir() and not path.is_symlink()]
    return sorted(found, key=lambda path: (-len(path.parts), path))


def sign_commands(app: Path, identity: str) -> list[list[str]]:
    """The commands that sign the app from the inside outwards, as Apple advises, and check it.

    The entitlements belong to the program alone, which is signed together with the app.
    """
    sign = ["codesign", "--force", "--timestamp", "--options", "runtime", "--sign", identity]
    main = app / "Contents" / "MacOS"
    inner = [path for path in programs(app) if path.parent != main]
    commands = [[*sign, *map(str, some)] for some in in_groups(inner)]
    commands += [[*sign, *map(str, some)] for some in in_groups(frameworks(app))]
    commands.append([*sign, "--entitlements", str(ENTITLEMENTS), str(app)])
    commands.append(["codesign", "--verify", "--deep", "--strict", "--verbose=2", str(app)])
    return commands


def in_groups(paths: list[Path]) -> Iterable[list[Path]]:
    """The paths in groups that one command takes."""
    return (paths[start : start + AT_ONCE] for start in range(0, len(paths), AT_ONCE))


def sign_app(app: Path, identity: str) -> None:
    """Sign all of the app.  Raises PackageError."""
    for command in sign_commands(app, identity):
        run(command)


def fill(folder: Path, app: Path) -> None:
    """What the image shows: the app, and beside it the folder where it belongs."""
    shutil.copytree(app, folder / APP, symlinks=True)
    (folder / "Applications").symlink_to("/Applications")


def pack(folder: Path, image: Path) -> None:
    """Make a compressed, read-only image of the folder.  Raises PackageError."""
    command = ["hdiutil", "create", "-volname", VOLUME, "-srcfolder", str(folder)]
    command += ["-fs", "HFS+", "-format", "ULFO", "-ov", str(image)]
    for attempt in range(1, TRIES + 1):
        try:
            run(command)
            return
        except PackageError:
            if attempt == TRIES:
                raise
            time.sleep(10)


def notarise(image: Path, environment: Mapping[str, str]) -> None:
    """Have Apple look through the image, and fasten its answer to it.  Raises PackageError."""
    profile = environment.get(NOTARY_VARIABLE)
    if not profile:
        print(f"Not notarised: {NOTARY_VARIABLE} is not set. macOS will warn of an unchecked app.")
        return
    run(["xcrun", "notarytool", "submit", str(image), "--keychain-profile", profile, "--wait"])
    # Fails if Apple did not accept it.
    run(["xcrun", "stapler", "staple", str(image)])


def run(command: list[str]) -> None:
    """Run one tool.  Raises PackageError if it fails or is not there."""
    try:
        code = subprocess.run(command, check=False).returncode
    except FileNotFoundError:
        raise PackageError(f"{command[0]} was not found: this needs macOS with Xcode's tools.") from None
    if code != 0:
        raise PackageError(f"{' '.join(command[:2])} failed; its last lines above say why.")
