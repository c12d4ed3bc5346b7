"""The steps of a column beside its cases: made inert, and the failed ones in words.

A step is what a module must do before its cases mean anything: be found, import, be loaded by the front end.
The steps that are profiles sum up cases, which are judged one by one, so they are not findings of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from harness.matrix import Column, Matrix
from harness.profiles import PROFILES
from harness.records import Step
from harness.text import clean_json, one_line

# The number of names that a sentence has; the reports list all of them.
_NAMED = 5


def clean_step(step: Step) -> Step:
    """The step with its text cleaned."""
    return msgspec.convert(clean_json(msgspec.to_builtins(step), 1000), Step)


def failed_steps(column: Column) -> Iterator[Step]:
    """The steps that do not hold, without those that are profiles.

    A column that did not run has a reason, so a step that says only the same is left out.
    """
    for step in column.steps:
        if step.holds or step.step in PROFILES:
            continue
        if column.status == "not-run" and step.message and step.message in (column.reason or ""):
            continue
        yield step


def step_counts(matrix: Matrix) -> list[str] | None:
    """The number of steps that do not hold, by column; None where no column has steps."""
    if not any(column.steps for column in matrix.columns):
        return None
    return [
        str(sum(not step.holds and step.step not in PROFILES for step in column.steps))
        if column.steps
        else "-"
        for column in matrix.columns
    ]


def step_sentence(step: Step) -> str:
    """The words for a failed step: which, why, and the first names that are missing or wrong."""
    names = [one_line(item.get("signature") or item.get("name") or "", 100) for item in items(step)]
    more = len(names) - _NAMED
    listed = ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    # The message of `valid` names them itself.
    told = not names or all(str(item.get("name", "")) in step.message for item in items(step))
    return f"step {step.step} does not hold: {one_line(step.message, 600)}" + ("" if told else f" ({listed})")


def items(step: Step) -> Sequence[dict[str, str]]:
    """The names that are missing and those that are wrong, each with its signature and message."""
    return [*step.missing, *step.wrong]
