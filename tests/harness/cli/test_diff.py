from __future__ import annotations

import json

import pytest

from tests import terminal
from tests.fakes import case


@pytest.fixture
def compare(conform, write_journal, tmp_path):
    """`conform diff` of two runs of column zz."""

    def run(old, new, *options, **fields):
        for name, cases in (("old", old), ("new", new)):
            path = write_journal("zz", cases, folder=tmp_path / name, **(fields if name == "new" else {}))
            conform("merge", path, "--out", tmp_path / f"{name}.json")
        return conform("diff", tmp_path / "old.json", tmp_path / "new.json", *options)

    return run


def test_a_change_shows_both_messages_and_the_aspects_that_changed(compare):
    result = compare(
        [case("a/f/x", "fail", "wrong value at (0): 1.0 instead of 2.0"), case("a/f/y")],
        [
            case("a/f/x", "fail", "wrong dtype: float64 instead of float32", aspects=["dtype"]),
            case("a/f/y", "crash", "the process died", aspects=["exception"]),
        ],
    )
    assert result.status == 1
    assert (
        "  zz  a/f/x  fail (value): wrong value at (0): 1.0 instead of 2.0"
        " -> fail (dtype): wrong dtype: float64 instead of float32\n"
    ) in result.out
    assert "  zz  a/f/y  pass -> crash (exception): the process died\n" in result.out
    assert "1 regression (passed before)\n" in result.out
    assert "1 case deviates in another way\n" in result.out
    assert result.out.endswith("In all: 1 regressions, 1 changed.\n")


def test_as_json_both_sides_are_there(compare):
    document = json.loads(compare([case("a/f/x")], [case("a/f/x", "fail", "off")], "--json").out)
    (change,) = document["regressions"]
    assert change == {
        "column": "zz",
        "id": "a/f/x",
        "old": {"verdict": "pass", "message": "", "aspects": [], "names": []},
        "new": {"verdict": "fail", "message": "off", "aspects": ["value"], "names": []},
    }
    assert document["columns"][0].startswith("zz: 2026-11-22T07:00:00Z")


def test_without_a_difference_that_is_said(compare):
    result = compare([case("a/f/x", "fail", "off by 3")], [case("a/f/x", "fail", "off by 4")])
    assert result.status == 0
    assert result.out.endswith("No difference.\n")


def test_matrices_of_two_apis_are_refused(compare):
    result = compare([case("a/f/x")], [case("a/f/x")], api="ops")
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "conform: The old matrix is of the API 'k' and the new matrix of 'ops': "
        "compare matrices of the same API.\n"
    )


def test_a_new_column_that_did_not_run_is_status_3(conform, write_journal, tmp_path):
    end = {"kind": "end", "seconds": 0, "complete": False, "reason": "no Python 3.6"}
    write_journal("zz", [case("a/f/x")], folder=tmp_path / "old")
    write_journal("zz", [case("a/f/x")], folder=tmp_path / "new")
    write_journal("yy", [], folder=tmp_path / "new", end=end)
    result = conform("diff", tmp_path / "old", tmp_path / "new")
    assert result.status == 3
    assert "inconclusive: yy is not-run in the new matrix: no Python 3.6\n" in result.out
    assert "No difference." not in result.out


@pytest.mark.parametrize("old", ["old", "old/zz.jsonl", "old.json"])
@pytest.mark.parametrize("new", ["new", "new/zz.jsonl", "new.json"])
def test_a_side_is_a_directory_a_journal_or_a_matrix(compare, conform, tmp_path, old, new):
    compare([case("a/f/x")], [case("a/f/x", "fail")])
    result = conform("diff", tmp_path / old, tmp_path / new)
    assert result.status == 1
    assert "  zz  a/f/x  pass -> fail (value): wrong value" in result.out


def test_a_directory_without_a_journal_is_refused(conform, tmp_path):
    result = conform("diff", tmp_path, tmp_path)
    assert (result.status, result.out) == (2, "")
    assert "has no journal (*.jsonl) in it: run `conform run --out " in result.err


def test_on_a_terminal_a_change_is_broken_between_words(compare, tmp_path, monkeypatch):
    said = compare([case("a/f/x")], [case("a/f/x", "fail", " ".join(["words of a message"] * 6))]).out
    shown = terminal.conform(["diff", tmp_path / "old.json", tmp_path / "new.json"], 60, monkeypatch)
    assert all(len(line) <= 60 for line in shown.splitlines())
    assert shown.split() == said.split()


def test_markdown_and_the_page_are_files(compare, tmp_path):
    old, new = [case("a/f/x")], [case("a/f/x", "fail", "off <b>")]
    result = compare(old, new, "--format", "markdown")
    assert result.status == 1
    assert "- **zz** a/f/x: pass → fail (value); off &#60;b&#62;" in result.out
    result = compare(old, new, "--format", "html", "--out", tmp_path / "page")
    assert (result.status, result.out) == (1, f"{tmp_path / 'page' / 'index.html'}\n")
    page = (tmp_path / "page" / "index.html").read_text()
    assert "1 regression (passed before)" in page
    assert "off &lt;b&gt;" in page
    assert compare(old, new, "--json", "--out", tmp_path / "j.json").out == ""
    assert json.loads((tmp_path / "j.json").read_text())["regressions"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "pdf"], "Unknown format 'pdf'"),
        (["--format", "html"], "The page is in a directory"),
        (["--out", "x"], "--out is for --format markdown"),
    ],
)
def test_options_that_do_not_go_together_are_a_sentence(compare, options, said):
    result = compare([case("a/f/x")], [case("a/f/x")], *options)
    assert result.status == 2
    assert said in result.err
