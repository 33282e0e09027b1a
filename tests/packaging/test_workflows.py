"""The workflows of GitHub: what must be true of their text, and the steps that run anywhere.

They are read as text: a YAML parser among the dependencies is more than two files are worth.  Linters
(actionlint, zizmor) say more and are run by hand: they are no Python packages that every system has.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import bootstrap_commands
import package
import pytest
from macos import disk_image
from windows import installer

import sda_desktop

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / ".github" / "workflows"
NAMES = ("ci.yml", "release.yml")
PINNED = re.compile(r"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def jobs(name: str) -> dict[str, str]:
    """The text of every job by its name."""
    body = read(name).split("\njobs:\n")[1]
    parts = re.split(r"^  (\w+):\n", body, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def script_of(name: str, step: str) -> str:
    """The shell script of a step."""
    found = re.search(
        rf"- name: {re.escape(step)}\n.*?run: \|\n((?: {{10}}[^\n]*\n|\n)+)", read(name), re.DOTALL
    )
    assert found is not None, step
    return textwrap.dedent(found[1])


def run_script(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step's script as GitHub does."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), **variables}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_there_are_no_other_workflows() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_foreign_actions_are_pinned_to_a_commit_and_its_version_is_told(name: str) -> None:
    used = re.findall(r"uses: (.+)", read(name))
    assert used
    for action in used:
        assert action.startswith("./.github/workflows/") or PINNED.match(action), action


@pytest.mark.parametrize("name", NAMES)
def test_a_job_may_do_little_and_not_for_ever(name: str) -> None:
    assert "\npermissions: {}\n" in read(name)
    assert "\nconcurrency:\n" in read(name)
    for job, text in jobs(name).items():
        assert "    permissions:\n" in text, job
        assert "timeout-minutes:" in text or "uses: ./" in text, job
        writes = re.findall(r"^ +(\w[\w-]*): write", text, re.MULTILINE)
        assert writes == (["contents"] if job == "release" else []), job
    assert read(name).count("actions/checkout@") == read(name).count("persist-credentials: false")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_from_outside_is_put_into_a_script(name: str) -> None:
    for line in read(name).splitlines():
        if "${{" in line:
            # As a value of a key; a script reads it from its environment.
            assert re.match(r"^ *(?!run:)[\w-]+: [^|]*\$\{\{ [\w.' =-]+ \}\}", line), line


def test_secrets_are_seen_by_the_step_that_needs_them_only() -> None:
    text = jobs("release.yml")["package"]
    assert "secrets." not in read("release.yml").replace(text, "")
    assert "secrets." not in read("ci.yml")
    for step in text.split("      - name: ")[1:]:
        if "secrets." in step:
            assert step.startswith("Bring the certificate")


def test_the_packages_are_told_how_to_sign_by_the_names_they_look_for() -> None:
    told = set(re.findall(r"^ +(SDA_\w+):", read("release.yml"), re.MULTILINE))
    assert told == {
        installer.THUMBPRINT_VARIABLE,
        disk_image.IDENTITY_VARIABLE,
        disk_image.NOTARY_VARIABLE,
    }


def test_tests_are_run_as_the_readme_says_on_all_three_systems() -> None:
    assert "bootstrap.py test" in (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert "run: python packaging/bootstrap.py test\n" in read("ci.yml")
    for name, job in (("ci.yml", "test"), ("release.yml", "package")):
        systems = {system.split("-")[0] for system in re.findall(r"os: ([\w.-]+)", jobs(name)[job])}
        assert systems == {"ubuntu", "windows", "macos"}


def test_what_is_uploaded_is_what_the_bootstrap_makes() -> None:
    assert {"linux", "win32", "darwin"} <= package.PACKERS.keys()
    text = jobs("release.yml")["package"]
    assert "run: python packaging/bootstrap.py package\n" in text
    assert "bootstrap.py package " in bootstrap_commands.USAGE
    assert f"path: {package.OUT.relative_to(CHECKOUT).as_posix()}/\n" in text


def test_nothing_is_released_that_was_not_tested() -> None:
    needs = {job: re.search(r"    needs: (\w+)", text) for job, text in jobs("release.yml").items()}
    assert {job: found and found[1] for job, found in needs.items()} == {
        "version": None,
        "test": "version",
        "package": "test",
        "release": "package",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="the step runs on Linux")
def test_a_tag_that_is_not_the_version_stops_the_release(tmp_path: Path) -> None:
    script = script_of("release.yml", "Compare the tag with sda_desktop.__version__")
    assert run_script(script, tmp_path, GITHUB_REF_NAME=f"v{sda_desktop.__version__}").returncode == 0
    wrong = run_script(script, tmp_path, GITHUB_REF_NAME="v99.0.0")
    assert wrong.returncode == 1
    assert f"says {sda_desktop.__version__}" in wrong.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="the step runs on Linux")
def test_the_draft_holds_all_packages_and_their_checksums(tmp_path: Path) -> None:
    tools, out = tmp_path / "tools", tmp_path / "out"
    tools.mkdir()
    out.mkdir()
    (tools / "gh").write_text('#!/bin/sh\nprintf "%s\\n" "$@" > ../called\n', encoding="utf-8")
    (tools / "gh").chmod(0o755)
    for name in ("a.deb", "b-setup.exe", "c.dmg"):
        (out / name).write_text(name, encoding="utf-8")
    script = script_of("release.yml", "Write the checksums and the draft")
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    done = run_script(script, out, PATH=path, GITHUB_REF_NAME="v1.2.3")
    assert done.returncode == 0, done.stderr
    called = (tmp_path / "called").read_text(encoding="utf-8").splitlines()
    assert called[:3] == ["release", "create", "v1.2.3"]
    assert "--draft" in called
    assert called[called.index("--") + 1 :] == ["SHA256SUMS", "a.deb", "b-setup.exe", "c.dmg"]
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=out, check=False)
    assert checked.returncode == 0
    assert len((out / "SHA256SUMS").read_text(encoding="utf-8").splitlines()) == 3
