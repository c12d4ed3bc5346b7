"""A matrix on the screen, for the verbs that end with one."""

from __future__ import annotations

from collections.abc import Sequence

from harness.apis import DEFAULT_API
from harness.cli.options import preparing
from harness.errors import ConformError
from harness.matrix import Matrix
from harness.reports import Shown
from harness.reports.findings import new_deviations, repro_commands
from harness.reports.terminal import show


def show_matrix(matrix: Matrix, shown: Shown | None, options: Sequence[str] = ()) -> None:
    """Prints the matrix; `options` are those that an external module was found by."""
    command = repro_commands(matrix, options)
    show(matrix, None, shown or "normal", command, _promises(matrix))


def _promises(matrix: Matrix) -> dict[str, str]:
    """The promises behind the new deviations that are told, where this suite is the one that judged."""
    from harness.cases import promise_texts, read_suite
    from harness.suite import suite_digest

    api = matrix.api or DEFAULT_API
    told = new_deviations(matrix)
    if not told or any(column.info.get("suite") != suite_digest(api) for column in matrix.columns):
        return {}
    try:
        return promise_texts(read_suite({"CONFORM_API": api}, preparing("the suite")), told)
    except ConformError:
        return {}  # the findings are worth showing without them
