"""The part that `run` and `validate` share: columns run side by side until they end or are interrupted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harness.errors import Interrupted
from harness.exitcodes import ExitCode
from harness.lock import only_user
from harness.matrix import Matrix
from harness.merge import merge_journals
from harness.run import Job, run_columns
from harness.runtimes import Runtime
from harness.screen import say


def measure(jobs: Sequence[Job], runtime: Runtime, out: Path, quiet: bool = False) -> tuple[Matrix, ExitCode]:
    """The matrix of these columns, without baselines, and INTERRUPTED when they were interrupted, else OK.

    Raises:
        UsageError: another harness is writing to `out`.
    """
    with only_user(out):
        return _measure(jobs, runtime, out, quiet)


def _measure(jobs: Sequence[Job], runtime: Runtime, out: Path, quiet: bool) -> tuple[Matrix, ExitCode]:
    from harness.progress import choose_display

    try:
        paths = run_columns(jobs, runtime, out, choose_display([job.column for job in jobs], quiet))
    except Interrupted as error:
        say(f"conform: {error.message}")
        begun = [out / job.journal for job in jobs]
        return merge_journals([path for path in begun if path.exists()]), ExitCode.INTERRUPTED
    return merge_journals(paths), ExitCode.OK
