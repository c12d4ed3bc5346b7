"""`conform diff`."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from harness.cli.options import json_option, write_output
from harness.cli.sources import read_source
from harness.diff import KINDS, Diff, Side, diff
from harness.screen import say
from harness.text import one_line

_TITLES = {
    "regressions": ("regression (passed before)", "regressions (passed before)"),
    "fixes": ("fix (passes now)", "fixes (pass now)"),
    "changed": ("case deviates in another way", "cases deviate in another way"),
    "new": ("new case", "new cases"),
    "gone": ("gone case", "gone cases"),
}
"""What a kind of change is called: one of them, several."""
_HANGING = " " * 4


@click.command("diff")
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@json_option
def command(old: Path, new: Path, as_json: bool) -> int:
    """Compare two runs: each a matrix that `conform merge` wrote, a journal, or a directory of journals.

    The exit status is 1 on a regression, 3 or 4 when a column of NEW did not run or is incomplete, else 0.
    """
    found = diff(read_source(old), read_source(new))
    if as_json:
        document = {kind: getattr(found, kind) for kind in (*KINDS, "inconclusive", "columns")}
        write_output(None, msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")
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
            click.echo(f"{len(changes)} {_TITLES[kind][len(changes) > 1]}")
        for change in changes:
            told = f"  {change.column}  {change.id}  {_said(change.old)} -> {_said(change.new)}"
            say(told.rstrip(), err=False, indent=_HANGING)
    for sentence in found.inconclusive:
        say(f"inconclusive: {sentence}", err=False, indent=_HANGING)
    if not any(getattr(found, kind) for kind in KINDS) and not found.inconclusive:
        click.echo("No difference.")
