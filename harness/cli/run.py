"""`conform run`."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path
from types import FrameType

import click

from harness.backends import load_backends
from harness.baseline import apply_all
from harness.cli.options import (
    backends_argument,
    check_profile,
    chosen_backends,
    json_option,
    profile_option,
    runtime_option,
    writable_directory,
)
from harness.earlier import Mode
from harness.errors import Interrupted, UsageError
from harness.exitcodes import ExitCode, worst
from harness.lock import only_user
from harness.merge import merge_journals
from harness.outcome import outcome
from harness.records import COLUMN_PATTERN
from harness.run import Job, run_columns
from harness.runtimes import Runtime


@click.command("run")
@backends_argument
@profile_option
@runtime_option
@click.option("-k", "select", metavar="EXPR", help="Only the cases that pytest's -k selects.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Suite processes per backend.")
@click.option("--case-timeout", type=click.FloatRange(min=0.1), metavar="SECONDS", help="Limit of one case.")
@click.option("--label", metavar="NAME", help="The column's name instead of the backend's (one backend only).")
@click.option("--resume", "mode", flag_value="resume", help="Go on with a run that was cut off: only what is missing.")
@click.option("--fresh", "mode", flag_value="fresh", help="Measure again even where nothing has changed.")
@click.option("--out", type=click.Path(path_type=Path), default="results", show_default=True, help="Directory for the journals.")
@json_option
def command(
    names: tuple[str, ...],
    profile: str,
    runtime: str,
    select: str | None,
    jobs: int,
    case_timeout: float | None,
    label: str | None,
    mode: Mode | None,
    out: Path,
    as_json: bool,
) -> int:
    """Run the suite on each BACKEND (default: the default set) and show the matrix.

    Journals go to DIR/<column>.jsonl; the exit status is 0 when nothing but passes and known deviations was seen. A complete
    journal there of which everything is the same (suite, environment, backend, options, machine) is not measured again: its
    verdicts are reused, and marked so.
    """
    from harness.runtimes import choose

    check_profile(profile)
    backends = chosen_backends(names)
    if label is not None and len(backends) > 1:
        raise UsageError("--label names one column and several backends are to run: run them one by one.")
    if label is not None and not re.match(COLUMN_PATTERN, label):
        raise UsageError(f"--label {label!r} is no column name: use letters, digits, '.', '_' and '-'.")
    writable_directory(out)
    with only_user(out):
        chosen, why = choose(runtime)
        click.echo(why, err=True)
        work = [Job(backend, label or backend.name, profile, select, jobs, case_timeout, mode or "reuse") for backend in backends]
        return _run(work, chosen, out, as_json)


def _run(work: list[Job], chosen: Runtime, out: Path, as_json: bool) -> int:
    from harness.progress import choose_display

    paths = [out / f"{job.column}.jsonl" for job in work]
    status = ExitCode.OK
    _stop_on_signals()
    try:
        run_columns(work, chosen, out, choose_display([job.column for job in work]))
    except Interrupted as error:
        click.echo(f"conform: {error.message}", err=True)
        status = ExitCode.INTERRUPTED
        paths = [path for path in paths if path.exists()]
    matrix = apply_all(merge_journals(paths), load_backends())
    if as_json:
        from harness.matrixio import encode_matrix

        sys.stdout.buffer.writelines(encode_matrix(matrix))
    else:
        from harness.reports.terminal import show

        show(matrix)
    return worst([status, outcome(matrix)])


def _stop_on_signals() -> None:
    """Ends the run as Ctrl-C does on whatever else asks for it."""
    # SIGINT too: a shell starts what it puts in the background with it ignored, and Python would leave it so.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    # nohup asks for the opposite by ignoring it.
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
    raise KeyboardInterrupt
