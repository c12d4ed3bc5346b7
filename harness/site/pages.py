"""The pages of the site: a matrix per API, and a page per function, column and case."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.diff import KINDS, TITLES, Diff
from harness.explain import Explanation
from harness.fingerprint import fingerprint
from harness.levels import level, steps_of
from harness.matrix import Column, Matrix
from harness.module.advice import advice
from harness.outcome import findings
from harness.records import VERDICT_MEANING, VERDICTS
from harness.reports.changes import render as markdown
from harness.reports.changes import summary
from harness.reports.summary import CELL_MEANING, areas, known_groups, silent_groups, totals
from harness.site import addresses
from harness.site.bridge import crossings
from harness.site.chapter import Chapter, Result, short_id
from harness.site.charts import chart
from harness.site.data import ASPECTS
from harness.site.facts import facts
from harness.site.history import lines, since, steps
from harness.site.live import Growing
from harness.site.rendering import page
from harness.steps import items, step_counts

MOST_LISTED = 2000
"""Cases of a function or a column that its page lists; the data behind the matrix has all."""
Page = tuple[str, str]


def all_pages(chapters: Sequence[Chapter]) -> Iterator[Page]:
    """Address and text of every page."""
    homes = [addresses.matrix_page(chapter.api, not place) for place, chapter in enumerate(chapters)]
    links = []
    for chapter, home in zip(chapters, homes, strict=True):
        links.append((chapter.title, home))
        if chapter.earlier:
            links.append((f"{chapter.title}: changes", addresses.changes_page(chapter.api)))
            links.append((f"{chapter.title}: history", addresses.history_page(chapter.api)))
    others = {chapter.api: chapter for chapter in chapters}
    for chapter, home in zip(chapters, homes, strict=True):
        shared = {"links": links, "home": home, "chapter": chapter, "others": others}
        changes = since(chapter.earlier, chapter.matrix) if chapter.earlier else None
        yield _matrix(chapter, shared, changes)
        yield from _functions(chapter, shared)
        yield from _columns(chapter, shared)
        yield from _cases(chapter, shared)
        if changes:
            yield addresses.changes_text(chapter.api), markdown(changes)
            yield _changes(chapter, shared, changes)
            yield _history(chapter, shared)


def changes_page(found: Diff) -> str:
    """A difference as a page of its own."""
    shared = {"links": [("Changes", "index.html")], "home": "index.html", "chapter": None}
    return _render("changes.html", "index.html", shared, **_told(found))[1]


def live_page(folder: Path, journals: Sequence[Growing], held: bool) -> str:
    """How far a run is."""
    shared = {
        "links": [("Run", "live.html"), ("So far", "index.html")],
        "home": "index.html",
        "chapter": None,
    }
    return _render("live.html", "live.html", shared, folder=str(folder), journals=journals, held=held)[1]


def _told(found: Diff) -> dict[str, Any]:
    changes = {kind: getattr(found, kind) for kind in KINDS}
    return {
        "found": found,
        "changes": changes,
        "titles": TITLES,
        "most": MOST_LISTED,
        "summary": summary(found),
    }


def _changes(chapter: Chapter, shared: dict[str, Any], found: Diff) -> Page:
    return _render("changes.html", addresses.changes_page(chapter.api), shared, **_told(found))


def _history(chapter: Chapter, shared: dict[str, Any]) -> Page:
    matrices = [*chapter.earlier, chapter.matrix]
    columns = lines(matrices)
    return _render(
        "history.html",
        addresses.history_page(chapter.api),
        shared,
        columns=columns,
        charts={name: chart(points) for name, points in columns.items()},
        steps=[(date, _told(found)) for date, found in steps(matrices)],
        runs=len(matrices),
    )


def _render(template: str, address: str, shared: dict[str, Any], **context: Any) -> Page:
    return address, page(template, address, **shared, **context)


def _matrix(chapter: Chapter, shared: dict[str, Any], changes: Diff | None) -> Page:
    matrix = chapter.matrix
    place = {key: index for index, key in enumerate(matrix.functions)}
    return _render(
        "matrix.html",
        shared["home"],
        shared,
        columns=[_overview(matrix, index) for index in range(len(matrix.columns))],
        areas=areas(matrix),
        place=place,
        findings=[sentence for _, sentence in findings(matrix)],
        steps=step_counts(matrix),
        verdicts=VERDICTS,
        meaning=VERDICT_MEANING,
        cell_meaning=CELL_MEANING,
        aspects=ASPECTS,
        changes=summary(changes) if changes else None,
    )


def _overview(matrix: Matrix, index: int) -> dict[str, Any]:
    column = matrix.columns[index]
    return {
        "column": column,
        "name": column.name,
        "pairs": facts(column),
        "totals": totals(matrix, index),
        "known": sorted(known_groups(matrix, index), key=lambda group: -len(group.deviations)),
    }


@dataclass(frozen=True)
class Alike:
    """Deviations of one column on one function that have the same verdict, reason and kind of message."""

    cases: list[str]
    first: Result
    row: int
    command: str


def _functions(chapter: Chapter, shared: dict[str, Any]) -> Iterator[Page]:
    explained: dict[tuple[str, str], list[Explanation]] = {}
    for case in chapter.explained.values():
        explained.setdefault((case.area, case.function), []).append(case)
    for index, (area, function) in enumerate(chapter.matrix.functions):
        rows = chapter.rows_of(index)
        listed = [(row, chapter.matrix.ids[row], list(chapter.results(row))) for row in rows[:MOST_LISTED]]
        yield _render(
            "function.html",
            addresses.function_page(chapter.api, area, function),
            shared,
            area=area,
            function=function,
            cells=chapter.matrix.rows[index].cells,
            groups=_by_promise(chapter, listed),
            unjudged=[
                case for case in explained.get((area, function), ()) if chapter.matrix.row(case.id) is None
            ],
            alike={column.name: _alike(chapter, listed, column.name) for column in chapter.matrix.columns},
            short=lambda case, area=area, function=function: short_id(case, area, function),
            left=len(rows) - len(listed),
            bridges=list(crossings(chapter, function, shared["others"])),
            signatures=chapter.signatures(function),
            documented=chapter.documented.get(function),
            open=sorted({reason for row in rows if (reason := chapter.matrix.unspecified.get(row))}),
        )


def _by_promise(
    chapter: Chapter, listed: list[tuple[int, str, list[Result]]]
) -> list[tuple[Any, list[tuple[int, str, dict[str, Result]]]]]:
    """The cases by what they check: (an explanation with promise and place, or None; the cases)."""
    groups: dict[Any, list[tuple[int, str, dict[str, Result]]]] = {}
    first: dict[Any, Any] = {}
    for row, case, results in listed:
        explained = chapter.explained.get(case)
        key = (explained.promise, explained.at) if explained else None
        first.setdefault(key, explained)
        groups.setdefault(key, []).append((row, case, {result.column.name: result for result in results}))
    return [(first[key], found) for key, found in groups.items()]


def _alike(chapter: Chapter, listed: list[tuple[int, str, list[Result]]], column: str) -> list[Alike]:
    groups: dict[Any, Alike] = {}
    for row, case, results in listed:
        for result in results:
            if result.column.name != column or not result.deviates or result.evidence is None:
                continue
            found = result.evidence
            key = (result.kind, result.verdict, found.reason, fingerprint(found.message))
            if key in groups:
                groups[key].cases.append(case)
            else:
                groups[key] = Alike([case], result, row, chapter.repro(result.column, case))
    order = {"new": 0, "known": 1, "silent": 2}
    return sorted(groups.values(), key=lambda group: (order[group.first.kind], -len(group.cases)))


def _columns(chapter: Chapter, shared: dict[str, Any]) -> Iterator[Page]:
    matrix = chapter.matrix
    for index, column in enumerate(matrix.columns):
        deviating = [found for found in matrix.deviations(index) if found.new]
        lacking = [
            (row, row.cells[column.name])
            for row in matrix.rows
            if row.cells[column.name].passed < row.cells[column.name].total
        ]
        lacking.sort(key=lambda item: (item[1].passed - item[1].total, item[0].function))
        yield _render(
            "backend.html",
            addresses.backend_page(chapter.api, column.name),
            shared,
            **_overview(matrix, index),
            lacking=lacking,
            verdicts=Counter({verdict: column.counts.get(verdict, 0) for verdict in VERDICTS}),
            meaning=VERDICT_MEANING,
            new=deviating[:MOST_LISTED],
            new_count=len(deviating),
            silent=list(silent_groups(matrix, index)),
            steps=[(step, list(items(step))) for step in column.steps],
            level=(level(column) or "none") if steps_of(column) and not column.info.get("select") else None,
            advice=advice(matrix, index),
            row=matrix.row,
            repro=lambda case, column=column: chapter.repro(column, case),
            again=_again(column),
        )


def _again(column: Column) -> str:
    """The command that measures a column again; DIR stands for the directory of an external module."""
    backend = column.backend or column.name
    if column.steps:
        name = backend if "." in backend else f"module:{backend}"
        return shlex.join(["conform", "validate", name, "--path", "DIR"])
    profile = str(column.info.get("profile") or "full")
    label = ("--label", column.name) if column.name != backend else ()
    return shlex.join(["conform", "run", backend, "--profile", profile, *label])


def _cases(chapter: Chapter, shared: dict[str, Any]) -> Iterator[Page]:
    matrix = chapter.matrix
    for row, case in enumerate(matrix.ids):
        if not chapter.has_page(row):
            continue
        area, function = matrix.functions[matrix.function_of[row]]
        yield _render(
            "case.html",
            addresses.case_page(chapter.api, case),
            shared,
            case=case,
            area=area,
            function=function,
            explained=chapter.explained.get(case),
            results=list(chapter.results(row)),
            unspecified=row in matrix.unspecified,
            reason=matrix.unspecified.get(row),
            repro=lambda column, case=case: chapter.repro(column, case),
        )
