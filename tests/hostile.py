"""What every report must be, whatever is in the matrix: the property tests and the fuzzer hold reports
against it."""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree

from harness.matrix import Matrix
from harness.reports import badge, html, junit, markdown, terminal

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
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
    page = html.render(matrix)
    inert(page)
    assert "<script" not in page.lower()
    assert "<img" not in page.lower()
    document = b"".join(junit.render(matrix))
    ElementTree.fromstring(document)
    inert(document.decode("utf-8"))
    for made in badge.badges(matrix):
        ElementTree.fromstring(badge.svg(made))
        # The name of a file: within the directory it is written to, and not hidden.
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", made.column)
