"""Freeze the app and make this system's installers: `python3 packaging/bootstrap.py package`.

Runs inside the virtual environment, after bootstrap.py has set it up.  Everything goes into build/: the
frozen folder into build/dist, what is to be given to people into build/out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "packaging")]

import app_icons  # noqa: E402
import bundle_rules  # noqa: E402
import linux_packages  # noqa: E402
import smoke  # noqa: E402
from macos.disk_image import make_disk_image  # noqa: E402
from package_error import PackageError  # noqa: E402
from windows import version_info  # noqa: E402
from windows.installer import make_installer  # noqa: E402

from sda_desktop import __version__, licences  # noqa: E402

BUILD = CHECKOUT / "build"
DIST = BUILD / "dist"
OUT = BUILD / "out"
# What makes the installers of a system: from the folder with the frozen app, the icons' folder, the folder to
# write into, and the version.
PACKERS: dict[str, Sequence[Callable[[Path, Path, Path, str], Path]]] = {
    "linux": (linux_packages.make_deb, linux_packages.make_archive),
    "win32": (make_installer,),
    "darwin": (make_disk_image,),
}
LICENCES = BUILD / "licenses"
ICONS = BUILD / "icons"


def program_in(dist: Path, name: str = bundle_rules.PROGRAM) -> Path:
    """The frozen program; on Windows there is another name for terminals."""
    if sys.platform == "darwin":
        return dist / "SDA Desktop.app" / "Contents" / "MacOS" / name
    suffix = ".exe" if sys.platform == "win32" else ""
    return dist / bundle_rules.PROGRAM / f"{name}{suffix}"


def freeze() -> Path:
    """Run PyInstaller; returns the frozen program.  Raises PackageError."""
    _refuse_cuda()
    shutil.rmtree(LICENCES, ignore_errors=True)
    licences.collect(LICENCES, licences.runtime_distributions())
    app_icons.write_icons(ICONS)
    for name in (bundle_rules.PROGRAM, bundle_rules.CONSOLE_PROGRAM):
        if resource := bundle_rules.version_resource(BUILD, name):
            Path(resource).write_text(version_info.text(__version__, name), encoding="utf-8")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(BUILD / "work")]
    command.append(str(CHECKOUT / "packaging" / "sda-desktop.spec"))
    shutil.rmtree(DIST, ignore_errors=True)
    if subprocess.run(command, cwd=CHECKOUT, check=False).returncode != 0:
        raise PackageError("PyInstaller failed; its last lines above say why.")
    if sys.platform == "linux":
        _finish_linux(DIST / bundle_rules.PROGRAM)
    return program_in(DIST)


def _refuse_cuda() -> None:
    """A CUDA build of torch brings gigabytes of libraries that the packages have no room for."""
    import torch

    if torch.version.cuda is not None:
        raise PackageError(
            "The installed torch is a CUDA build, which is several GB: let pip find a CPU-only build "
            f"(torch {torch.__version__.partition('+')[0]}+cpu), remove .venv and start again."
        )


def _finish_linux(bundle: Path) -> None:
    """Strip the largest libraries, and add the licences of the system's libraries that came along."""
    internal = bundle / "_internal"
    for name in bundle_rules.STRIPPED_ON_LINUX:
        library = internal / name
        if not library.is_file():
            raise PackageError(f"{name} is not in the frozen app: look at bundle_rules.py.")
        if subprocess.run(["strip", "--strip-unneeded", str(library)], check=False).returncode != 0:
            raise PackageError(f"{name} cannot be stripped: install the package binutils.")
    folder = internal / "resources" / "licenses"
    index = json.loads((folder / licences.INDEX_NAME).read_text(encoding="utf-8"))
    for package, copyright_file in linux_packages.foreign_libraries(bundle):
        name = f"{package}.txt"
        shutil.copyfile(copyright_file, folder / name)
        index.append({"name": package, "version": "", "license": "see the text", "files": [name]})
    (folder / licences.INDEX_NAME).write_text(json.dumps(index, indent=1), encoding="utf-8")


def tell_sizes(bundle: Path) -> None:
    """Print what is in the size, largest first."""
    sizes: dict[str, int] = {}
    for path in bundle.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts = path.relative_to(bundle).parts
            name = parts[1] if parts[0] == "_internal" and len(parts) > 2 else "program and single libraries"
            sizes[name] = sizes.get(name, 0) + path.stat().st_size
    print(f"Frozen: {sum(sizes.values()) / 1e6:.0f} MB")
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:12]:
        print(f"  {size / 1e6:7.1f} MB  {name}")


def main(arguments: Sequence[str]) -> int:
    """Freeze, test, pack.  Returns the exit code."""
    parser = argparse.ArgumentParser(prog="bootstrap.py package", description=__doc__)
    parser.add_argument("--no-installer", action="store_true", help="freeze and test only")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    try:
        BUILD.mkdir(exist_ok=True)
        program = freeze()
        tell_sizes(DIST / bundle_rules.PROGRAM if sys.platform != "darwin" else DIST)
        print("Smoke test of the frozen program:", flush=True)
        print(smoke.smoke(program), end="", flush=True)
        smoke.hear(program_in(DIST, bundle_rules.CONSOLE_PROGRAM), f"SDA Desktop {__version__}")
        made = [] if options.no_installer else pack()
    except (PackageError, smoke.SmokeError) as error:
        print(f"No package was made: {error}", file=sys.stderr)
        return 1
    for path in made:
        print(f"{path.relative_to(CHECKOUT)}: {path.stat().st_size / 1e6:.0f} MB")
    print(f"Done in {time.monotonic() - began:.0f} s")
    return 0


def pack() -> list[Path]:
    """Make this system's installers from the frozen folder."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    return [make(DIST, ICONS, OUT, __version__) for make in PACKERS.get(sys.platform, ())]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
