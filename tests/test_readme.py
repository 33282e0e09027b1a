"""The README and the guide belong together: their links lead somewhere, and nothing is said twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
README = CHECKOUT / "README.md"
GUIDE = CHECKOUT / "resources" / "guide" / "guide.en.md"


def _links(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"\]\(([^)]+)\)|(?:src|srcset)=\"([^\"]+)\"", text)
    return [one or other for one, other in found]


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def _sentences(page: Path) -> set[str]:
    text = re.sub(r"```.*?```|<picture>.*?</picture>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    whole = re.split(r"(?<=[.:?])\s+|\n\n+", text)
    return {" ".join(sentence.split()) for sentence in whole if len(sentence.split()) > 4}


@pytest.mark.parametrize("page", [README, GUIDE], ids=["README", "guide"])
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _links(page):
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


def test_the_readme_leads_to_the_guide() -> None:
    assert sum(link.startswith("resources/guide/guide.en.md") for link in _links(README)) >= 3


def test_nothing_is_said_twice() -> None:
    assert _sentences(README) & _sentences(GUIDE) == set()
    assert len(_sentences(GUIDE)) > 80
