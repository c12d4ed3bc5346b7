"""A part of a profile, as -k, --cases and --failed ask for it, and where its journal goes."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from harness.text import one_line

FOLDER = "selected"
"""Below --out: journals of a part of the suite, which must not replace those of a whole profile."""
FAILED = "--failed"


@dataclass(frozen=True)
class Selection:
    """A part of a profile, as the user asked for it, and the ids it has.

    With `failed` they are those that deviated newly when the column was measured last.
    """

    expression: str | None
    globs: tuple[str, ...]
    ids: tuple[str, ...]
    failed: bool = False

    @property
    def by_id(self) -> bool:
        """Whether the suite is told the ids, and not a -k expression alone."""
        return bool(self.globs) or self.failed

    @property
    def text(self) -> str:
        """The `select` of a journal's start record: the -k expression, or the options."""
        if self.failed:
            return FAILED
        if not self.globs:
            return self.expression or ""
        options = [part for glob in self.globs for part in ("--cases", glob)]
        return shlex.join([*options, *(("-k", self.expression) if self.expression else ())])


def option_text(select: object) -> str:
    """The options behind the `select` of a start record."""
    text = one_line(str(select), 300)
    return text if text.startswith(("--cases ", FAILED)) else f"-k {text!r}"


def selection_note(selection: Selection, out: Path) -> str:
    """The sentence that says how many cases run and where their journal goes."""
    cases = "1 case" if len(selection.ids) == 1 else f"{len(selection.ids)} cases"
    where = out / FOLDER
    return f"{cases} selected: a journal of its own goes to {where}; those in {out} stay as they are."
