from __future__ import annotations

from xml.etree import ElementTree

from harness.merge import merge_journals
from harness.reports import html
from tests.fakes import case


def test_the_page_loads_nothing_from_anywhere(matrix):
    page = html.render(matrix)
    for word in ("src=", "<link", "<script", "@import", "url("):
        assert word not in page
    assert "default-src 'none'" in page


def test_the_page_names_the_api(matrix, write_journal):
    assert "deviations where K is silent" in html.render(matrix)
    other = write_journal("x", [case("a/f/x", "fail", unspecified=True)], api="ops2")
    page = html.render(merge_journals([other]))
    assert "deviations where ops2 is silent" in page
    assert "x: where ops2's documentation is silent" in page


def test_the_page_is_well_formed_and_has_every_deviation(matrix):
    page = html.render(matrix)
    body = page[page.index("<body>") : page.index("</body>") + 7].replace("<br>", "<br/>")
    words = " ".join(ElementTree.fromstring(body).itertext())
    for said in (
        "arithmetic/sum/axis",
        "arithmetic/dot/3d",
        "It rounds | differently",
        "not-run",
        "expected: 1.0",
    ):
        assert said in words
