from __future__ import annotations

import pytest

from harness import apis
from harness.apis import DEFAULT_API, find_api, load_apis, title_of
from harness.errors import UsageError

TOML = """\
schema = 1
name = "small"
title = "the small API"
about = "two functions"
module = "small.api"
warm = ["small"]

[levels]
found = "it is there"
whole = "everything passes"
"""


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """A folder of APIs that has `small` in it."""
    monkeypatch.setattr(apis, "suite_root", lambda: tmp_path)
    small = tmp_path / "conformance" / "apis" / "small"
    small.mkdir(parents=True)
    (small / "api.toml").write_text(TOML)
    load_apis.cache_clear()
    yield small
    load_apis.cache_clear()


def test_the_default_api_is_there_with_its_levels_in_order():
    api = find_api(DEFAULT_API)
    assert (api.name, api.title, api.module) == ("k", "K", "keras.backend")
    assert list(api.levels)[:2] + list(api.levels)[-1:] == ["found", "imports", "full"]
    assert "tensorflow" in api.reserved


def test_a_new_folder_is_a_new_api(folder):
    assert list(load_apis()) == ["small"]
    assert list(find_api("small").levels) == ["found", "whole"]
    assert find_api("small").reserved == ()


def test_an_unknown_api_is_refused_with_the_nearest(folder):
    with pytest.raises(UsageError, match="Unknown API 'smal': did you mean 'small'"):
        find_api("smal")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "small"', 'name = "large"', 'write schema = 1 and name = "small"'),
        ("schema = 1", "schema = 2", "does not have schema 1"),
        ('title = "the small API"\n', "", "cannot be read as an API .*title"),
        ("warm = ", "warm = 1 #", "cannot be read as an API"),
    ],
)
def test_a_malformed_api_is_refused_in_a_sentence(folder, old, new, says):
    (folder / "api.toml").write_text(TOML.replace(old, new))
    with pytest.raises(UsageError, match=says) as refused:
        load_apis()
    assert refused.value.message.endswith(".")


def test_an_api_is_called_by_its_title_or_else_by_its_name():
    assert title_of("k") == title_of(None) == "K"
    assert title_of("an API of tomorrow") == "an API of tomorrow"
