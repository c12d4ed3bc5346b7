"""Levels, from journals written by hand."""

from __future__ import annotations

import pytest

from harness.apis import find_api
from harness.levels import level, levels_of, profile_for, reaches, steps_of
from tests.fakes import step

LEVELS = tuple(find_api("k").levels)


@pytest.fixture
def column_with(external):
    def build(*steps, **fields):
        return external([], steps, **fields).columns[0]

    return build


def test_a_level_is_the_last_step_before_the_first_that_does_not_hold(column_with):
    for count, name in enumerate(LEVELS, 1):
        assert level(column_with(*[step(other) for other in LEVELS[:count]])) == name
    held = [
        step("found"),
        step("imports"),
        step("valid"),
        step("loads", holds=False),
        step("signatures"),
        step("examples"),
    ]
    assert level(column_with(*held)) == "valid"
    assert level(column_with(step("found", holds=False))) is None
    assert level(column_with()) is None


def test_a_level_is_reached_by_itself_and_by_later_levels(column_with):
    core = column_with(*[step(name) for name in LEVELS[: LEVELS.index("core") + 1]])
    assert reaches(core, "examples")
    assert reaches(core, "core")
    assert not reaches(core, "full")
    assert not reaches(column_with(), "found")


def test_the_smallest_profile_that_shows_a_level():
    assert [profile_for(name) for name in ("loads", "examples", "core", "full", None)] == [
        *("examples", "examples", "core", "full", "full")
    ]


def test_the_levels_are_those_of_the_columns_api(column_with):
    assert tuple(levels_of(column_with())) == LEVELS
    unknown = column_with(step("found"), api="ops2")
    assert (dict(levels_of(unknown)), steps_of(unknown), level(unknown)) == ({}, [], None)


def test_steps_that_are_not_levels_do_not_count(column_with):
    column = column_with(step("found"), step("blessed"), step("imports"))
    assert [item.step for item in steps_of(column)] == ["found", "imports"]
    assert level(column) == "imports"
