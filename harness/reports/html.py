"""The matrix as a self-contained HTML page: without scripts and network, text of a backend escaped."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, PackageLoader, StrictUndefined

from harness.apis import title_of
from harness.levels import level, steps_of
from harness.matrix import Matrix
from harness.module.advice import advice, cost, repro
from harness.outcome import findings
from harness.records import Step
from harness.reports.summary import areas, cell_text, describe, known_groups, silent_groups, totals, ulp_text
from harness.steps import items, step_counts
from harness.text import one_line


def _names(step: Step) -> Iterator[tuple[str, str]]:
    """The names that a step found missing or wrong: signature and message."""
    for item in items(step):
        yield item.get("signature") or item.get("name", ""), item.get("message", "")


def render(matrix: Matrix) -> str:
    """The page."""
    environment = Environment(
        loader=PackageLoader("harness.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(cell=cell_text, ulp=ulp_text, one_line=one_line, cost=cost)
    columns = [
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
            "commands": {gap.function: repro(column, gap) for gap in advice(matrix, index).gaps if gap.cases},
            "new": [deviation for deviation in matrix.deviations(index) if deviation.new],
            "known": known_groups(matrix, index),
            "silent": list(silent_groups(matrix, index)),
        }
        for index, column in enumerate(matrix.columns)
    ]
    found = [sentence for _, sentence in findings(matrix)]
    return environment.get_template("matrix.html").render(
        columns=columns,
        areas=areas(matrix),
        findings=found,
        steps=step_counts(matrix),
        api=title_of(matrix.api),
    )
