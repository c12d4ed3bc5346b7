"""Conformance levels: the steps a module from outside takes, each named by the last one that holds."""

from __future__ import annotations

from typing import Any

from harness.matrix import Column
from harness.profiles import PROFILES

STEPS = {
    "found": "the module is where it was said to be",
    "imports": "it imports by itself",
    "valid": "it has the entries Keras demands: placeholder, variable and function",
    "loads": "it has every name that keras.backend imports",
    "signatures": "its functions have K's arguments: names, order and defaults",
    "examples": "the examples of the Keras backends page pass",
    "core": "the areas placeholder, variable, random, arithmetic and config pass",
    "full": "the whole suite passes",
}


def steps_of(column: Column) -> list[dict[str, Any]]:
    """The steps in the journal of a column, in order; none for a registered backend."""
    steps = column.info.get("steps")
    known = steps if isinstance(steps, list) else []
    return [step for step in known if isinstance(step, dict) and step.get("step") in STEPS]


def level(column: Column) -> str | None:
    """The name of the last step before the first that does not hold or was not taken; None when not even the
    first holds.
    """
    holds = {step["step"]: bool(step.get("holds")) for step in steps_of(column)}
    reached = None
    for name in STEPS:
        if not holds.get(name):
            break
        reached = name
    return reached


def reaches(reached: str | None, demanded: str) -> bool:
    """Whether a level is at least another."""
    order = list(STEPS)
    return reached is not None and order.index(reached) >= order.index(demanded)


def profile_for(demanded: str | None) -> str:
    """The smallest profile that can show a level; all of the suite where none is demanded."""
    if demanded is None:
        return "full"
    return demanded if demanded in PROFILES else PROFILES[0]
