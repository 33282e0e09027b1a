"""What the frozen app sets right before it begins."""

from __future__ import annotations

import ctypes.util
import sys
import warnings
from pathlib import Path

import pytest
import runtime_hook


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"LD_LIBRARY_PATH": "/app", "LD_LIBRARY_PATH_ORIG": "/mine"}, {"LD_LIBRARY_PATH": "/mine"}),
        ({"LD_LIBRARY_PATH": "/app", "LD_LIBRARY_PATH_ORIG": ""}, {}),
        ({"LD_LIBRARY_PATH": "/app", "HOME": "/home/me"}, {"HOME": "/home/me"}),
    ],
)
def test_programs_that_the_app_starts_get_the_systems_libraries(
    before: dict[str, str], after: dict[str, str]
) -> None:
    runtime_hook.restore_library_path(before)
    assert before == after


def test_libraries_of_the_app_are_found_before_those_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def search(name: str) -> str | None:
        asked.append(name)
        return None

    monkeypatch.setattr(ctypes.util, "find_library", search)
    (tmp_path / "libportaudio.so.2").touch()
    runtime_hook.prefer_bundled_libraries(tmp_path)
    assert ctypes.util.find_library("portaudio") == str(tmp_path / "libportaudio.so.2")
    assert ctypes.util.find_library("other") is None
    assert asked == ["other"]


def test_that_torch_finds_no_source_code_is_no_news_but_other_warnings_are() -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        runtime_hook.expect_no_sources()
        warnings.warn("Unable to retrieve source for @torch.jit._overload function: <f>.", stacklevel=1)
        warnings.warn("Something else", stacklevel=1)
    assert [str(warning.message) for warning in told] == ["Something else"]


def test_outside_the_frozen_app_it_does_nothing() -> None:
    assert not hasattr(sys, "_MEIPASS")
    assert ctypes.util.find_library.__module__ == "ctypes.util"
