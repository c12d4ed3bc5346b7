"""The cases that -k and --cases choose: settled before anything is prepared or written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from harness.backends import Backend
from harness.errors import UsageError
from harness.globs import is_glob, matcher
from harness.profiles import PROFILES
from harness.reader import ask
from harness.runtimes.base import Report, constant_environment
from harness.selection import Selection, option_text


def choose_cases(
    expression: str | None, globs: Sequence[str], profile: str, backend: Backend, report: Report
) -> Selection | None:
    """The selection of `profile`; None when neither an expression nor a glob is given.

    Raises:
        UsageError: pytest does not understand the expression, or nothing is selected.
        EnvironmentProblem: the suite could not be read.
    """
    if expression is None and not globs:
        return None
    ids = _ids(expression, profile, backend, report)
    # Each glob by itself: one that is mistyped must not hide behind another.
    for part in [[glob] for glob in globs] or [[]]:
        if not (matching(ids, part) if part else ids):
            raise UsageError(_nothing(expression, part, profile, backend, report))
    chosen = tuple(matching(ids, globs) if globs else ids)
    return Selection(expression, tuple(globs), chosen)


def ids_of(backend: Backend, report: Report) -> list[str]:
    """The ids of all cases of a backend. Raises EnvironmentProblem when the suite could not be read."""
    return _ids(None, PROFILES[-1], backend, report)


def _ids(expression: str | None, profile: str, backend: Backend, report: Report) -> list[str]:
    told = {**constant_environment(backend), "CONFORM_PROFILE": profile}
    if expression is not None:
        if not expression.strip():
            raise UsageError("-k has no expression: name words of case ids, such as -k unknown.")
        told["CONFORM_SELECT"] = expression
    try:
        ids: list[str] = json.loads(ask("--list", told, report))["ids"]
    except UsageError as error:
        raise UsageError(error.message.removeprefix("ERROR: ")) from None
    return ids


def matching(ids: Iterable[str], globs: Sequence[str]) -> list[str]:
    """The ids that one of the globs stands for."""
    matchers = [matcher(glob) for glob in globs]
    return [name for name in ids if any(matches(name) for matches in matchers)]


def unmatched(glob: str, ids: Iterable[str]) -> str:
    """The sentence about a glob that stands for none of these ids."""
    below = f"{glob.rstrip('/')}/"
    if not is_glob(glob) and any(name.startswith(below) for name in ids):
        return f"{glob!r} is not the id of a case: write '{below}**' for all cases below it."
    return f"No case matches {glob!r}: `conform cases` lists all; * stays within a segment, ** crosses them."


def _nothing(
    expression: str | None, globs: Sequence[str], profile: str, backend: Backend, report: Report
) -> str:
    asked = option_text(Selection(expression, tuple(globs), ()).text)
    everything = ids_of(backend, report)
    for glob in globs:
        if not matching(everything, [glob]):
            return unmatched(glob, everything)
    if profile != PROFILES[-1]:
        whole = _ids(expression, PROFILES[-1], backend, report)
        count = len(matching(whole, globs) if globs else whole)
        if count:
            cases = "1 case" if count == 1 else f"{count} cases"
            return (
                f"{asked} selects nothing of profile {profile} and {cases} of {PROFILES[-1]}: "
                f"add --profile {PROFILES[-1]}."
            )
    return f"{asked} selects no case: `conform cases` lists all of them."
