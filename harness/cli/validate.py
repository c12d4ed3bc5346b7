"""`conform validate`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from harness.apis import find_api, serves
from harness.backends import Backend
from harness.cli.names import LevelName
from harness.cli.options import (
    api_option,
    baselines_option,
    column_option,
    given_baselines,
    given_options,
    json_option,
    module_options,
    runtime_option,
    sdists_allowed,
    selection_options,
    writable_directory,
)
from harness.errors import UsageError
from harness.exitcodes import ExitCode, worst
from harness.levels import profile_for, reaches
from harness.matrix import Matrix
from harness.screen import say
from harness.text import suggestion

IMPORT_SECONDS = 60.0


@click.command("validate")
@click.argument("name", metavar="MODULE")
@api_option
@module_options
@baselines_option
@click.option(
    "--level",
    "demanded",
    type=LevelName(),
    metavar="LEVEL",
    help="Exit with 1 unless MODULE reaches this level.",
)
@runtime_option
@selection_options
@click.option("--watch", is_flag=True, help="Run again when a file below --path changes, until Ctrl-C.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Suite processes.")
@click.option("--case-timeout", type=click.FloatRange(min=0.1), metavar="SECONDS", help="Limit of one case.")
@click.option(
    "--import-timeout",
    type=click.FloatRange(min=0.1),
    default=IMPORT_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="Limit of the import of MODULE.",
)
@column_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="results",
    show_default=True,
    help="Directory for the journal.",
)
@click.option("--badge", type=click.Path(path_type=Path), metavar="DIR", help="Write a badge to DIR.")
@json_option
def command(
    name: str,
    api: str | None,
    path: Path | None,
    requirements: Path | None,
    keras: str | None,
    lists: tuple[Path, ...],
    demanded: str | None,
    runtime: str,
    select: str | None,
    globs: tuple[str, ...],
    failed: bool,
    watch: bool,
    jobs: int,
    case_timeout: float | None,
    import_timeout: float,
    label: str | None,
    out: Path,
    badge: Path | None,
    as_json: bool,
) -> int:
    """Say how far the external module MODULE, such as my_package.my_module, conforms and what is missing.

    Its level is the last of these steps that holds: found, imports, valid, loads, signatures, examples, core,
    full. With -k, --cases or --failed no level is claimed.
    """
    from harness.baseline_check import apply_all
    from harness.cli.measuring import measure
    from harness.cli.selecting import Asked, choose_parts
    from harness.excuses import excuse_for
    from harness.module.backend import external_backend
    from harness.module.names import column_name
    from harness.module.source import stamp
    from harness.run import Job
    from harness.runtimes import choose

    backend = external_backend(name, path, requirements, keras, serves(name, api), sdists_allowed())
    asked = Asked(select, globs, failed)
    _check(backend, demanded, asked.partial)
    assert backend.module is not None
    given = given_options(path, requirements, keras)
    baselines = given_baselines(lists, [backend])
    profile = profile_for(demanded)
    column = label or column_name(backend.name)
    parts = choose_parts(asked, profile, {column: backend}, out, baselines, quiet=False)
    if not parts:
        return ExitCode.OK
    writable_directory(out)
    chosen, why = choose(runtime)
    say(why)
    work = [
        Job(
            backend,
            column,
            profile,
            parts[column],
            jobs,
            case_timeout,
            import_timeout,
            excuse=excuse_for(backend, baselines),
        )
    ]
    while True:
        before = stamp(backend.module.root, out) if watch else {}
        matrix, ended = measure(work, chosen, out)
        matrix = apply_all(matrix, {}, baselines)
        status = worst([ended, _status(matrix, demanded, bool(baselines))])
        _tell(matrix, backend, demanded, status, given, as_json)
        if badge is not None:
            from harness.reports.badge import write_badges

            write_badges(matrix, badge)
        if not watch or ended is ExitCode.INTERRUPTED:
            return status
        from harness.module.watch import wait_for_change

        say(f"Watching {backend.module.root}: change a file to run again, Ctrl-C ends it.")
        wait_for_change(backend.module.root, out, before)


def _check(backend: Backend, demanded: str | None, partial: bool) -> None:
    levels = find_api(backend.api).levels
    if demanded is not None and demanded not in levels:
        raise UsageError(f"Unknown level {demanded!r}: {suggestion(demanded, levels)}.")
    if demanded is not None and partial:
        raise UsageError(
            "--level needs a whole profile, and -k, --cases and --failed run a part of it: "
            "leave out --level or them."
        )


def _status(matrix: Matrix, demanded: str | None, listed: bool) -> ExitCode:
    """The exit status: whether the demanded level is reached; without a level as `conform run` exits.

    With `listed`, a baseline says which deviations are known, and must itself hold.
    """
    from harness.outcome import outcome

    status = outcome(matrix)
    column = matrix.columns[0]
    if demanded is None or status not in (ExitCode.OK, ExitCode.DEVIATION):
        return status
    settled = listed and not column.problems and not any(item.new for item in matrix.deviations(0))
    if reaches(column, demanded, settled) and (settled or not listed):
        return ExitCode.OK
    return ExitCode.DEVIATION


def _tell(
    matrix: Matrix,
    backend: Backend,
    demanded: str | None,
    status: ExitCode,
    given: tuple[str, ...],
    as_json: bool,
) -> None:
    if as_json:
        from harness.module.document import encode_validation

        sys.stdout.buffer.writelines(encode_validation(matrix, backend, demanded, status, given))
        return
    from harness.module.report import present

    present(matrix, backend, given)
    if demanded is not None:
        if status not in (ExitCode.OK, ExitCode.DEVIATION):
            click.echo(f"Level {demanded} is not shown: the module was not measured to the end.")
            return
        but = "" if reaches(matrix.columns[0], demanded) else ", but for known deviations"
        click.echo(f"Level {demanded} is {f'reached{but}' if status is ExitCode.OK else 'not reached'}.")
