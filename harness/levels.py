"""Conformance levels: the steps that an external module takes. Its level is the last step that holds."""

from __future__ import annotations

from collections.abc import Mapping

from harness.apis import DEFAULT_API, load_apis
from harness.matrix import Column
from harness.profiles import PROFILES
from harness.records import Step


def levels_of(column: Column) -> Mapping[str, str]:
    """The levels of the API that the column is of, in their order, with what each says."""
    api = load_apis().get(str(column.info.get("api") or DEFAULT_API))
    return api.levels if api else {}


def steps_of(column: Column) -> list[Step]:
    """The steps of a column that are levels, in order; empty for a registered backend."""
    known = levels_of(column)
    return [step for step in column.steps if step.step in known]


def level(column: Column) -> str | None:
    """The last step before the first that does not hold or is missing; None when the first does not hold."""
    holds = {step.step: step.holds for step in steps_of(column)}
    reached = None
    for name in levels_of(column):
        if not holds.get(name):
            break
        reached = name
    return reached


def reaches(column: Column, demanded: str, settled: bool = False) -> bool:
    """Whether the column's level is the demanded level or a later one.

    With `settled`, a step that is a profile need not hold: the baseline lists every deviation in it.
    """
    holds = {step.step: step.holds for step in steps_of(column)}
    order = list(levels_of(column))
    needed = order[: order.index(demanded) + 1]
    return all(holds.get(name) or (settled and name in PROFILES and name in holds) for name in needed)


def profile_for(demanded: str | None) -> str:
    """The smallest profile that can show a level; `full` when no level is demanded."""
    if demanded is None:
        return "full"
    return demanded if demanded in PROFILES else PROFILES[0]
