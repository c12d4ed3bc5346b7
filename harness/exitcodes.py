"""The exit statuses of `conform` and what they mean; docs/exit-codes.md is generated from here."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class ExitCode(IntEnum):
    """The exit status of every verb."""

    OK = 0
    DEVIATION = 1
    USAGE = 2
    NOT_RUN = 3
    INCOMPLETE = 4
    INTERRUPTED = 130


MEANING: dict[ExitCode, str] = {
    ExitCode.OK: "nothing but passes and known deviations",
    ExitCode.DEVIATION: "a new deviation, a step that does not hold, a stale baseline entry, or a regression",
    ExitCode.USAGE: "usage: an unknown name, an unreadable file, an output that cannot be written",
    ExitCode.NOT_RUN: "an environment could not be prepared or a backend could not be loaded "
    "(the root cause is shown)",
    ExitCode.INCOMPLETE: "incomplete: fewer verdicts than collected cases, "
    "or a suite that was stopped or contradicted itself",
    ExitCode.INTERRUPTED: "interrupted (what was measured is kept)",
}

_GRAVITY = (
    ExitCode.INTERRUPTED,
    ExitCode.USAGE,
    ExitCode.NOT_RUN,
    ExitCode.INCOMPLETE,
    ExitCode.DEVIATION,
    ExitCode.OK,
)


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """The status that stands for several: the gravest of them; OK without any."""
    return min(codes, key=_GRAVITY.index, default=ExitCode.OK)
