"""The steps of a module from outside: found, imports, valid, loads, signatures; each with what it found."""

import pytest

from conformance.apis.base import Contract
from conformance.judge.validation import Refused, Validation, profiles
from conformance.worker import inspect_module
from tests.conformance.table import MINIATURES

SIGNATURES = {
    "variable": [["value", "plain", False, None], ["dtype", "plain", True, None],
                 ["name", "plain", True, None],
                 ["constraint", "plain", True, None]],
    "square": [["x", "plain", False, None]],
    "exp": [["y", "plain", False, None]],
    "dot": [["x", "plain", False, None], ["y", "plain", False, None]],
}
CONTRACT = Contract(("placeholder", "variable"), ["variable", "square", "exp", "dot", "name_scope"],
                    {**SIGNATURES, "name_scope": "name_scope (it is another library's)"})


class Table:
    """The part of a table that a validation asks."""

    title, api_module = "API", "front.api"

    def __init__(self, contract=CONTRACT):
        self._contract = contract

    def subject(self, module):
        return module

    def contract(self, paths=None):
        return self._contract


def worker(request):
    """What a worker answers to `find` and `module`."""
    if request["op"] == "find":
        return inspect_module.find(request["module"])
    try:
        return inspect_module.examine(request["module"], request["wanted"])
    except Exception as error:  # noqa: BLE001 - as a worker does
        return {"raised": {"root": inspect_module.root(error)}}


@pytest.fixture
def steps(monkeypatch):
    monkeypatch.syspath_prepend(str(MINIATURES))
    return []


def examined(name, steps):
    validation = Validation(name, Table(), steps.append)
    assert not validation.known
    validation.examine(worker)
    assert validation.known
    return validation


def test_each_step_is_reported_as_soon_as_it_is_known(steps):
    validation = examined("small", steps)
    assert [(step["step"], step["holds"]) for step in steps] == [
        ("found", True), ("imports", True), ("valid", True)]
    assert str(MINIATURES / "small.py") in steps[0]["message"]
    validation.loaded()
    assert [step["step"] for step in steps[3:]] == ["loads", "signatures"]


def test_names_that_are_missing_are_stubbed_and_described(steps):
    validation = examined("small", steps)
    assert validation.stubs == ["dot", "name_scope"]
    validation.loaded()
    loads = steps[3]
    assert not loads["holds"]
    assert loads["message"].startswith("it lacks 2 of the 5 names that front.api imports")
    assert loads["missing"] == [{"name": "dot", "signature": "dot(x, y)"},
                                {"name": "name_scope", "signature": "name_scope (it is another library's)"}]


def test_arguments_that_depart_are_named(steps):
    examined("small", steps).loaded()
    assert not steps[4]["holds"]
    assert steps[4]["message"] == "1 of 4 functions depart from API's arguments"
    assert steps[4]["wrong"] == [{"name": "exp", "signature": "exp(y)", "got": "exp(x)",
                                  "message": "has x where API has y"}]


WHOLE = Contract(("variable",), CONTRACT.names, CONTRACT.signatures, step="contract", source="all others")


def test_an_api_that_loads_without_all_names_has_a_step_for_them(steps):
    validation = Validation("small", Table(WHOLE), steps.append)
    validation.examine(worker)
    assert [(step["step"], step["holds"]) for step in steps] == [
        ("found", True), ("imports", True), ("contract", False)]
    assert steps[2]["message"].startswith("it lacks 2 of the 5 names that all others have: each was stubbed")
    assert [item["name"] for item in steps[2]["missing"]] == ["dot", "name_scope"]
    validation.loaded("and how")
    assert steps[3]["holds"]
    assert steps[3]["message"] == "front.api loads it (and how)"
    assert steps[4]["message"] == "1 of 4 functions depart from the arguments of all others"


def test_what_it_does_not_load_without_is_named(steps):
    needed = Contract(("variable", "dot"), CONTRACT.names, CONTRACT.signatures, "contract", "others")
    validation = Validation("small", Table(needed), steps.append)
    validation.examine(worker)
    validation.loaded()
    assert not steps[3]["holds"]
    assert steps[3]["message"] == "without dot, front.api does not load it"


def test_a_module_that_is_not_there_is_refused_with_where_it_was_searched(steps):
    with pytest.raises(Refused, match=f"there is no absent_module: searched .*{MINIATURES}"):
        Validation("absent_module", Table(), steps.append).examine(worker)
    assert [(step["step"], step["holds"]) for step in steps] == [("found", False)]


def test_a_module_inside_of_what_is_no_package_is_refused(steps):
    with pytest.raises(Refused, match=r"small is not a package \(.*small.py\), so there is nothing in it"):
        Validation("small.inner", Table(), steps.append).examine(worker)


def test_a_module_that_does_not_import_is_refused_with_the_line(steps):
    with pytest.raises(Refused, match=r"AssertionError \(.*no_words.py, line \d+: assert CONFIGURED\)"):
        Validation("no_words", Table(), steps.append).examine(worker)
    assert [(step["step"], step["holds"]) for step in steps] == [("found", True), ("imports", False)]


def test_a_front_end_that_refuses_the_module_says_why(steps):
    examined("small", steps).refused("it was not amused")
    assert (steps[-1]["step"], steps[-1]["holds"], steps[-1]["message"]) == ("loads", False,
                                                                             "it was not amused")


def test_a_profile_holds_when_all_of_it_and_of_those_below_passes():
    counted = {"examples": (3, 3), "core": (9, 10), "full": (5, 5)}
    found = list(profiles(counted, ("examples", "core", "full")))
    assert [(step["step"], step["holds"]) for step in found] == [
        ("examples", True), ("core", False), ("full", False)]
    assert found[2]["message"] == "17 of 18 cases that count pass"
