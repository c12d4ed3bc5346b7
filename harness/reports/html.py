"""The matrix as self-contained HTML pages: without scripts and network, text of a backend escaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from jinja2 import Environment, PackageLoader, StrictUndefined

from harness.apis import title_of
from harness.levels import level, steps_of
from harness.matrix import Deviation, Matrix
from harness.module.advice import advice, cost, repro
from harness.outcome import findings
from harness.records import Step
from harness.reports.summary import (
    KnownGroup,
    areas,
    cell_text,
    describe,
    known_groups,
    silent_groups,
    totals,
    ulp_text,
)
from harness.steps import items, step_counts
from harness.text import one_line

MOST = 1000
"""Deviations of a column with their evidence on the first page; the others get pages of their own."""
PER_PAGE = 2000


def _names(step: Step) -> Iterator[tuple[str, str]]:
    """The names that a step found missing or wrong: signature and message."""
    for item in items(step):
        yield item.get("signature") or item.get("name", ""), item.get("message", "")


def render(matrix: Matrix) -> str:
    """The page, with the first deviations of each column; their number is MOST."""
    return _page(matrix, {})


def pages(matrix: Matrix, name: str) -> Iterator[tuple[str, str]]:
    """The page as a file called `name`, and pages for the deviations that it has no room for: name and text.

    One after the other, so that only one is in memory.
    """
    stem, dot, suffix = name.rpartition(".")
    numbers = count(2)
    rest = {index: batches for index in range(len(matrix.columns)) if (batches := _rest(matrix, index))}
    names = {
        index: [f"{stem}-{next(numbers)}.{suffix}" if dot else f"{name}-{next(numbers)}" for _ in batches]
        for index, batches in rest.items()
    }
    yield name, _page(matrix, {index: files[0] for index, files in names.items()})
    template = _environment().get_template("deviations.html")
    for index, batches in rest.items():
        first = MOST + 1
        for place, deviations in enumerate(batches):
            last = first + len(deviations) - 1
            yield (
                names[index][place],
                template.render(
                    column=matrix.columns[index].name,
                    deviations=deviations,
                    first=first,
                    last=last,
                    home=name,
                    next=names[index][place + 1] if place + 1 < len(batches) else None,
                ),
            )
            first = last + 1


def _listed(matrix: Matrix, index: int) -> list[Deviation]:
    """The deviations of a column that pages show with their evidence: new ones, then known ones by group."""
    new = [deviation for deviation in matrix.deviations(index) if deviation.new]
    return [*new, *(found for group in known_groups(matrix, index) for found in group.deviations)]


def _rest(matrix: Matrix, index: int) -> list[list[Deviation]]:
    listed = _listed(matrix, index)
    return [listed[first : first + PER_PAGE] for first in range(MOST, len(listed), PER_PAGE)]


def _known(matrix: Matrix, index: int, room: int) -> Iterator[tuple[KnownGroup, Sequence[Deviation]]]:
    """The groups of a column, each with those of its deviations that the first page has room for."""
    for group in known_groups(matrix, index):
        yield group, group.deviations[: max(0, room)]
        room -= len(group.deviations)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("harness.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(cell=cell_text, ulp=ulp_text, one_line=one_line, cost=cost)
    return environment


def _page(matrix: Matrix, more: Mapping[int, str]) -> str:
    columns = []
    for index, column in enumerate(matrix.columns):
        new = [deviation for deviation in matrix.deviations(index) if deviation.new]
        columns.append(
            {
                "name": column.name,
                "status": column.status,
                "reason": column.reason,
                "missing": column.missing,
                "about": describe(column),
                "totals": totals(matrix, index),
                "level": (level(column) or "none")
                if steps_of(column) and not column.info.get("select")
                else None,
                "steps": [(step, [*_names(step)]) for step in column.steps],
                "advice": advice(matrix, index),
                "commands": {
                    gap.function: repro(column, gap) for gap in advice(matrix, index).gaps if gap.cases
                },
                "new": new[:MOST],
                "new_count": len(new),
                "known": [*_known(matrix, index, MOST - len(new))],
                "more": max(0, len(_listed(matrix, index)) - MOST),
                "next": more.get(index),
                "silent": list(silent_groups(matrix, index)),
            }
        )
    found = [sentence for _, sentence in findings(matrix)]
    return (
        _environment()
        .get_template("matrix.html")
        .render(
            columns=columns,
            areas=areas(matrix),
            findings=found,
            steps=step_counts(matrix),
            api=title_of(matrix.api),
        )
    )
