from __future__ import annotations

import json

import jsonschema
import pytest

from harness.merge import merge_journals
from harness.reports import ctrf
from tests.fakes import case, step
from tests.harness.reports.conftest import HOSTILE


def document(matrix):
    return json.loads(b"".join(ctrf.render(matrix)))


def by_name(matrix):
    return {test["name"]: test for test in document(matrix)["results"]["tests"]}


def test_it_is_valid_by_the_schema_of_its_makers(matrix, external, npm):
    schema = json.loads((npm / "ctrf" / "dist" / "ctrf-schema-0.0.json").read_text())
    steps = [step("found"), step("loads", holds=False, missing=[{"name": "elu", "signature": "elu(x)"}])]
    for made in (matrix, external([case("a/f/x", seconds=None), case("a/f/y", "crash")], steps)):
        jsonschema.validate(document(made), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**document(matrix), "reportFormat": "JUnit"}, schema)


def test_a_known_deviation_is_not_a_skip(matrix):
    tests = by_name(matrix)
    assert {name: (test["status"], test["rawStatus"]) for name, test in tests.items()} == {
        "arithmetic/dot/2d": ("passed", "pass"),
        "arithmetic/dot/3d": ("other", "known fail"),
        "arithmetic/sum/axis": ("failed", "error"),
        "config/floatx/odd": ("other", "unspecified fail"),
        "config/floatx/gpu": ("skipped", "skip"),
        "placeholder/ndim/x": ("passed", "pass"),
        "not-run": ("failed", "not-run"),
    }
    assert tests["arithmetic/dot/3d"]["suite"] == ["cntk", "arithmetic", "dot"]
    assert tests["arithmetic/dot/3d"]["duration"] == 4
    assert "It rounds | differently" in tests["arithmetic/dot/3d"]["message"]
    assert tests["arithmetic/dot/3d"]["trace"].endswith("expected: 1.0\ngot: 2.0")


def test_the_summary_adds_up_and_has_the_times_of_the_runs(matrix):
    summary = document(matrix)["results"]["summary"]
    assert {key: summary[key] for key in ("tests", "passed", "failed", "skipped", "pending", "other")} == {
        "tests": 7, "passed": 2, "failed": 2, "skipped": 1, "pending": 0, "other": 2,
    }  # fmt: skip
    assert summary["stop"] - summary["start"] == 1500


def test_a_column_without_a_date_has_no_time(write_journal):
    made = merge_journals([write_journal("cntk", [case("a/f/x")], started=f"long ago {HOSTILE}")])
    assert document(made)["results"]["summary"]["start"] == 0
