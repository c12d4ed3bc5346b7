"""`conform merge`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from harness.backends import load_backends
from harness.baseline_check import apply_all
from harness.cli.names import ColumnName
from harness.cli.options import baselines_option, given_baselines
from harness.errors import UsageError
from harness.exitcodes import worst
from harness.files import replace_with
from harness.matrixio import encode_matrix
from harness.merge import journal_files, merge_journals
from harness.outcome import findings
from harness.records import COLUMN_PATTERN
from harness.reports.summary import describe
from harness.screen import say


@click.command("merge")
@click.argument("sources", metavar="DIR|FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Where the matrix goes (default: stdout).")
@click.option(
    "--expect",
    type=ColumnName(several=True),
    metavar="COLUMN,...",
    default="",
    help="Columns that must be there; a column without a journal did not run.",
)
@click.option(
    "--signers",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Only journals that somebody in FILE has signed with `ssh-keygen` (docs/files.md).",
)
@baselines_option
def command(
    sources: tuple[Path, ...], out: Path | None, expect: str, signers: Path | None, lists: tuple[Path, ...]
) -> int:
    """Merge the journals in each DIR or FILE into a matrix (JSON); their order does not matter.

    Nothing runs. The exit status is that of the runs: see docs/exit-codes.md.
    """
    expected = [name for name in expect.split(",") if name]
    if bad := [name for name in expected if not re.match(COLUMN_PATTERN, name)]:
        raise UsageError(f"--expect {bad[0]!r} is not a column name: use letters, digits, '.', '_' and '-'.")
    given = given_baselines(lists)
    matrix = apply_all(merge_journals(journal_files(sources), expected, signers), load_backends(), given)
    if out is None or str(out) == "-":
        sys.stdout.buffer.writelines(encode_matrix(matrix))
    else:
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            replace_with(out, encode_matrix(matrix))
        except OSError as error:
            raise UsageError(f"{out} cannot be written ({error.strerror}): choose another --out.") from None
        for column in matrix.columns:
            say(
                ", ".join(part for part in (f"{column.name}: {column.status}", describe(column)) if part),
                err=False,
            )
    found = list(findings(matrix))
    for _, sentence in found:
        say(f"conform: {sentence}")
    return worst(code for code, _ in found)
