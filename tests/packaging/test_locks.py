"""The lock files: complete, exact, without CUDA and without places that only one machine knows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-package.txt")
PIN = re.compile(r"^([a-z0-9-]+)==([0-9][0-9a-z.]*)( ; .+)?$")


def pins(name: str) -> dict[str, str]:
    lines = (CHECKOUT / "packaging" / name).read_text(encoding="utf-8").splitlines()
    found = {}
    for line in lines:
        if line.startswith("#"):
            continue
        match = PIN.match(line)
        assert match is not None, f"{name}: not an exact pin: {line}"
        assert match[1] not in found, f"{name}: {match[1]} is pinned twice"
        found[match[1]] = match[2]
    return found


def wanted() -> tuple[list[str], ...]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return project["dependencies"], extras["dev"], extras["package"]


def name_of(requirement: str) -> str:
    return re.split(r"[<>=!~\[; ]", requirement)[0].lower().replace("_", "-")


def test_every_dependency_is_pinned() -> None:
    for requirements, lock in zip(wanted(), LOCKS, strict=True):
        assert {name_of(requirement) for requirement in requirements} <= pins(lock).keys()


def test_no_package_of_the_app_is_pinned_twice() -> None:
    for other in LOCKS[1:]:
        assert not pins(LOCKS[0]).keys() & pins(other).keys()


def test_a_cpu_build_of_torch_brings_no_cuda() -> None:
    names = {name for lock in LOCKS for name in pins(lock)}
    assert not [name for name in names if name.startswith(("nvidia", "cuda", "triton"))]


def test_versions_known_to_crash_are_not_pinned() -> None:
    assert pins(LOCKS[0])["pyside6-essentials"] not in ("6.10.1", "6.12.0")


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_of_an_index_or_a_folder_is_named(name: str) -> None:
    text = (CHECKOUT / "packaging" / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|@ |file:", text)
