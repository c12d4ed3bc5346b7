"""The part of a profile that -k, --cases and --failed ask for, for each column of a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.backends import Backend
from harness.baseline import Baseline
from harness.cli.options import preparing
from harness.errors import UsageError
from harness.screen import say
from harness.selection import Selection


@dataclass(frozen=True)
class Asked:
    """The options: the expression of -k, the globs of --cases, and --failed."""

    expression: str | None
    globs: Sequence[str]
    failed: bool

    @property
    def partial(self) -> bool:
        """Whether any of them is given."""
        return self.expression is not None or bool(self.globs) or self.failed


def choose_parts(
    asked: Asked,
    profile: str,
    columns: Mapping[str, Backend],
    out: Path,
    baselines: Mapping[Path, Baseline],
    quiet: bool,
) -> dict[str, Selection | None]:
    """The selection of each column, None for a whole profile; --failed leaves columns out.

    Raises:
        UsageError: the options contradict each other, select nothing, or there is no earlier run.
        EnvironmentProblem: the suite could not be read.
    """
    from harness.choosing import choose_cases, ids_of
    from harness.failed import failed_cases
    from harness.selection import selection_note

    first = next(iter(columns.values()))
    if not asked.failed:
        part = choose_cases(asked.expression, asked.globs, profile, first, preparing("the suite"))
        if part is not None and not quiet:
            say(selection_note(part, out))
        return dict.fromkeys(columns, part)
    if asked.expression is not None or asked.globs:
        raise UsageError("--failed chooses the cases: leave out -k and --cases.")
    known = set(ids_of(first, preparing("the suite")))
    found = {
        column: failed_cases(out, column, backend.name, baselines, known)
        for column, backend in columns.items()
    }
    for column, part in found.items():
        if part is None:
            say(f"{column}: nothing deviated newly when it was measured last, so nothing runs again.")
        elif not quiet:
            say(f"{column}: {selection_note(part, out)}")
    return {column: part for column, part in found.items() if part is not None}
