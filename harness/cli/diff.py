"""`conform diff`."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from harness.cli.options import json_option, write_output
from harness.cli.sources import read_source
from harness.diff import KINDS, TITLES, Diff, Side, diff
from harness.errors import UsageError
from harness.screen import say
from harness.text import one_line, suggestion

FORMATS = ("terminal", "markdown", "html")
_HANGING = " " * 4


@click.command("diff")
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    default="terminal",
    show_default=True,
    metavar="FORMAT",
    help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="A file (for html a directory; default: stdout)."
)
@json_option
def command(old: Path, new: Path, form: str, out: Path | None, as_json: bool) -> int:
    """Compare two runs: each a matrix that `conform merge` wrote, a journal, or a directory of journals.

    markdown has the size of a comment on a pull request; what does not fit is counted.

    The exit status is 1 on a regression, 3 or 4 when a column of NEW did not run or is incomplete, else 0.
    """
    if form not in FORMATS:
        raise UsageError(f"Unknown format {form!r}: {suggestion(form, FORMATS)}.")
    if form == "html" and (out is None or str(out) == "-"):
        raise UsageError("The page is in a directory: name a new one, or an earlier page's, with --out.")
    if out is not None and form == "terminal" and not as_json:
        raise UsageError("--out is for --format markdown, --format html and --json: name one of them.")
    found = diff(read_source(old), read_source(new))
    if as_json:
        document = {kind: getattr(found, kind) for kind in (*KINDS, "inconclusive", "columns")}
        write_output(out, msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")
    elif form == "markdown":
        from harness.reports.changes import render

        write_output(out, render(found))
    elif form == "html":
        from harness.site.site import changes_site
        from harness.site.writing import write_site

        assert out is not None
        write_site(changes_site(found), out)
        click.echo(out / "index.html")
    else:
        _show(found)
    return found.status


def _said(side: Side) -> str:
    about = f" ({', '.join(side.aspects)})" if side.aspects else ""
    message = f": {one_line(side.message)}" if side.message else ""
    return f"{side.verdict or '-'}{about}{message}"


def _show(found: Diff) -> None:
    for sentence in found.columns:
        say(sentence, err=False, indent=_HANGING)
    for kind in KINDS:
        changes = getattr(found, kind)
        if changes:
            click.echo(f"{len(changes)} {TITLES[kind][len(changes) > 1]}")
        for change in changes:
            told = f"  {change.column}  {change.id}  {_said(change.old)} -> {_said(change.new)}"
            say(told.rstrip(), err=False, indent=_HANGING)
    for sentence in found.inconclusive:
        say(f"inconclusive: {sentence}", err=False, indent=_HANGING)
    counts = [f"{len(getattr(found, kind))} {kind}" for kind in KINDS if getattr(found, kind)]
    if counts:
        click.echo(f"In all: {', '.join(counts)}.")
    elif not found.inconclusive:
        click.echo("No difference.")
