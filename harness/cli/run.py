"""`conform run`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from harness.backends import Backend, load_backends
from harness.baseline_check import apply_all
from harness.cli.options import (
    api_option,
    backends_argument,
    baselines_option,
    chosen_backends,
    column_option,
    detail_options,
    given_baselines,
    given_options,
    json_option,
    module_options,
    profile_option,
    runtime_option,
    selection_options,
    writable_directory,
)
from harness.earlier import Mode
from harness.errors import UsageError
from harness.exitcodes import ExitCode, worst
from harness.matrix import Matrix
from harness.outcome import outcome
from harness.profiles import PROFILES
from harness.reports import Shown
from harness.run import Job
from harness.screen import say


@click.command("run")
@backends_argument
@api_option
@module_options
@baselines_option
@profile_option
@runtime_option
@selection_options
@click.option(
    "--repeat",
    "times",
    type=click.IntRange(2, 1000),
    metavar="N",
    help="Run N times, and say which verdicts are not always the same.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Suite processes per backend."
)
@click.option("--case-timeout", type=click.FloatRange(min=0.1), metavar="SECONDS", help="Limit of one case.")
@column_option
@click.option("--device", type=click.IntRange(0, 63), metavar="N", help="The GPU that GPU backends run on.")
@click.option("--resume", is_flag=True, help="Go on with an interrupted run: only its missing cases.")
@click.option("--fresh", is_flag=True, help="Measure again, also when nothing has changed.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="results",
    show_default=True,
    help="Directory for the journals.",
)
@detail_options
@json_option
def command(
    names: tuple[str, ...],
    api: str | None,
    path: Path | None,
    requirements: Path | None,
    keras: str | None,
    lists: tuple[Path, ...],
    profile: str,
    runtime: str,
    select: str | None,
    globs: tuple[str, ...],
    failed: bool,
    times: int | None,
    jobs: int,
    case_timeout: float | None,
    device: int | None,
    label: str | None,
    resume: bool,
    fresh: bool,
    out: Path,
    shown: Shown | None,
    as_json: bool,
) -> int:
    """Run the suite on each BACKEND (default: the default set) and show the matrix.

    The journals go to --out, a file per column. The exit status is 0 when there are only passes and known
    deviations. Where a complete journal of the same suite, environment, backend, options and machine is there
    already, its verdicts are reused, and marked as reused.
    """
    from harness.cli.measuring import measure
    from harness.cli.selecting import Asked, choose_parts
    from harness.cli.showing import show_matrix
    from harness.excuses import excuse_for
    from harness.runtimes import choose

    backends = chosen_backends(names, path, requirements, keras, api=api)
    if not any(backend.module for backend in backends) and (path or requirements):
        raise UsageError(
            "--path and --requirements are for an external module: name it, as in my_package.my_module."
        )
    if label is not None and len(backends) > 1:
        raise UsageError("--label names a single column, and several columns are asked for: run each alone.")
    on_cpu = [backend.name for backend in backends if backend.device != "gpu"]
    if device is not None and on_cpu:
        raise UsageError(
            f"--device names a GPU, and {', '.join(on_cpu)} runs on the CPU: "
            "leave --device out, or name GPU backends only."
        )
    baselines = given_baselines(lists, backends)
    if resume and fresh:
        raise UsageError(
            "--resume keeps what was measured and --fresh measures all of it again: leave one of them out."
        )
    if resume and (failed or times):
        raise UsageError(
            f"--resume keeps what was measured and {'--failed' if failed else '--repeat'} measures again: "
            "leave one of them out."
        )
    mode: Mode = "resume" if resume else "fresh" if fresh or failed or times else "reuse"
    quiet = shown == "quiet"
    columns = {label or _column(backend): backend for backend in backends}
    parts = choose_parts(Asked(select, globs, failed), profile, columns, out, baselines, quiet)
    writable_directory(out)
    chosen, why = choose(runtime)
    if not quiet:
        say(why)
    work = [
        Job(
            columns[column],
            column,
            profile if part is None or not part.failed else PROFILES[-1],
            part,
            jobs,
            case_timeout,
            device=device,
            mode=mode,
            excuse=excuse_for(columns[column], baselines),
        )
        for column, part in parts.items()
    ]
    if not work:
        return ExitCode.OK

    def judged(matrix: Matrix) -> Matrix:
        return apply_all(matrix, load_backends(), baselines)

    def show(matrix: Matrix) -> None:
        show_matrix(matrix, shown, given_options(path, requirements, keras))

    if times:
        from harness.cli.repeating import repeat, tell

        runs, status = repeat(work, chosen, out, times, judged, quiet)
        if not as_json:
            show(runs[-1])
        return tell(runs, status, as_json, shown == "full")
    matrix, status = measure(work, chosen, out, quiet)
    matrix = judged(matrix)
    if as_json:
        from harness.matrixio import encode_matrix

        sys.stdout.buffer.writelines(encode_matrix(matrix))
    else:
        show(matrix)
    return worst([status, outcome(matrix)])


def _column(backend: Backend) -> str:
    from harness.module.names import column_name
    from harness.releases import column_of

    return column_name(backend.name) if backend.module else column_of(backend)
