"""`conform report`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from harness.cli.names import OneOf
from harness.cli.options import detail_options, preparing, write_output
from harness.errors import UsageError
from harness.matrix import Matrix
from harness.matrixio import encode_matrix, read_matrix
from harness.reports import Shown

FORMATS = ("terminal", "markdown", "html", "json", "junit", "ctrf", "annotations", "badge")


@click.command("report")
@click.argument("sources", metavar="MATRIX...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=OneOf("format", FORMATS),
    default="terminal",
    show_default=True,
    metavar="FORMAT",
    help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="A file (for html and badge a directory; default: stdout)."
)
@click.option(
    "--history",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A directory of earlier matrices: the site says what has changed since, and when.",
)
@click.option("--keep", is_flag=True, help="Put what is shown into --history, for the next time.")
@detail_options
def command(
    sources: tuple[Path, ...],
    form: str,
    out: Path | None,
    history: Path | None,
    keep: bool,
    shown: Shown | None,
) -> int:
    """Show a MATRIX that `conform merge` wrote ("-" reads it from stdin).

    html is a site in the directory --out: of a matrix for each API, or of directories of journals.
    The exit status says whether the report was made; it does not depend on the verdicts.
    """
    if keep and history is None:
        raise UsageError("--keep puts matrices into a directory: name it with --history.")
    if not sources and (history is None or keep):
        raise UsageError("There is nothing to show: name a matrix, or a directory of journals.")
    if form == "html":
        return _site(sources, out, history, keep)
    if history is not None:
        raise UsageError(f"The format {form} has no history: choose --format html.")
    if len(sources) > 1:
        raise UsageError(f"The format {form} shows one matrix: name one, or choose --format html.")
    (source,) = sources
    matrix = read_matrix(source, sys.stdin.buffer if str(source) == "-" else None)
    if form == "badge":
        from harness.reports.badge import write_badges

        if out is None or str(out) == "-":
            raise UsageError("A badge is two files per column: name their directory with --out.")
        write_badges(matrix, out)
    elif form == "terminal" and out is None:
        from harness.cli.showing import show_matrix

        show_matrix(matrix, shown)
    else:
        write_output(out, _render(matrix, form))
    return 0


def _site(sources: Sequence[Path], out: Path | None, history: Path | None, keep: bool) -> int:
    from harness.site.site import site
    from harness.site.sources import asking, read_chapters
    from harness.site.writing import write_site

    if out is None or str(out) == "-":
        raise UsageError("The site is a directory: name a new one, or an earlier site, with --out.")
    chapters = read_chapters(sources, asking(preparing("the suite")), history, keep)
    count = write_site(site(chapters), out)
    click.echo(f"{out / 'index.html'} ({count} files)")
    return 0


def _render(matrix: Matrix, form: str) -> str | bytes | Iterable[bytes]:
    if form == "json":
        return encode_matrix(matrix)
    if form == "markdown":
        from harness.reports.markdown import render as markdown

        return markdown(matrix)
    if form == "junit":
        from harness.reports.junit import render as junit

        return junit(matrix)
    if form == "ctrf":
        from harness.reports.ctrf import render as ctrf

        return ctrf(matrix)
    if form == "annotations":
        from harness.reports.workflow import render as annotations

        return annotations(matrix)
    from harness.reports.terminal import render as terminal

    return terminal(matrix)
