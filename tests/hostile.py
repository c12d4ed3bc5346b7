"""What every report must be, whatever is in the matrix: the property tests and the fuzzer hold reports
against it."""

from __future__ import annotations

import json
import re
import unicodedata
from xml.etree import ElementTree

from harness.matrix import Matrix
from harness.reports import badge, junit, markdown, terminal
from harness.site.chapter import Chapter
from harness.site.site import site

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_ADDRESS = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.,+=-]*/)*[A-Za-z0-9_][A-Za-z0-9_.,+=-]*")
_OWN_MARKUP = re.compile(r"</?(?:details|summary|code)>|<https://[A-Za-z0-9._~/#%=?&+-]+>")


def inert(text: str) -> None:
    """Holds text against what a terminal or a reader could be deceived with."""
    for char in set(text):
        assert char in "\n\t" or unicodedata.category(char) not in _INVISIBLE, repr(char)


def check_reports(matrix: Matrix) -> None:
    """Every report of the matrix is inert and well-formed, and has no markup but its own."""
    inert(terminal.render(matrix))
    text = markdown.render(matrix)
    inert(text)
    assert "<" not in _OWN_MARKUP.sub("", text)
    check_site(matrix)
    document = b"".join(junit.render(matrix))
    ElementTree.fromstring(document)
    inert(document.decode("utf-8"))
    for made in badge.badges(matrix):
        ElementTree.fromstring(badge.svg(made))
        # The name of a file: within the directory it is written to, and not hidden.
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", made.column)


def check_site(matrix: Matrix) -> None:
    """Every file of the site stays within its folder, pages have no markup but their own, data are data."""
    seen = set()
    for address, content in site([Chapter(matrix)]):
        assert _ADDRESS.fullmatch(address), address
        assert address not in seen
        seen.add(address)
        text = content.decode()
        if address.endswith(".html"):
            inert(text)
            assert text.lower().count("<script") == 1
            assert "<img" not in text.lower()
        elif address.startswith("data/"):
            inert(text)
            name, value = json.loads(f"[{text.removeprefix('conform(').removesuffix(');' + chr(10))}]")
            assert name == address
            assert isinstance(value, dict)
