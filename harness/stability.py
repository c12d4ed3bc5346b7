"""Verdicts that are not the same whenever a column is measured: what --repeat looks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.matrix import Matrix
from harness.records import Verdict


@dataclass(frozen=True)
class Unstable:
    """A case of a column with its verdicts, in the order of the runs; None where a run has none."""

    column: str
    id: str
    verdicts: tuple[Verdict | None, ...]

    @property
    def counts(self) -> str:
        """The verdicts in words, the most frequent first."""
        found = Counter(verdict or "no verdict" for verdict in self.verdicts)
        return ", ".join(f"{count} {verdict}" for verdict, count in found.most_common())


def unstable(runs: Sequence[Matrix]) -> Iterator[Unstable]:
    """The cases that count and whose verdict is not the same in all runs, by column and id."""
    for column in sorted({column.name for matrix in runs for column in matrix.columns}):
        verdicts = [_verdicts(matrix, column) for matrix in runs]
        for name in sorted(set().union(*verdicts)):
            found = tuple(each.get(name) for each in verdicts)
            if len(set(found)) > 1:
                yield Unstable(column, name, found)


def _verdicts(matrix: Matrix, name: str) -> dict[str, Verdict]:
    return {
        matrix.ids[row]: verdict
        for index, column in enumerate(matrix.columns)
        if column.name == name
        for row, verdict, _ in matrix.judged(index)
        if row not in matrix.unspecified
    }
