"""Errors that end in one sentence for the user and a documented exit status, never in a traceback."""

from __future__ import annotations

from typing import ClassVar

from harness.exitcodes import ExitCode


class ConformError(Exception):
    """An error that the user can act on; `message` is one sentence: what happened, then what to do next."""

    exit_code: ClassVar[ExitCode] = ExitCode.USAGE

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(ConformError):
    """A name, an option or a file that cannot be used as given."""


class EnvironmentProblem(ConformError):
    """An environment could not be prepared or the suite could not be started in it."""

    exit_code = ExitCode.NOT_RUN


class Interrupted(ConformError):
    """The user or a supervisor asked the run to stop."""

    exit_code = ExitCode.INTERRUPTED
