"""Make the Windows installer from the frozen app; packaging/package.py calls it, on Windows.

Needs Inno Setup 6.4 or newer.  Programs and installer are signed if SDA_SIGN_THUMBPRINT names a certificate
in the user's certificate store; a file, a token or a service may stand behind it, and no password comes near
this script.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from package_error import PackageError
from windows.version_info import numeric_version

SCRIPT = Path(__file__).resolve().parent / "sda-desktop.iss"
THUMBPRINT_VARIABLE = "SDA_SIGN_THUMBPRINT"
TIMESTAMP_SERVER = "http://timestamp.digicert.com"  # without TLS, as the protocol (RFC 3161) has it
SIGN_TOOL = "sda"
PROGRAMS = ("sda-desktop.exe", "sda-desktop-cli.exe")  # for the desktop, and for terminals


def find_compiler(environment: Mapping[str, str]) -> Path:
    """Inno Setup's compiler.  Raises PackageError if it is not there."""
    on_path = shutil.which("ISCC", path=environment.get("PATH"))
    if on_path:
        return Path(on_path)
    for variable in ("ProgramFiles(x86)", "ProgramFiles"):
        folder = environment.get(variable)
        for version in ("7", "6"):
            compiler = Path(folder or ".") / f"Inno Setup {version}" / "ISCC.exe"
            if folder and compiler.is_file():
                return compiler
    raise PackageError(
        "Inno Setup was not found. Install it (https://jrsoftware.org/isdl.php) or put ISCC on the PATH."
    )


def find_signtool(environment: Mapping[str, str]) -> Path:
    """The newest signtool of the Windows SDK.  Raises PackageError if there is none."""
    on_path = shutil.which("signtool", path=environment.get("PATH"))
    if on_path:
        return Path(on_path)
    kits = Path(environment.get("ProgramFiles(x86)", ".")) / "Windows Kits" / "10" / "bin"
    found = sorted(
        kits.glob("10.*/x64/signtool.exe"),
        key=lambda tool: [int(part) for part in tool.parents[1].name.split(".")],
    )
    if not found:
        raise PackageError(
            f"{THUMBPRINT_VARIABLE} is set, but signtool was not found: install the Windows SDK."
        )
    return found[-1]


def sign_command(signtool: Path, thumbprint: str) -> list[str]:
    """The command that signs what is named behind it: by the certificate's fingerprint, with a time stamp."""
    return [
        str(signtool), "sign", "/sha1", thumbprint, "/fd", "SHA256", "/tr", TIMESTAMP_SERVER, "/td", "SHA256",
    ]  # fmt: skip


def compile_command(
    compiler: Path, dist: Path, icons: Path, out: Path, version: str, sign: Sequence[str] = ()
) -> list[str]:
    """The compiler's command line.

    sign: the command of sign_command; the compiler then signs the installer and the uninstaller with it.
    """
    options = {
        "AppVersion": version,
        "NumericVersion": ".".join(map(str, numeric_version(version))),
        "FrozenFolder": str(dist / "sda-desktop"),
        "IconsFolder": str(icons),
        "OutputFolder": str(out),
    }
    command = [str(compiler), "/Qp", *(f"/D{name}={value}" for name, value in options.items())]
    if sign:
        # $q is a quotation mark and $f the file in quotation marks, put there by the compiler.
        quoted = " ".join(f"$q{part}$q" if " " in part else part for part in sign)
        command += [f"/DSignTool={SIGN_TOOL}", f"/S{SIGN_TOOL}={quoted} $f"]
    return [*command, str(SCRIPT)]


def make_installer(dist: Path, icons: Path, out: Path, version: str) -> Path:
    """Sign the programs where that is set up, compile the installer, and return it.  Raises PackageError."""
    programs = [dist / "sda-desktop" / name for name in PROGRAMS]
    for program in programs:
        if not program.is_file():
            raise PackageError(f"There is no program {program}: PyInstaller makes it.")
    compiler = find_compiler(os.environ)
    sign: list[str] = []
    if thumbprint := os.environ.get(THUMBPRINT_VARIABLE):
        sign = sign_command(find_signtool(os.environ), thumbprint)
        _run([*sign, *map(str, programs)])
    else:
        print(f"Not signed: {THUMBPRINT_VARIABLE} is not set. Windows will warn of an unknown publisher.")
    _run(compile_command(compiler, dist, icons, out, version, sign))
    return out / f"sda-desktop-{version}-windows-x86_64-setup.exe"


def _run(command: list[str]) -> None:
    if subprocess.run(command, check=False).returncode != 0:
        raise PackageError(f"{Path(command[0]).name} failed; its last lines above say why.")
