"""The matrix as a self-contained HTML page: without scripts and network, text of a backend escaped."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from harness.apis import title_of
from harness.matrix import Matrix
from harness.outcome import findings
from harness.reports.summary import areas, cell_text, describe, known_groups, silent_groups, totals, ulp_text
from harness.text import one_line


def render(matrix: Matrix) -> str:
    """The page."""
    environment = Environment(
        loader=PackageLoader("harness.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(cell=cell_text, ulp=ulp_text, one_line=one_line)
    columns = [
        {
            "name": column.name,
            "status": column.status,
            "reason": column.reason,
            "missing": column.missing,
            "about": describe(column),
            "totals": totals(matrix, index),
            "new": [deviation for deviation in matrix.deviations(index) if deviation.new],
            "known": known_groups(matrix, index),
            "silent": list(silent_groups(matrix, index)),
        }
        for index, column in enumerate(matrix.columns)
    ]
    found = [sentence for _, sentence in findings(matrix)]
    return environment.get_template("matrix.html").render(
        columns=columns, areas=areas(matrix), findings=found, api=title_of(matrix.api)
    )
