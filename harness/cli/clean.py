"""`conform clean`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import msgspec

from harness.cleaning import AGAIN, KINDS, Item, age_text, seconds, size_text
from harness.cli.names import OneOf
from harness.cli.options import json_option, write_output
from harness.errors import EnvironmentProblem, UsageError
from harness.exitcodes import ExitCode
from harness.screen import say
from harness.text import one_line


@click.command("clean")
@click.option(
    "--kind",
    "kinds",
    type=OneOf("kind", KINDS),
    metavar="KIND",
    multiple=True,
    help=f"Only this kind, of {', '.join(KINDS)}; repeatable (default: all but journals).",
)
@click.option(
    "--older-than", "age", metavar="AGE", default="0h", help="Only what is older, such as 7d or 12h."
)
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    default="results",
    show_default=True,
    help="The directory whose journals are meant.",
)
@click.option("--dry-run", is_flag=True, help="Only list what there is.")
@click.option("--yes", is_flag=True, help="Remove without a question.")
@json_option
def command(kinds: tuple[str, ...], age: str, results: Path, dry_run: bool, yes: bool, as_json: bool) -> int:
    """List what conform has left on this machine, with age and size, and remove it after a question.

    Environments, images and logs are made again when they are needed. Journals are measurements: they are
    removed only with --kind journals. What conform did not make is not touched.
    """
    least = seconds(age)
    now = time.time()
    wanted = kinds or AGAIN
    found = [item for item in _found(kinds or KINDS, results) if now - item.made >= least]
    chosen = [item for item in found if item.kind in wanted and item.busy is None]
    if not as_json:
        _show(found, kinds, wanted, now)
    ask = not (dry_run or yes or as_json)
    if ask and chosen:
        yes = _agreed(chosen)
    problems = _removed(chosen) if yes and not dry_run else None
    if as_json:
        rows = [_facts(item, now, problems is not None and item in chosen, problems or {}) for item in found]
        write_output(None, msgspec.json.encode({"found": rows}) + b"\n")
    elif problems is not None:
        gone = [item for item in chosen if item not in problems]
        click.echo(f"Removed {_amount(gone)}.")
    for item, problem in (problems or {}).items():
        say(f"conform: {item.name} could not be removed: {one_line(problem, 300)}.")
    return ExitCode.USAGE if problems else ExitCode.OK


def _found(kinds: Iterable[str], results: Path) -> list[Item]:
    from harness.cleaning.files import environments, journals, logs

    found: list[Item] = []
    if "environments" in kinds:
        found += environments()
    if "images" in kinds:
        from harness.cleaning.images import images

        try:
            found += images()
        except EnvironmentProblem:
            say("Images are left out, because no Docker daemon answers.")
    if "logs" in kinds:
        found += logs()
    if "journals" in kinds:
        found += journals(results)
    return found


def _show(found: list[Item], named: Iterable[str], wanted: Iterable[str], now: float) -> None:
    if not found:
        click.echo("There is nothing to remove.")
    width = max((len(one_line(item.name)) for item in found if item.kind != "logs"), default=30)
    for kind in KINDS:
        of_kind = [item for item in found if item.kind == kind]
        if of_kind:
            kept = "" if kind in wanted else f"; they stay unless --kind {kind} is given"
            click.echo(f"{kind}: {_amount(of_kind)}{kept}")
        # The logs are many and small.
        for item in of_kind if kind != "logs" or kind in named else ():
            busy = f"  {one_line(item.busy)}, so it stays" if item.busy else ""
            age, size = age_text(now - item.made), size_text(item.size)
            click.echo(f"  {one_line(item.name):<{width}}  {age:>7}  {size:>7}{busy}")


def _agreed(chosen: list[Item]) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("Nothing was removed: add --yes to remove what is listed, or --dry-run to list it.")
    return click.confirm(f"Remove {_amount(chosen)}?")


def _removed(chosen: list[Item]) -> dict[Item, str]:
    """Removes the items; the reasons of those that are still there."""
    problems = {item: item.remove() for item in chosen}
    return {item: problem for item, problem in problems.items() if problem is not None}


def _amount(items: list[Item]) -> str:
    things = "thing" if len(items) == 1 else "things"
    return f"{len(items)} {things}, {size_text(sum(item.size for item in items))}"


def _facts(item: Item, now: float, tried: bool, problems: dict[Item, str]) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "name": item.name,
        "age_seconds": round(now - item.made),
        "bytes": item.size,
        "busy": item.busy,
        "removed": tried and item not in problems,
        "problem": problems.get(item),
    }
