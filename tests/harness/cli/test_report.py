from __future__ import annotations

import pytest

from tests.fakes import case


def test_merge_then_report_in_every_format(conform, write_journal, tmp_path):
    write_journal("zz", [case("a/f/x"), case("a/f/y", "fail")])
    file = tmp_path / "sub" / "matrix.json"
    assert conform("merge", tmp_path / "journals", "--out", file).status == 1
    for form in ("terminal", "markdown", "json", "junit"):
        result = conform("report", file, "--format", form)
        assert result.status == 0
        assert "zz" in result.out
    assert conform("report", file, "--format", "json").out == file.read_text()
    assert conform("report", file, "--format", "terminal", "--out", tmp_path / "t").status == 0
    assert "zz has 1 new deviation" in (tmp_path / "t").read_text()
    assert conform("report", file, "--format", "badge", "--out", tmp_path / "b").status == 0
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == ["zz.json", "zz.svg"]
    assert conform("report", file, "--format", "badge").status == 2


def test_the_site_is_a_folder(conform, write_journal, tmp_path, read_here):
    write_journal("zz", [case("a/f/x"), case("a/f/y", "fail")])
    result = conform("report", tmp_path / "journals", "--format", "html", "--out", tmp_path / "site")
    assert (result.status, result.out.startswith(f"{tmp_path / 'site' / 'index.html'} (")) == (0, True)
    assert "zz" in (tmp_path / "site" / "index.html").read_text()
    result = conform("report", tmp_path / "journals", "--format", "html")
    assert (result.status, result.err) == (
        2,
        "conform: The site is a directory: name a new one, or an earlier site, with --out.\n",
    )
    result = conform("report", "a.json", "b.json")
    assert result.status == 2
    assert "shows one matrix" in result.err


def test_a_site_knows_the_runs_before(conform, write_journal, tmp_path, read_here):
    history = tmp_path / "history"
    for run, verdict in (("1", "pass"), ("2", "fail")):
        write_journal("zz", [case("a/f/x", verdict)], run=run, started=f"2026-11-22T0{run}:00:00Z")
        options = ("--format", "html", "--out", tmp_path / "site", "--history", history, "--keep")
        assert conform("report", tmp_path / "journals", *options).status == 0
    assert len(list(history.iterdir())) == 2
    assert "1 regression (passed before)" in (tmp_path / "site" / "index.html").read_text()
    assert "a/f/x" in (tmp_path / "site" / "k" / "changes.html").read_text()
    assert "2 runs" in (tmp_path / "site" / "k" / "history.html").read_text()
    options = ("--format", "html", "--out", tmp_path / "site", "--history", history)
    assert conform("report", *options).status == 0
    assert "2 runs" in (tmp_path / "site" / "k" / "history.html").read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "There is nothing to show"),
        (("x.json", "--keep"), "--keep puts matrices into a directory"),
        (("x.json", "--history", "h"), "The format terminal has no history"),
        (("--history", "nowhere", "--format", "html", "--out", "site"), "nowhere is not a directory"),
    ],
)
def test_a_history_that_cannot_be_is_a_sentence(conform, options, said):
    result = conform("report", *options)
    assert result.status == 2
    assert said in result.err
