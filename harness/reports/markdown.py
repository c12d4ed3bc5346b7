"""The matrix as GitHub-flavoured Markdown: step summaries, pull requests, the README."""

from __future__ import annotations

from collections.abc import Iterator

from harness.apis import title_of
from harness.levels import level, steps_of
from harness.matrix import Column, Matrix
from harness.module.advice import advice, cost, repro
from harness.outcome import findings
from harness.reports.summary import areas, cell_text, describe, known_groups, silent_groups, totals, ulp_text
from harness.steps import items, step_counts
from harness.text import markdown, markdown_link

MOST_LINES = 200
"""Deviations listed per column and heading."""
MOST_BYTES = 1_000_000
"""GitHub refuses a step summary of more than 1 MiB."""
_ROOM = 500


def render(matrix: Matrix) -> str:
    """The whole report; lines that do not fit into MOST_BYTES are counted."""
    kept: list[str] = []
    used, folded, lines = 0, False, _lines(matrix)
    for line in lines:
        used += len(line.encode()) + 1
        if used > MOST_BYTES - _ROOM:
            left = 1 + sum(1 for _ in lines)
            kept += ["", *(["</details>", ""] if folded else [])]
            kept.append(f"This text is cut: {left} more lines are in `conform report --format terminal -v`.")
            break
        folded = line.startswith("<details>") or (folded and not line.startswith("</details>"))
        kept.append(line)
    return "\n".join(kept) + "\n"


def area_table(matrix: Matrix) -> str:
    """The matrix as a table with a row per area."""
    return "\n".join(_table(matrix, functions=False)) + "\n"


def _lines(matrix: Matrix) -> Iterator[str]:
    yield "## Keras backend conformance"
    yield ""
    for column in matrix.columns:
        yield f"- **{markdown(column.name)}** ({column.status}): {markdown(describe(column), 400)}"
    yield ""
    for column in matrix.columns:
        yield from _steps(column)
    found = list(findings(matrix))
    yield from (f"- {markdown(sentence, 600)}" for _, sentence in found)
    if not found:
        yield "Nothing but passes and known deviations."
    yield ""
    yield from _table(matrix, functions=False)
    yield ""
    yield "<details><summary>By function</summary>"
    yield ""
    yield from _table(matrix, functions=True)
    yield ""
    yield "</details>"
    for index in range(len(matrix.columns)):
        yield from _next(matrix, index)
        yield from _deviations(matrix, index)


def _steps(column: Column) -> Iterator[str]:
    """The level and the steps of an external module; nothing for a registered backend."""
    taken = steps_of(column)
    if not taken:
        return
    if not column.info.get("select"):
        yield f"Level of {markdown(column.name)}: **{level(column) or 'none'}**"
        yield ""
    for step in taken:
        yield f"- {'✓' if step.holds else '✗'} {markdown(step.step)}: {markdown(step.message, 600)}"
        for item in items(step):
            yield f"  - {markdown(' '.join(str(item.get(key, '')) for key in ('signature', 'message')), 300)}"
    yield ""


def _next(matrix: Matrix, index: int) -> Iterator[str]:
    """The functions to write or to correct, as `conform validate` lists them."""
    column, found = matrix.columns[index], advice(matrix, index)
    if found.gaps:
        yield from ("", f"### {markdown(column.name)}: what to do next", "")
    for gap in found.gaps:
        yield f"- **{markdown(gap.function)}** {gap.words} ({cost(gap)}): {markdown(gap.about, 300)}"
        if gap.kind == "wrong":
            yield f"  - <code>{markdown(repro(column, gap), 600)}</code>"
    if found.more:
        yield f"- {markdown(found.more, 1000)}"


def _table(matrix: Matrix, functions: bool) -> Iterator[str]:
    names = [column.name for column in matrix.columns]
    yield _row(["", *(markdown(name) for name in names)])
    yield _row(["---"] * (len(names) + 1))
    for area in areas(matrix):
        yield _row([f"**{markdown(area.name)}**", *(cell_text(area.cells[name]) for name in names)])
        for row in area.rows if functions else ():
            cells = []
            for name in names:
                cell = row.cells[name]
                ulp = f" ({ulp_text(cell.worst_ulp)} ulp)" if cell.worst_ulp else ""
                cells.append(cell_text(cell) + ulp)
            yield _row([markdown(row.function), *cells])
    sums = [totals(matrix, index) for index in range(len(names))]
    yield _row(["**total**", *(cell_text(total.cell) for total in sums)])
    if failed := step_counts(matrix):
        yield _row(["steps that do not hold", *failed])
    yield _row(["known deviations", *(str(total.cell.known) for total in sums)])
    yield _row(["new deviations", *(str(total.new) for total in sums)])
    yield _row(
        [f"deviations where {title_of(matrix.api)} is silent", *(str(total.unspecified) for total in sums)]
    )
    yield _row(["skipped", *(str(total.skipped) for total in sums)])
    worst = (
        f"{ulp_text(total.cell.worst_ulp)} ({markdown(total.worst)})" if total.worst is not None else "-"
        for total in sums
    )
    yield _row(["worst ULP of a pass", *worst])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _deviations(matrix: Matrix, index: int) -> Iterator[str]:
    name = markdown(matrix.columns[index].name)
    fresh = [deviation for deviation in matrix.deviations(index) if deviation.new]
    if fresh:
        yield from ("", f"### {name}: {len(fresh)} new", "")
    for deviation in fresh[:MOST_LINES]:
        said = markdown(deviation.evidence.message, 300)
        yield f"- {deviation.verdict} {markdown(deviation.id, 400)}: {said}"
    if len(fresh) > MOST_LINES:
        yield f"- and {len(fresh) - MOST_LINES} more"
    groups = known_groups(matrix, index)
    if groups:
        yield from ("", f"### {name}: {sum(len(group.deviations) for group in groups)} known", "")
    for group in groups[:MOST_LINES]:
        issue = f" ({markdown_link(group.issue)})" if group.issue else ""
        yield f"- {len(group.deviations)} x {markdown(group.reason, 500)}{issue}"
    silent = list(silent_groups(matrix, index))
    if silent:
        yield from (
            "",
            f"### {name}: where {title_of(matrix.api)}'s documentation is silent (not counted)",
            "",
        )
    for function, count, reason in silent[:MOST_LINES]:
        yield f"- {count} x {markdown(function)}: {markdown(reason, 300)}"
