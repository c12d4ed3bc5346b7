"""The APIs there are: a folder each, found by its table."""

import pytest

from conformance import apis, settings
from conformance.apis import base


def test_an_api_is_a_folder_with_a_table():
    assert "k" in apis.names()
    assert isinstance(apis.table("k", settings.read({})), base.Table)
    assert isinstance(apis.adapter("k", settings.read({})), base.Adapter)


@pytest.mark.parametrize("name", ["nothing", "", "..", "base"])
def test_an_api_that_does_not_exist_is_said_with_those_that_do(name):
    for part in (apis.table, apis.adapter):
        with pytest.raises(LookupError, match=f"no API is called '{name}': there are k"):
            part(name, settings.read({}))


@pytest.mark.parametrize("part", ["Table", "Adapter"])
def test_an_api_answers_all_that_the_machinery_asks(part):
    """A method that is missing would be found out in the middle of somebody's run."""
    made = getattr(apis, part.lower())("k", settings.read({}))
    left = [name for name, value in vars(getattr(base, part)).items()
            if callable(value) and not name.startswith("_") and getattr(type(made), name) is value]
    assert left == []
