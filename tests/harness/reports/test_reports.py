from __future__ import annotations

import json
from datetime import datetime, timezone
from xml.etree import ElementTree

import msgspec
import pytest
from rich.console import Console

from harness.baseline import Baseline, Entry, apply
from harness.fingerprint import fingerprint
from harness.merge import merge_journals
from harness.reports import badge, html, junit, markdown, terminal
from harness.text import age
from tests.fakes import case

HOSTILE = "\x1b]0;owned\x07<script>alert(1)</script>\u202e|`@team`\x00"
MESSAGE = "wrong value: off by 12 ULP at (0, 1)"


@pytest.fixture
def matrix(write_journal):
    """Two columns: one with a new, a known, an unspecified deviation and a skip; one that did not run."""
    cases = [
        case("arithmetic/dot/2d"),
        case("arithmetic/dot/3d", "fail"),
        case("arithmetic/sum/axis", "error", message=HOSTILE),
        case("config/floatx/odd", "fail", unspecified=True, reason=f"It does not say {HOSTILE}"),
        case("config/floatx/gpu", "skip", reason="There is no GPU."),
        case("placeholder/ndim/x", ulp=2.25),
    ]
    end = {"kind": "end", "seconds": 0, "complete": False, "reason": f"ImportError: {HOSTILE}"}
    paths = [write_journal("cntk", cases), write_journal("theano", [], collected=[], end=end)]
    entry = Entry(
        ("arithmetic/dot/*",),
        "fail",
        (fingerprint(MESSAGE),),
        "It rounds | differently",
        "https://example.org/1",
    )
    ran = merge_journals(paths)
    known = merge_journals([write_journal("cntk", [case("arithmetic/dot/3d", "fail")])])
    assert apply(known, 0, Baseline(1, "cntk", (entry,))).rows[0].cells["cntk"].known == 1
    entry = msgspec.structs.replace(entry, cases=("arithmetic/dot/3d",))
    return apply(ran, 0, Baseline(1, "cntk", (entry,)))


def rendered(matrix, width=80):
    console = Console(width=width, force_terminal=True, color_system=None, highlight=False)
    with console.capture() as captured:
        terminal.show(matrix, console)
    return captured.get()


def test_the_terminal_shows_cells_deviations_and_the_outcome(matrix):
    text = rendered(matrix)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "arithmetic ◐ 1/3 !1 ·" in lines
    assert "dot ◐ 1/2 ·" in lines
    assert "sum ✗ 0/1 !1 ·" in lines
    assert "worst ULP of a pass 2.25 -" in lines
    assert "state complete not-run" in lines
    assert any(line.startswith("error arithmetic/sum/axis \\x1b]0;owned") for line in lines)
    assert "1 x It rounds | differently (https://example.org/1)" in lines
    assert any(line.startswith("1 x floatx: It does not say") for line in lines)
    assert any(line.startswith("theano did not run: ImportError:") for line in lines)


def test_the_table_fits_eighty_columns_whatever_the_number_of_backends(write_journal):
    function = "a" * 40
    paths = [
        write_journal(f"backend-{number}", [case(f"area/{function}/x", "fail")] * 1) for number in range(7)
    ]
    table = rendered(merge_journals(paths)).split("backend-0: 1 new")[0]
    wide = [line for line in table.splitlines() if len(line) > 80 and "profile" not in line]
    assert not wide
    assert all(f"backend-{number}" in table for number in range(7))


def test_without_unicode_the_marks_are_ascii(matrix, tmp_path):
    with (tmp_path / "out").open("w", encoding="ascii") as file:
        terminal.show(matrix, Console(file=file, width=80))
    assert "~ 1/3 !1" in (tmp_path / "out").read_text()


def test_no_report_lets_anything_of_a_backend_act(matrix):
    page, text, document, xml = (
        html.render(matrix),
        rendered(matrix),
        markdown.render(matrix),
        junit.render(matrix).decode(),
    )
    for report in (page, text, document, xml, terminal.render(matrix)):
        assert not set(report) & set("\x1b\x07\x00\u202e")
    assert "<script" not in page
    assert "<script" not in document
    assert "<script" not in xml
    assert "@team" not in document


def test_the_page_loads_nothing_from_anywhere(matrix):
    page = html.render(matrix)
    for word in ("src=", "<link", "<script", "@import", "url("):
        assert word not in page
    assert "default-src 'none'" in page


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


def test_markdown_tables_are_rectangular(matrix):
    rows = [line for line in markdown.render(matrix).splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {4}
    assert "| **arithmetic** | ◐ 1/3 !1 | · |" in rows
    assert "1 x It rounds &#124; differently (<https://example.org/1>)" in markdown.render(matrix)


def test_junit_counts(matrix):
    root = ElementTree.fromstring(junit.render(matrix))
    cntk, theano = root
    assert {key: cntk.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "6", "failures": "0", "errors": "1", "skipped": "3",
    }  # fmt: skip
    assert theano.get("errors") == "1"
    assert theano[0][0].get("message").startswith("ImportError")
    assert root.get("tests") == "7"
    skipped = [item.get("message") for item in root.iter("skipped")]
    assert "known fail: It rounds | differently" in skipped
    assert "There is no GPU." in skipped


def test_badges_say_incompleteness_instead_of_a_number(matrix, tmp_path):
    found = {item.column: item for item in badge.badges(matrix)}
    assert (found["cntk"].message, found["cntk"].colour) == ("50 % of 4 (2026-11-22)", "red")
    assert (found["theano"].message, found["theano"].colour) == ("not run (2026-11-22)", "lightgrey")
    for path in badge.write_badges(matrix, tmp_path / "badges"):
        if path.suffix == ".svg":
            ElementTree.fromstring(path.read_text())
        else:
            assert json.loads(path.read_text())["schemaVersion"] == 1


def test_a_badge_never_rounds_up_to_everything(write_journal):
    cases = [case(f"a/f/{number}", "fail" if number == 0 else "pass") for number in range(2000)]
    (found,) = badge.badges(merge_journals([write_journal("cntk", cases)]))
    assert found.message.startswith("99.9 % of 2000")


def test_age():
    now = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
    assert age("2026-11-22T11:30:00Z", now) == ""
    assert age("2026-11-22T07:00:00Z", now) == " (5 h old)"
    assert age("2026-11-12T07:00:00Z", now) == " (10 days old)"
    assert age("2026-11-24T07:00:00Z", now) == " (in the future)"
    assert age("yesterday", now) == " (no date)"
