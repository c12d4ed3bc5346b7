"""What the site says of one API: its matrix, and what the suite says of the cases in it."""

from __future__ import annotations

import shlex
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from harness.apis import DEFAULT_API, load_apis, title_of
from harness.explain import Explanation
from harness.matrix import Column, Evidence, Matrix
from harness.module.advice import repro_command
from harness.records import DEVIATIONS, Verdict
from harness.reports.findings import release_option
from harness.site.docstrings import first_lines

MOST_PAGES = 50_000
"""Cases that have a page of their own; of a larger matrix, only the first that deviate have one."""


@dataclass(frozen=True)
class Result:
    """The verdict of a column on a case, with its evidence where it did not pass."""

    column: Column
    verdict: Verdict
    evidence: Evidence | None
    seconds: float | None
    unspecified: bool

    @property
    def deviates(self) -> bool:
        """Whether it is neither a pass nor a skip."""
        return self.verdict in DEVIATIONS

    @property
    def kind(self) -> str:
        """`pass`, `skip`, or of a deviation `new`, `known` or `silent`."""
        if not self.deviates:
            return self.verdict
        if self.unspecified:
            return "silent"
        return "known" if self.evidence and self.evidence.known else "new"


@dataclass(frozen=True)
class Signature:
    """The parameters of a function, and the columns that have them; `reference` where they are the API's."""

    text: str
    columns: Sequence[Column]
    reference: bool


@dataclass(frozen=True)
class Chapter:
    """A matrix and the suite's explanations by id; `note` says why they are missing or may not fit."""

    matrix: Matrix
    explained: Mapping[str, Explanation] = field(default_factory=dict)
    note: str = ""
    earlier: Sequence[Matrix] = ()
    """The matrices of earlier runs, the earliest first."""

    @property
    def api(self) -> str:
        """The name of the API."""
        return self.matrix.api or DEFAULT_API

    @property
    def title(self) -> str:
        """The API in a sentence."""
        return title_of(self.matrix.api)

    @property
    def about(self) -> str:
        """The API in half a sentence; empty when this harness does not have it."""
        known = load_apis().get(self.api)
        return known.about if known else ""

    @cached_property
    def documented(self) -> Mapping[str, str]:
        """The first line of each function's documentation, as a Keras on this machine has it."""
        return first_lines(self.matrix.columns, self._reference)

    @property
    def _reference(self) -> str | None:
        known = load_apis().get(self.api)
        return known.reference if known else None

    def signatures(self, function: str) -> list[Signature]:
        """The signatures that columns have reported for a function, the API's own first."""
        found: dict[str, list[Column]] = {}
        for column in self.matrix.columns:
            told = column.info.get("signatures")
            if isinstance(told, dict) and isinstance(text := told.get(function), str):
                found.setdefault(text, []).append(column)
        made = [
            Signature(text, columns, any(column.backend == self._reference for column in columns))
            for text, columns in found.items()
        ]
        return sorted(made, key=lambda item: (not item.reference, -len(item.columns)))

    @cached_property
    def _releases(self) -> Mapping[str, str]:
        return {column.name: release_option(column) for column in self.matrix.columns if not column.steps}

    def repro(self, column: Column, case: str) -> str:
        """The command that reproduces a case; DIR stands for the directory of an external module."""
        backend = column.backend or column.name
        if column.steps:
            return repro_command(case, backend, ("--path", "DIR"))
        release = self._releases[column.name]
        script = repro_command(case, backend, None) + release
        return f"{script} > repro.py && $(conform env {shlex.quote(backend)}{release}) repro.py"

    @cached_property
    def _by_function(self) -> list[array[int]]:
        rows = [array("I") for _ in self.matrix.functions]
        for row, function in enumerate(self.matrix.function_of):
            rows[function].append(row)
        return rows

    def rows_of(self, function: int) -> Sequence[int]:
        """The rows of a function's cases, by id."""
        return self._by_function[function]

    def results(self, row: int) -> Iterator[Result]:
        """The verdicts on a case, by column; columns without one are left out."""
        for index, column in enumerate(self.matrix.columns):
            verdict = self.matrix.verdict(row, index)
            if verdict is not None:
                found = self.matrix.verdicts[index]
                yield Result(
                    column,
                    verdict,
                    self.matrix.evidence[index].get(row),
                    found.seconds(row),
                    row in self.matrix.unspecified,
                )

    @cached_property
    def paged(self) -> frozenset[int] | None:
        """The rows of the cases that have a page; None when all have."""
        if len(self.matrix.ids) <= MOST_PAGES:
            return None
        deviating = sorted({row for evidence in self.matrix.evidence for row in evidence})
        return frozenset(deviating[:MOST_PAGES])

    def has_page(self, row: int) -> bool:
        """Whether a case has a page of its own."""
        return self.paged is None or row in self.paged


def short_id(case: str, area: str, function: str) -> str:
    """The part of an id that tells a function's cases apart."""
    return case.removeprefix(f"{area}/{function}/")
