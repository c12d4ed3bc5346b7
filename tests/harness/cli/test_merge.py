from __future__ import annotations

import json
import subprocess
import sys

from tests import ROOT
from tests.fakes import case


def test_merge_to_stdout_can_be_piped_into_report(write_journal):
    path = write_journal("zz", [case("a/f/x")])
    conform = f"{sys.executable} -m harness"
    done = subprocess.run(
        f"{conform} merge {path} | {conform} report - --format markdown",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "| **total** | ✓ 1 |" in done.stdout
    assert done.stderr == ""


def test_merge_finds_the_baseline_of_a_column(backends, conform, write_journal, tmp_path):
    backends["cntk"].baseline.write_text('schema = 2\nbackend = "theano"\napi = "k"\n')
    write_journal("cntk", [case("a/f/x")])
    result = conform("merge", tmp_path / "journals")
    assert result.status == 2
    assert "is the baseline of 'theano'" in result.err


def test_an_expected_column_without_a_journal_did_not_run(write_journal, conform, tmp_path):
    write_journal("zz", [case("a/f/x")])
    result = conform("merge", tmp_path / "journals", "--expect", "zz,yy", "--out", tmp_path / "m.json")
    assert result.status == 3
    assert "yy did not run: no journal of it was found" in result.err
    assert "yy: not-run" in result.out.splitlines()
    assert "zz: complete" in result.out
    assert "old)" in result.out
    assert [column["column"] for column in json.loads((tmp_path / "m.json").read_text())["columns"]] == [
        "yy",
        "zz",
    ]
    assert conform("merge", tmp_path / "journals", "--expect", "../yy").status == 2


def test_journals_of_two_apis_are_refused_in_a_sentence(conform, write_journal, tmp_path):
    write_journal("zz", [case("a/f/x")])
    write_journal("yy", [case("a/f/x")], api="ops")
    result = conform("merge", tmp_path / "journals")
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "conform: These journals are of two APIs ('zz' of 'k' and 'yy' of 'ops'): "
        "merge the journals of one API at a time.\n"
    )


def test_the_matrix_says_its_api(conform, write_journal, tmp_path):
    write_journal("zz", [case("a/f/x")], api="ops")
    assert json.loads(conform("merge", tmp_path / "journals").out)["api"] == "ops"
