"""The cases that deviated newly when a column was measured last, for --failed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from harness.backends import load_backends
from harness.baseline import Baseline
from harness.baseline_check import apply_all
from harness.errors import UsageError
from harness.matrix import Matrix
from harness.merge import merge_journals
from harness.selection import FOLDER, Selection


def failed_cases(
    out: Path, column: str, backend: str, baselines: Mapping[Path, Baseline], known: set[str]
) -> Selection | None:
    """The selection of what deviated newly in the column's journals; None when nothing did.

    The verdicts are those of the journal of a whole profile, and of the journal of a part where that is
    newer. `known` are the ids that the suite has now.

    Raises:
        UsageError: there is no journal, or none that can be read.
    """
    name = f"{column}.jsonl"
    there = [path for path in (out / name, out / FOLDER / name) if path.exists()]
    if not there:
        raise UsageError(f"{out / name} does not exist: --failed goes by an earlier run, so run without it.")
    own = {file: baseline for file, baseline in baselines.items() if baseline.backend == backend}
    deviates: dict[str, bool] = {}
    for matrix in sorted(
        (apply_all(merge_journals([path]), load_backends(), own) for path in there), key=_began
    ):
        new = {deviation.id for deviation in matrix.deviations(0) if deviation.new}
        deviates |= {matrix.ids[row]: matrix.ids[row] in new for row, _, _ in matrix.judged(0)}
    ids = tuple(name for name, new in deviates.items() if new and name in known)
    return Selection(None, (), ids, failed=True) if ids else None


def _began(matrix: Matrix) -> str:
    return str(matrix.columns[0].info.get("started") or "")
