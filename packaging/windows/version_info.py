"""The version resource of the Windows program: what Explorer shows under Properties, Details.

PyInstaller takes it as a text file that holds a Python expression (its documentation, "Capturing Windows
version data"); the fields are those of VERSIONINFO in the Win32 documentation.
"""

from __future__ import annotations

import re

# US English and Unicode: as a number of a language and of a code page, and as one hexadecimal text.
LANGUAGE, CODE_PAGE = 0x0409, 1200
TABLE = f"{LANGUAGE:04X}{CODE_PAGE:04X}"
COPYRIGHT = "Copyright (c) The SDA Desktop authors, MIT licence"


def numeric_version(version: str) -> tuple[int, int, int, int]:
    """The version in the four numbers that Windows compares; "0.2.0rc1" and "0.2.0" give the same.

    Raises ValueError for a text that does not begin like a version.
    """
    found = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", version)
    if found is None:
        raise ValueError(f"{version!r} is not a version such as 0.2.0.")
    return int(found[1]), int(found[2]), int(found[3] or 0), 0


def text(version: str, program: str = "sda-desktop") -> str:
    """The text of the resource for EXE(version=...) of a spec file: for the program of that name."""
    numbers = numeric_version(version)
    texts = {
        "CompanyName": "SDA Desktop",
        "FileDescription": "SDA Desktop",
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{program}.exe",
        "ProductName": "SDA Desktop",
        "ProductVersion": version,
    }
    lines = ",\n        ".join(f"StringStruct({name!r}, {value!r})" for name, value in texts.items())
    # 0x3f: all flags are meant as they stand; 0x40004: Windows NT; 1: a program.
    return f"""\
VSVersionInfo(
    ffi=FixedFileInfo(
        filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0
    ),
    kids=[
        StringFileInfo([StringTable({TABLE!r}, [
        {lines},
        ])]),
        VarFileInfo([VarStruct("Translation", [{LANGUAGE}, {CODE_PAGE}])]),
    ],
)
"""
