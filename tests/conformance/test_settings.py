"""What the suite is told: every variable has a default, and what cannot be read is named."""

import ast
import base64
import zlib

import pytest

from conformance import settings
from tests import ROOT


def test_without_variables_the_defaults_hold():
    told = settings.read({})
    assert (told.api, told.profile, told.jobs, told.device) == ("k", None, 1, settings.CPU)
    assert told.only is None  # all cases; an empty list would be none of them
    assert told.alone is False


def test_a_variable_is_read_as_what_it_is():
    packed = base64.b64encode(zlib.compress(b"a/b/c\nd/e/f")).decode()
    told = settings.read({
        "CONFORM_JOBS": "3", "CONFORM_CASE_TIMEOUT": "2.5", "CONFORM_ONLY": packed, "CONFORM_ALONE": "1",
        "CONFORM_START": '{"column": "mine"}', "CONFORM_PRELOAD": " a , b:c ,"})
    assert (told.jobs, told.case_seconds, told.only, told.alone) == (3, 2.5, ("a/b/c", "d/e/f"), True)
    assert (told.start, told.preload) == ({"column": "mine"}, ("a", "b:c"))


@pytest.mark.parametrize(("name", "text"), [
    ("CONFORM_JOBS", "many"), ("CONFORM_START", "[1]"), ("CONFORM_START", "{"), ("CONFORM_ONLY", "?"),
    ("CONFORM_ONLY", base64.b64encode(b"not compressed").decode())])
def test_a_variable_that_cannot_be_read_is_named(name, text):
    with pytest.raises(settings.Unusable, match=f"^{name} cannot be read .*: correct it or unset it$"):
        settings.read({name: text})


def test_what_is_left_out_of_an_environment_is_left_out_by_field():
    environment = {"CONFORM_ONLY": "x", "CONFORM_DEVICE": "gpu", "HOME": "/"}
    assert settings.without(environment, "only") == {"CONFORM_DEVICE": "gpu", "HOME": "/"}
    assert environment["CONFORM_ONLY"] == "x"


def test_no_other_module_reads_a_variable_of_the_suite():
    """A name in a message is allowed; a whole string constant would be a key."""
    names = {variable.name for variable in settings.VARIABLES}
    for path in (ROOT / "conformance").rglob("*.py"):
        if path.name != "settings.py":
            constants = {node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                         if isinstance(node, ast.Constant) and isinstance(node.value, str)}
            assert not names & constants, path
