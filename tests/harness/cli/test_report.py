from __future__ import annotations

from tests.fakes import case


def test_merge_then_report_in_every_format(conform, write_journal, tmp_path):
    write_journal("zz", [case("a/f/x"), case("a/f/y", "fail")])
    file = tmp_path / "sub" / "matrix.json"
    assert conform("merge", tmp_path / "journals", "--out", file).status == 1
    for form in ("terminal", "markdown", "html", "json", "junit"):
        result = conform("report", file, "--format", form)
        assert result.status == 0
        assert "zz" in result.out
    assert conform("report", file, "--format", "json").out == file.read_text()
    assert conform("report", file, "--format", "terminal", "--out", tmp_path / "t").status == 0
    assert "zz has 1 new deviation" in (tmp_path / "t").read_text()
    assert conform("report", file, "--format", "badge", "--out", tmp_path / "b").status == 0
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == ["zz.json", "zz.svg"]
    assert conform("report", file, "--format", "badge").status == 2
