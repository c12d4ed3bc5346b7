"""`conform run --repeat N`: the same columns N times, and which verdicts are not always the same."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import msgspec

from harness.cli.measuring import measure
from harness.cli.options import writable_directory
from harness.exitcodes import ExitCode, worst
from harness.matrix import Matrix
from harness.outcome import outcome
from harness.run import Job
from harness.runtimes import Runtime
from harness.screen import say
from harness.stability import unstable
from harness.text import counted

FOLDER = "repeated"
"""Below --out: a directory for each run, by number."""
_SHOWN = 20


def repeat(
    work: Sequence[Job],
    runtime: Runtime,
    out: Path,
    times: int,
    judge: Callable[[Matrix], Matrix],
    quiet: bool,
) -> tuple[list[Matrix], ExitCode]:
    """The matrices of the runs, judged, and the worst of their exit statuses; an interrupt ends them."""
    runs: list[Matrix] = []
    codes: list[ExitCode] = []
    for number in range(1, times + 1):
        folder = writable_directory(out / FOLDER / str(number))
        if not quiet:
            say(f"Run {number} of {times}: its journals go to {folder}.")
        matrix, status = measure(work, runtime, folder, quiet)
        runs.append(judge(matrix))
        codes += [status, outcome(runs[-1])]
        if status is ExitCode.INTERRUPTED:
            break
    return runs, worst(codes)


def tell(runs: Sequence[Matrix], status: ExitCode, as_json: bool, everything: bool) -> ExitCode:
    """Says which verdicts are not stable; the exit status with that."""
    found = list(unstable(runs))
    status = worst([status, *([ExitCode.DEVIATION] if found else [])])
    if as_json:
        facts = {"runs": len(runs), "status": int(status), "unstable": found}
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n")
        return status
    click.echo()
    if not found:
        say(f"{counted(len(runs), 'run')}: every verdict is stable.", err=False)
        return status
    are = "verdict is" if len(found) == 1 else "verdicts are"
    say(f"{counted(len(runs), 'run')}: {len(found)} {are} not stable.", err=False)
    shown = found if everything else found[:_SHOWN]
    for case in shown:
        say(f"  {case.column}  {case.id}  {case.counts}", err=False, indent="    ")
    if len(shown) < len(found):
        say(f"  and {len(found) - len(shown)} more: -v lists all", err=False)
    return status
