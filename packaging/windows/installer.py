"""Make the Windows installer from the frozen app: `python packaging/windows/installer.py` (on Windows).

Needs Inno Setup 6.4 or newer and, in build/dist/sda-desktop, what PyInstaller made.  The installer comes into
build/out.  Programs and installer are signed if SDA_SIGN_THUMBPRINT names a certificate in the user's
certificate store (a file, a token or a service may stand behind it; no password comes near this script).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "packaging")]

from app_icons import write_icons  # noqa: E402
from windows.version_info import numeric_version  # noqa: E402

from sda_desktop import __version__  # noqa: E402

SCRIPT = CHECKOUT / "packaging" / "windows" / "sda-desktop.iss"
FROZEN = CHECKOUT / "build" / "dist" / "sda-desktop"
ICONS = CHECKOUT / "build" / "icons"
OUT = CHECKOUT / "build" / "out"
THUMBPRINT_VARIABLE = "SDA_SIGN_THUMBPRINT"
TIMESTAMP_SERVER = "http://timestamp.digicert.com"  # without TLS, as the protocol (RFC 3161) has it
SIGN_TOOL = "sda"


class PackagingError(Exception):
    """The package cannot be made; the sentence says why and what to do."""


def find_compiler(environment: Mapping[str, str]) -> Path:
    """Inno Setup's compiler.  Raises PackagingError if it is not there."""
    on_path = shutil.which("ISCC", path=environment.get("PATH"))
    if on_path:
        return Path(on_path)
    for variable in ("ProgramFiles(x86)", "ProgramFiles"):
        folder = environment.get(variable)
        for version in ("7", "6"):
            compiler = Path(folder or ".") / f"Inno Setup {version}" / "ISCC.exe"
            if folder and compiler.is_file():
                return compiler
    raise PackagingError(
        "Inno Setup was not found. Install it (https://jrsoftware.org/isdl.php) or put ISCC on the PATH."
    )


def find_signtool(environment: Mapping[str, str]) -> Path:
    """The newest signtool of the Windows SDK.  Raises PackagingError if there is none."""
    on_path = shutil.which("signtool", path=environment.get("PATH"))
    if on_path:
        return Path(on_path)
    kits = Path(environment.get("ProgramFiles(x86)", ".")) / "Windows Kits" / "10" / "bin"
    found = sorted(
        kits.glob("10.*/x64/signtool.exe"),
        key=lambda tool: [int(part) for part in tool.parents[1].name.split(".")],
    )
    if not found:
        raise PackagingError(
            f"{THUMBPRINT_VARIABLE} is set, but signtool was not found: install the Windows SDK."
        )
    return found[-1]


def sign_command(signtool: Path, thumbprint: str) -> list[str]:
    """The command that signs what is named behind it: by the certificate's fingerprint, with a time stamp."""
    return [
        str(signtool), "sign", "/sha1", thumbprint, "/fd", "SHA256", "/tr", TIMESTAMP_SERVER, "/td", "SHA256",
    ]  # fmt: skip


def compile_command(compiler: Path, sign: Sequence[str] = ()) -> list[str]:
    """The compiler's command line.

    sign: the command of sign_command; the compiler then signs the installer and the uninstaller with it.
    """
    options = {
        "AppVersion": __version__,
        "NumericVersion": ".".join(map(str, numeric_version())),
        "FrozenFolder": str(FROZEN),
        "IconsFolder": str(ICONS),
        "OutputFolder": str(OUT),
    }
    command = [str(compiler), "/Qp", *(f"/D{name}={value}" for name, value in options.items())]
    if sign:
        # $q is a quotation mark and $f the file in quotation marks, put there by the compiler.
        quoted = " ".join(f"$q{part}$q" if " " in part else part for part in sign)
        command += [f"/DSignTool={SIGN_TOOL}", f"/S{SIGN_TOOL}={quoted} $f"]
    return [*command, str(SCRIPT)]


def make_installer(environment: Mapping[str, str]) -> Path:
    """Sign the programs where that is set up, compile the installer, and return it.

    Raises PackagingError, or CalledProcessError if one of the tools fails.
    """
    programs = sorted(FROZEN.glob("*.exe"))
    if not programs:
        raise PackagingError(
            f"There is no frozen app in {FROZEN}. Run first: py packaging/bootstrap.py package"
        )
    compiler = find_compiler(environment)
    write_icons(ICONS)
    sign: list[str] = []
    if thumbprint := environment.get(THUMBPRINT_VARIABLE):
        sign = sign_command(find_signtool(environment), thumbprint)
        subprocess.run([*sign, *map(str, programs)], check=True)
    else:
        print(f"Not signed: {THUMBPRINT_VARIABLE} is not set. Windows will warn of an unknown publisher.")
    OUT.mkdir(parents=True, exist_ok=True)
    subprocess.run(compile_command(compiler, sign), check=True)
    return OUT / f"sda-desktop-{__version__}-windows-x86_64-setup.exe"


def main() -> int:
    """Make the installer and print where it is; returns the exit code."""
    try:
        made = make_installer(os.environ)
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"{error.cmd[0]} failed, see above.", file=sys.stderr)
        return 1
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
