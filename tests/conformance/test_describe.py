"""What the suite says of itself: a case explained, and every function with its promises."""

import json
import subprocess
import sys

import pytest

from conformance import describe
from conformance.case import Refusal
from tests import ROOT
from tests.conformance.table import CASES, TABLE, a_case


def test_a_case_explained_has_its_promise_its_place_and_its_answer(capsys):
    case = CASES["arithmetic/dot/2d-2d/unknown"]
    assert describe.explanation(TABLE, case.id) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["id"], told["function"], told["way"]) == (case.id, "dot", "unknown")
    assert (told["promise"], told["at"]) == (case.promise.text, case.promise.at)
    assert told["counts"] is True
    assert told["inputs"].keys() == case.arrays().keys()
    assert told["wanted"].startswith(f"float64 {case.expected().shape} ")


def test_a_refusal_explained_names_the_exceptions(capsys):
    case = next(case for case in CASES.values() if isinstance(case.want, Refusal))
    describe.explanation(TABLE, case.id)
    told = json.loads(capsys.readouterr().out)
    assert told["refused"] is True
    assert told["wanted"] == str(case.want)


@pytest.mark.parametrize("verb", [describe.explanation, describe.script])
def test_a_case_that_does_not_exist_is_said_in_one_line(verb, capsys):
    assert verb(TABLE, "no/such/case") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("No case is called 'no/such/case': ")
    assert err.count("\n") == 1


def test_a_slip_in_an_id_is_answered_with_the_nearest_id(capsys):
    assert describe.script(TABLE, "arithmetic/dot/2d-2d/unknwon") == 2
    assert "arithmetic/dot/2d-2d/unknown" in capsys.readouterr().err


def test_every_case_stands_under_one_promise(capsys):
    assert describe.everything(TABLE) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["api"], told["title"]) == ("k", "K")
    listed = [case["id"] for function in told["functions"] for promise in function["promises"]
              for case in promise["cases"]]
    assert sorted(listed) == sorted(CASES)


def test_a_tolerance_is_explained_with_its_reason(capsys):
    case = next(case for case in CASES.values() if case.ulps)
    describe.explanation(TABLE, case.id)
    told = json.loads(capsys.readouterr().out)["tolerance"]
    assert (told["ulps"], told["reason"]) == case.ulps


def test_what_holds_no_float_has_no_tolerance(capsys):
    case = next(case for case in CASES.values() if isinstance(case.want, str))
    describe.explanation(TABLE, case.id)
    assert json.loads(capsys.readouterr().out)["tolerance"] is None


def test_a_person_asks_the_suite_itself():
    case = a_case(function="dot")
    command = [sys.executable, "-m", "conformance", f"--explain={case.id}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["id"] == case.id
