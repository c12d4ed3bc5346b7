"""The part that `run` and `validate` share: columns run side by side until they end or are interrupted."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import click

from harness.errors import Interrupted
from harness.exitcodes import ExitCode
from harness.lock import only_user
from harness.matrix import Matrix
from harness.merge import merge_journals
from harness.run import Job, run_columns
from harness.runtimes import Runtime


def measure(jobs: Sequence[Job], runtime: Runtime, out: Path) -> tuple[Matrix, ExitCode]:
    """The matrix of these columns, without baselines, and INTERRUPTED when they were interrupted, else OK.

    Raises:
        UsageError: another harness is writing to `out`.
    """
    stop_on_signals()
    with only_user(out):
        return _measure(jobs, runtime, out)


def _measure(jobs: Sequence[Job], runtime: Runtime, out: Path) -> tuple[Matrix, ExitCode]:
    from harness.progress import choose_display

    try:
        paths = run_columns(jobs, runtime, out, choose_display([job.column for job in jobs]))
    except Interrupted as error:
        click.echo(f"conform: {error.message}", err=True)
        begun = [out / f"{job.column}.jsonl" for job in jobs]
        return merge_journals([path for path in begun if path.exists()]), ExitCode.INTERRUPTED
    return merge_journals(paths), ExitCode.OK


def stop_on_signals() -> None:
    """Makes SIGTERM and SIGHUP end the run as Ctrl-C does."""
    # SIGINT too: a shell starts background jobs with SIGINT ignored, and Python would leave it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    # nohup asks for the opposite by ignoring it.
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
    raise KeyboardInterrupt
