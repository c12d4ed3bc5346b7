from __future__ import annotations

import json

import pytest

from harness.schemas import NAMES, schema


@pytest.mark.parametrize("name", NAMES)
def test_it_prints_the_schema(conform, name):
    document = json.loads(conform("schema", name).out)
    assert document == schema(name)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_an_unknown_schema_is_refused_with_the_known_ones(conform):
    done = conform("schema", "matrx")
    assert done.status == 2
    assert "Unknown schema 'matrx': did you mean 'matrix'?" in done.err
