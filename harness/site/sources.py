"""What a site is made of: matrices, and the suite that explains their cases."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from harness.apis import DEFAULT_API, load_apis
from harness.backends import load_backends
from harness.baseline_check import apply_all
from harness.errors import ConformError, UsageError
from harness.explain import Explanation, explain_all
from harness.journal import read_head
from harness.matrix import Matrix
from harness.matrixio import read_matrix
from harness.merge import journal_files, merge_journals
from harness.runtimes.base import Report
from harness.site.chapter import Chapter
from harness.site.history import earlier, read_history
from harness.suite import suite_digest

Explain = Callable[[str], Mapping[str, Explanation]]
"""What the suite says of the cases of an API; raises ConformError where it cannot be asked."""


def asking(report: Report) -> Explain:
    """Asks the suite, once for each API. `report` hears of the environment that is made for it first."""
    return cache(lambda api: explain_all({"CONFORM_API": api}, report))


def read_chapters(
    sources: Sequence[Path], explain: Explain, history: Path | None = None, keep: bool = False
) -> list[Chapter]:
    """A chapter for each matrix: of a file, or of the journals of an API in a directory.

    Earlier matrices are those in `history`, into which these are put with `keep`. Without sources the latest
    of each API there is shown.

    Raises:
        UsageError: there is nothing to read, or it cannot be merged.
    """
    matrices = [matrix for source in sources for matrix in matrices_in(source)]
    before = read_history(history, matrices if keep else ()) if history else []
    if not sources:
        matrices = list({matrix.api: matrix for matrix in before}.values())
        if not matrices:
            raise UsageError(f"{history} has no matrix: put one there with --keep.")
    found = [replace(chapter_of(matrix, explain), earlier=earlier(before, matrix)) for matrix in matrices]
    return sorted(found, key=lambda chapter: (chapter.api != DEFAULT_API, chapter.api))


def matrices_in(source: Path) -> Iterator[Matrix]:
    """The matrices of a directory or a file ("-" is stdin)."""
    if source.suffix == ".jsonl" or (source.is_dir() and any(source.glob("*.jsonl"))):
        journals: dict[str, list[Path]] = {}
        for path in journal_files([source]):
            head = read_head(path)
            journals.setdefault(head[0].api.lower() if head else DEFAULT_API, []).append(path)
        known = load_backends()
        yield from (apply_all(merge_journals(paths), known) for paths in journals.values())
    elif source.is_dir():
        matrices = sorted(source.glob("*.json"))
        if not matrices:
            raise UsageError(f"{source} has no journal and no matrix: make some with `conform run`.")
        yield from (read_matrix(path) for path in matrices)
    else:
        yield read_matrix(source, sys.stdin.buffer if str(source) == "-" else None)


def chapter_of(matrix: Matrix, explain: Explain) -> Chapter:
    """The chapter of a matrix; a suite that cannot be asked costs its promises and nothing else."""
    api = matrix.api or DEFAULT_API
    if api not in load_apis():
        return Chapter(matrix, note=f"This harness does not have the API {api!r}: promises are not shown.")
    try:
        explained = explain(api)
    except ConformError as error:
        return Chapter(matrix, note=f"Promises are not shown. {error.message}")
    suites = {column.info.get("suite") for column in matrix.columns if column.status != "not-run"}
    fits = suites <= {suite_digest(api)}
    note = "" if fits else "The promises are of another version of the suite than some columns."
    return Chapter(with_functions(matrix, explained.values()), explained, note)


def with_functions(matrix: Matrix, explained: Iterable[Explanation]) -> Matrix:
    """The matrix with a row for every function of the suite: those that no column judged have pages too."""
    there = set(matrix.functions)
    functions = sorted(there | {(case.area, case.function) for case in explained})
    if len(functions) == len(there):
        return matrix
    place = {key: index for index, key in enumerate(functions)}
    moved = [place[key] for key in matrix.functions]
    return replace(
        matrix,
        functions=functions,
        function_of=array("I", (moved[index] for index in matrix.function_of)),
        worst=tuple({moved[index]: ulp for index, ulp in found.items()} for found in matrix.worst),
    )
