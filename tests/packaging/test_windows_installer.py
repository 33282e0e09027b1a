"""The Windows installer's script and what stands around it, as far as that can be said without Windows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import bundle_rules
import pytest
from package_error import PackageError
from windows import installer, version_info

import sda_desktop

CHECKOUT = Path(__file__).resolve().parents[2]
DIST, ICONS, OUT = (CHECKOUT / "build" / name for name in ("dist", "icons", "out"))
TEXT = installer.SCRIPT.read_text(encoding="utf-8")
# Of Inno Setup's help, "Setup Script Sections".
SECTIONS = {
    "Setup", "Types", "Components", "Tasks", "Dirs", "Files", "Icons", "INI", "InstallDelete", "Languages",
    "Messages", "CustomMessages", "LangOptions", "Registry", "Run", "UninstallDelete", "UninstallRun",
    "ISSigKeys", "Code",
}  # fmt: skip


def lines_of(section: str) -> list[str]:
    """The lines of one section without comments and directives of the preprocessor."""
    body = re.search(rf"^\[{section}\]\n(.*?)(?=^\[|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert body is not None, section
    return [line for line in body[1].splitlines() if line and not line.startswith((";", "#"))]


def fields(line: str) -> dict[str, str]:
    """The parameters of an entry; a quotation mark inside a value is written twice."""
    found = re.findall(r'(\w+): ("(?:[^"]|"")*"|[^;]*)', line)
    return {name: value.strip().removeprefix('"').removesuffix('"') for name, value in found}


def settings() -> dict[str, str]:
    return dict(line.split("=", 1) for line in lines_of("Setup"))


def registry() -> list[dict[str, str]]:
    return [fields(line) for line in lines_of("Registry")]


def compile_command(sign: Sequence[str] = ()) -> list[str]:
    return installer.compile_command(Path("ISCC"), DIST, ICONS, OUT, sda_desktop.__version__, sign)


def test_sections_are_known_and_none_stands_twice() -> None:
    found = re.findall(r"^\[(\w+)\]$", TEXT, re.MULTILINE)
    assert set(found) <= SECTIONS
    assert len(found) == len(set(found))


def test_every_name_that_is_used_is_defined_or_given_by_the_build() -> None:
    used = set(re.findall(r"\{#(\w+)\}", TEXT))
    defined = set(re.findall(r"^ *#define (\w+)", TEXT, re.MULTILINE))
    command = compile_command(["signtool"])
    given = {option[2:].split("=")[0] for option in command if option.startswith("/D")}
    assert used <= defined | given
    assert given <= used | {"SignTool"}
    # What has no value in the script must be given, or the compiler says so.
    for name in used - defined - {"SignTool"}:
        assert f"#ifndef {name}\n  #error" in TEXT
        assert name in given


def test_files_that_are_named_are_in_the_project_or_made_by_the_build() -> None:
    folder = installer.SCRIPT.parent
    folders = dict(re.findall(r'#define (\w+Folder) "([^"]+)"', TEXT))
    for name, made in (
        ("FrozenFolder", DIST / "sda-desktop"),
        ("IconsFolder", ICONS),
        ("OutputFolder", OUT),
    ):
        assert (folder / folders[name].replace("\\", "/")).resolve() == made
    assert (folder / settings()["LicenseFile"].replace("\\", "/")).resolve() == CHECKOUT / "LICENSE"
    sources = [fields(line)["Source"] for line in lines_of("Files")]
    assert sources == [r"{#FrozenFolder}\*", r"{#IconsFolder}\sda-model.ico"]
    assert settings()["SetupIconFile"] == r"{#IconsFolder}\sda-desktop.ico"
    for line in lines_of("Languages"):
        assert fields(line)["MessagesFile"] in ("compiler:Default.isl", r"compiler:Languages\German.isl")


def test_it_installs_for_one_user_and_packs_well() -> None:
    found = settings()
    assert found["PrivilegesRequired"] == "lowest"
    assert "PrivilegesRequiredOverridesAllowed" not in found
    assert found["Compression"].startswith("lzma2")
    assert found["SolidCompression"] == "yes"
    assert {entry["Root"] for entry in registry()} == {"HKCU"}
    assert all(entry["Subkey"].startswith("Software\\Classes\\") for entry in registry())


def test_a_newer_version_is_the_same_app() -> None:
    assert settings()["AppId"] == "{{73C4AC29-D4EE-440D-9090-4AA667610DCF}"
    assert "{#AppVersion}" in settings()["OutputBaseFilename"]
    assert "x86_64" in settings()["OutputBaseFilename"]


def test_model_files_belong_to_the_app_and_json_files_stay_what_they_are() -> None:
    defaults = {e["Subkey"]: e["ValueData"] for e in registry() if e.get("ValueName") == ""}
    assert defaults["Software\\Classes\\.sda"] == "{#ModelId}"
    assert "Software\\Classes\\.json" not in defaults
    offered = [e["ValueName"] for e in registry() if e["Subkey"] == r"Software\Classes\.json\OpenWithProgids"]
    assert offered == ["{#RunId}"]
    for program in ("{#ModelId}", "{#RunId}"):
        command = defaults[f"Software\\Classes\\{program}\\shell\\open\\command"]
        assert command == r'""{app}\{#ExeName}"" ""%1""'


def test_everything_in_the_registry_goes_with_the_app() -> None:
    gone = [e["Subkey"] for e in registry() if "uninsdelete" in e.get("Flags", "")]
    whole = [e["Subkey"] for e in registry() if e.get("Flags") == "uninsdeletekey"]
    for entry in registry():
        key = entry["Subkey"]
        assert key in gone or any(key.startswith(top + "\\") for top in whole), key


def test_no_empty_key_is_left_behind() -> None:
    flags = {e["Subkey"]: e.get("Flags", "") for e in registry() if e.get("ValueName", "") == ""}
    for entry in registry():
        parent = entry["Subkey"].removesuffix("\\OpenWithProgids")
        if parent != entry["Subkey"]:
            assert "uninsdeletekeyifempty" in flags[parent], entry["Subkey"]
            assert "uninsdeletekeyifempty" in entry["Flags"]


def test_what_the_user_made_stays() -> None:
    assert "[UninstallDelete]" not in TEXT
    removed = [fields(line)["Name"] for line in lines_of("InstallDelete")]
    assert removed == [r"{app}\_internal"]
    assert "{localappdata}\\{#AppName}" in TEXT.split("[Code]")[1]


def test_every_own_sentence_is_there_in_both_languages() -> None:
    languages = [fields(line)["Name"] for line in lines_of("Languages")]
    assert languages == ["en", "de"]
    by_language: dict[str, set[str]] = {language: set() for language in languages}
    for line in lines_of("CustomMessages"):
        language, _, rest = line.partition(".")
        by_language[language].add(rest.split("=")[0])
    assert by_language["en"] == by_language["de"]
    own = set(re.findall(r"CustomMessage\('(\w+)'\)", TEXT)) | set(re.findall(r'"\{cm:(\w+)\}"', TEXT))
    assert own - {"CreateDesktopIcon", "AdditionalIcons"} == by_language["en"]


def test_the_compiler_is_told_version_and_folders() -> None:
    command = compile_command()
    assert command[-1] == str(installer.SCRIPT)
    assert f"/DAppVersion={sda_desktop.__version__}" in command
    assert not [part for part in command if "SignTool" in part or part.startswith("/S")]


def test_the_compiler_signs_by_the_fingerprint_and_sees_no_password() -> None:
    sign = installer.sign_command(Path("C:/Program Files/signtool.exe"), "ABCDEF")
    command = compile_command(sign)
    assert f"/DSignTool={installer.SIGN_TOOL}" in command
    given = next(part for part in command if part.startswith(f"/S{installer.SIGN_TOOL}="))
    assert "$qC:" in given.replace("\\", "/")
    assert given.endswith(" $f")
    assert "/sha1 ABCDEF /fd SHA256" in given
    assert "/p" not in given.split()


def test_the_compiler_and_the_newest_signtool_are_found(tmp_path: Path) -> None:
    compiler = tmp_path / "Inno Setup 6" / "ISCC.exe"
    tools = [tmp_path / f"Windows Kits/10/bin/10.0.{n}.0/x64/signtool.exe" for n in (9600, 22621, 19041)]
    for file in (compiler, *tools):
        file.parent.mkdir(parents=True)
        file.touch()
    environment = {"PATH": str(tmp_path), "ProgramFiles(x86)": str(tmp_path)}
    assert installer.find_compiler(environment) == compiler
    assert installer.find_signtool(environment) == tools[1]


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="Inno Setup was not found"):
        installer.find_compiler({"PATH": str(tmp_path)})
    with pytest.raises(PackageError, match="Windows SDK"):
        installer.find_signtool({"PATH": str(tmp_path), "ProgramFiles(x86)": str(tmp_path)})
    for program in installer.PROGRAMS:
        with pytest.raises(PackageError, match=f"no program .*{program}"):
            installer.make_installer(tmp_path, tmp_path, tmp_path, "1.0.0")
        (tmp_path / "sda-desktop").mkdir(exist_ok=True)
        (tmp_path / "sda-desktop" / program).touch()


def test_both_programs_are_signed_before_they_are_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sda-desktop"
    folder.mkdir()
    for name in (*installer.PROGRAMS, "ISCC", "signtool"):
        (folder / name).touch()
        (folder / name).chmod(0o755)
    ran: list[list[str]] = []
    monkeypatch.setattr(installer, "_run", ran.append)
    monkeypatch.setattr(installer, "find_compiler", lambda _: folder / "ISCC")
    monkeypatch.setattr(installer, "find_signtool", lambda _: folder / "signtool")
    monkeypatch.setenv(installer.THUMBPRINT_VARIABLE, "ABCDEF")
    installer.make_installer(tmp_path, tmp_path, tmp_path, "1.0.0")
    sign, pack = ran
    assert sign[:2] == [str(folder / "signtool"), "sign"]
    assert sign[-2:] == [str(folder / name) for name in installer.PROGRAMS]
    assert pack[0] == str(folder / "ISCC")


def test_the_desktop_opens_the_program_without_a_terminal() -> None:
    assert '#define ExeName "sda-desktop.exe"' in TEXT
    assert "sda-desktop-cli" not in "".join(lines_of("Icons") + lines_of("Registry") + lines_of("Run"))
    assert f"{bundle_rules.PROGRAM}.exe" == installer.PROGRAMS[0]


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("0.1.0", (0, 1, 0, 0)),
        ("2.13.4rc1", (2, 13, 4, 0)),
        ("1.2", (1, 2, 0, 0)),
        ("1.0.0.dev3", (1, 0, 0, 0)),
    ],
)
def test_a_version_in_numbers(version: str, numbers: tuple[int, ...]) -> None:
    assert version_info.numeric_version(version) == numbers


def test_no_version_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a version"):
        version_info.numeric_version("unknown")


def test_the_version_resource_is_an_expression_with_the_version() -> None:
    def record(*values: object, **named: object) -> tuple[object, ...]:
        return (*values, named) if named else values

    names = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct",
             "VarFileInfo", "VarStruct")  # fmt: skip
    (info,) = eval(version_info.text("1.2.3rc1"), dict.fromkeys(names, record))
    (fixed,) = info["ffi"]
    assert fixed["filevers"] == fixed["prodvers"] == (1, 2, 3, 0)
    strings, translation = info["kids"]
    table, entries = strings[0][0]
    assert table == "040904B0"
    assert dict(entries)["ProductVersion"] == "1.2.3rc1"
    assert dict(entries)["OriginalFilename"] == "sda-desktop.exe"
    assert translation[0] == [("Translation", [0x0409, 0x04B0])]
    assert "sda-desktop-cli.exe" in version_info.text("1.2.3", "sda-desktop-cli")
