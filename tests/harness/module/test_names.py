from __future__ import annotations

import pytest

from harness.apis import find_api
from harness.errors import UsageError
from harness.module.names import column_name, is_external, module_name


@pytest.mark.parametrize(
    ("name", "external"),
    [
        ("my_package.my_module", True),
        ("module:my_module", True),
        ("my_module", False),
        ("cntk", False),
        ("my.backend", False),
        ("1.x", False),
    ],
)
def test_a_dotted_name_that_is_not_registered_is_an_external_module(name, external):
    assert is_external(name, ["cntk", "my.backend"]) is external


def test_names_that_keras_takes_for_its_own_are_refused():
    assert module_name("module:my_module", find_api("k")) == "my_module"
    with pytest.raises(UsageError, match="run it with `conform run theano`"):
        module_name("module:theano", find_api("k"))


@pytest.mark.parametrize(
    ("module", "column"),
    [("my.module", "my.module"), ("mein.größtes", "module-mein-größtes"), ("_x", "module-_x")],
)
def test_a_column_is_fit_for_a_file(module, column):
    assert column_name(module) == column
