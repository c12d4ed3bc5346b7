"""K for the judge: how each way of going in is put to the worker, and what the worker must be."""

import pytest

from conformance import apis, settings
from tests.conformance.table import CASES, TABLE, a_case


def test_profiles_nest_and_keep_their_order():
    examples, core, full = ([case.id for case in TABLE.cases(profile)]
                            for profile in ("examples", "core", "full"))
    assert [case_id for case_id in full if case_id in set(core)] == core
    assert [case_id for case_id in core if case_id in set(examples)] == examples


@pytest.mark.parametrize("way", ["variable", "known", "unknown"])
def test_tensors_go_in_as_the_way_says(way):
    case = a_case(function="dot", variant="2d-transposed", way=way)
    request = TABLE.request(case)
    assert (request["op"], request["way"], request["source"]) == ("evaluate", way, case.source)
    for name, item in case.inputs.items():
        told = request["inputs"][name]
        assert (told["kind"], told["dtype"], told["unknown"]) == ("tensor", item.dtype,
                                                                  list(item.unknown_axes))
        assert told["array"] is case.arrays()[name]


def test_what_is_plain_goes_in_as_it_is():
    case = next(case for case in CASES.values() if case.way == "known"
                and any(i.plain for i in case.inputs.values()))
    kinds = {name: told["kind"] for name, told in TABLE.request(case)["inputs"].items()}
    assert kinds == {name: "plain" if item.plain else "tensor" for name, item in case.inputs.items()}


def test_a_script_names_what_it_binds():
    request = TABLE.request(a_case(way="script", function="function"))
    assert request["op"] == "script"
    assert request["names"]
    assert "env" not in request


def test_a_forked_script_has_its_surroundings_and_no_name_for_stderr():
    case = CASES["config/backend/banner-on-stderr"]
    request = TABLE.request(case)
    assert request["op"] == "isolated"
    assert (request["env"], request["files"]) == (case.extra["env"], case.extra["files"])
    assert "stderr" in case.extra["names"]
    assert "stderr" not in request["names"]


@pytest.mark.parametrize(("environment", "loaded", "refused"), [
    ({"KERAS_BACKEND": "cntk"}, "cntk", False), ({}, "tensorflow", False),
    ({"KERAS_BACKEND": "cntk"}, "tensorflow", True)])
def test_another_backend_than_the_one_asked_for_is_refused(environment, loaded, refused):
    reason = TABLE.refusal({"backend": loaded, "file": "/x.py"}, environment)
    assert (reason is not None) == refused
    assert reason is None or ("cntk" in reason and "tensorflow" in reason and "/x.py" in reason)


def test_the_default_backend_is_the_documented_one():
    assert TABLE.asked({}) == "tensorflow"
    assert TABLE.asked({"KERAS_BACKEND": "mine.own"}) == "mine.own"


def test_a_case_for_some_backends_is_skipped_for_the_others_with_its_reason():
    case = next(case for case in CASES.values() if case.only)
    backends, reason = case.only
    assert TABLE.not_applicable(case, {"backend": backends[0]}) is None
    assert TABLE.not_applicable(case, {"backend": "another"}) == reason


def test_the_users_own_configuration_is_never_touched(tmp_path):
    assert TABLE.private(str(tmp_path)) == {"KERAS_HOME": str(tmp_path / ".keras")}


def test_the_module_that_is_judged_is_what_the_settings_say():
    assert TABLE.api_module == "keras.backend"
    assert apis.table("k", settings.read({"CONFORM_API_MODULE": "mine"})).api_module == "mine"
