"""README and docs/: every link and every path leads somewhere, and the text keeps the rules for text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT

PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
PAGES += sorted((ROOT / "docs").glob("*.md"))
WIDTH = 110
README_LINES = 105
"""Without the two matrices, which grow with the suites."""
TOPS = ("conformance", "harness", "dockerfiles", "docs", "examples", "scripts", "tests", ".ci", ".github")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(rf"(?<![\w./-])(?:{'|'.join(map(re.escape, TOPS))})/[\w./-]*")
PHRASES = (
    "what its result deserves",
    "is who is killed",
    "what it owes",
    "still owes",
    "hangs on",
    "no module's name",
    "dearest first",
    "reaches over",
    "from outside",
)

page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """The lines outside fenced blocks and the generated matrix, with their numbers."""
    shown = False
    for number, line in enumerate(text_of(path).splitlines(), 1):
        if re.match(r"\s*```|<!-- /?matrix(-\w+)? -->", line):
            shown = not shown
        elif not shown:
            yield number, line


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    titles = (line.lstrip("# ") for _, line in prose(path) if line.startswith("#"))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@page
def test_relative_links_lead_somewhere(path):
    for target in LINK.findall(text_of(path)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file), target


@page
def test_paths_named_exist(path):
    text = "\n".join(line for _, line in prose(path))
    for match in PATH.finditer(LINK.sub("", text)):
        name = match.group().rstrip(".")
        assert (ROOT / name).exists(), name


@page
def test_no_line_is_too_long(path):
    assert [(number, len(line)) for number, line in prose(path) if len(line) > WIDTH] == []


def test_the_readme_is_short():
    text = re.sub(r"<!-- (matrix-\w+) -->.*?<!-- /\1 -->", "", text_of(ROOT / "README.md"), flags=re.DOTALL)
    assert len(text.splitlines()) <= README_LINES


@page
def test_plain_english(path):
    text = " ".join(line for _, line in prose(path))
    assert [phrase for phrase in PHRASES if phrase in text.lower()] == []
    assert re.findall(r"\bis no (?!longer\b)\w+", text) == []


@page
def test_every_page_is_on_the_map(path):
    index = text_of(ROOT / "docs" / "index.md")
    assert path.name == "index.md" or f"{path.name})" in index


def test_the_example_of_a_case_is_real():
    example = re.search(r"^```python\n(.*?)^```$", text_of(ROOT / "docs" / "cases.md"), re.M | re.S)[1]
    spec = text_of(ROOT / "conformance" / "apis" / "k" / "spec" / "reduction.py")
    assert [line for line in example.splitlines() if line not in spec.splitlines()] == []
    assert example.count("\n") > 5
