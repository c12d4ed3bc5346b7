from __future__ import annotations

from xml.etree import ElementTree

from harness.merge import merge_journals
from harness.reports import html
from tests.fakes import case, step


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


def words_of(matrix):
    """The words of the page, which is well-formed."""
    page = html.render(matrix)
    body = page[page.index("<body>") : page.index("</body>") + 7].replace("<br>", "<br/>")
    return " ".join(" ".join(ElementTree.fromstring(body).itertext()).split())


def test_the_page_is_well_formed_and_has_every_deviation(matrix):
    words = words_of(matrix)
    for said in (
        "arithmetic/sum/axis",
        "arithmetic/dot/3d",
        "It rounds | differently",
        "not-run",
        "expected: 1.0",
    ):
        assert said in words


def test_the_page_has_the_steps_of_an_external_module_and_what_to_do_next(external):
    lacks = [{"name": "elu", "signature": "elu(x, alpha=1.0)"}]
    steps = [
        step("found"),
        step("imports"),
        step("valid"),
        step("loads", False, message="it lacks <1>", missing=lacks),
    ]
    cases = [case("a/dot/x", "fail"), case("a/elu/x", "unsupported", "K has no elu")]
    words = words_of(external(cases, steps))
    assert "my.module: steps (level valid) ✓ found found" in words
    assert "✗ loads it lacks <1> elu(x, alpha=1.0)" in words
    assert "steps that do not hold 1 new deviations 2" in words
    assert "my.module: what to do next dot is wrong (1 failing case) 1 fail: wrong value" in words
    assert "conform repro a/dot/x --backend my.module --path DIR" in words
    assert "elu is missing (1 failing case) elu(x, alpha=1.0)" in words
    assert "steps" not in words_of(external([case("a/f/x")], []))


def test_deviations_beyond_the_first_have_pages_of_their_own(matrix, column, monkeypatch):
    monkeypatch.setattr(html, "MOST", 2)
    monkeypatch.setattr(html, "PER_PAGE", 3)
    many = column(*(case(f"a/f/{number}", "fail") for number in range(9)))
    made = dict(html.pages(many, "report.html"))
    assert list(made) == ["report.html", "report-2.html", "report-3.html", "report-4.html"]
    shown = [[number for number in range(9) if f"<b>a/f/{number}</b>" in page] for page in made.values()]
    assert shown == [[0, 1], [2, 3, 4], [5, 6, 7], [8]]
    assert "cntk: 9 new" in made["report.html"]
    assert '7 more: <a href="report-2.html">' in made["report.html"]
    assert '<a href="report-3.html">' in made["report-2.html"]
    assert "deviations 9 to 9" in made["report-4.html"]
    assert all('<a href="report.html">' in made[f"report-{number}.html"] for number in (2, 3, 4))
    assert "7 more: write the page to a file" in html.render(many)


def test_a_few_deviations_have_one_page(matrix):
    ((name, page),) = html.pages(matrix, "report")
    assert (name, page) == ("report", html.render(matrix))
    assert "more:" not in page
