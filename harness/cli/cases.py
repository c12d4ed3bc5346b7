"""`conform cases`."""

from __future__ import annotations

import click
import msgspec

from harness.apis import DEFAULT_API
from harness.cli.names import ApiName, AreaName, CaseName, ProfileName
from harness.cli.options import json_option, preparing, write_output
from harness.profiles import PROFILES
from harness.screen import say


@click.command("cases")
@click.argument("globs", metavar="[GLOB]...", nargs=-1, type=CaseName())
@click.option(
    "--profile",
    type=ProfileName(),
    metavar="|".join(PROFILES),
    help="Only the cases of this profile (default: all).",
)
@click.option("--api", type=ApiName(), metavar="API", default=DEFAULT_API, show_default=True, help="The API.")
@click.option(
    "--area", type=AreaName(), metavar="AREA", help="Only the cases of this area, such as reduction."
)
@json_option
def command(globs: tuple[str, ...], profile: str | None, api: str, area: str | None, as_json: bool) -> int:
    """List the cases whose ids match a GLOB (default: all), below their promises, with their profiles.

    In a GLOB `*` stays within a segment of an id, `**` crosses segments, and `?` is a character, as in
    'reduction/sum/**'. `conform run --cases GLOB` runs them.
    """
    from harness.cases import lines, part_of, read_suite

    told = {"CONFORM_API": api}
    suite = part_of(read_suite(told, preparing("the suite")), globs, profile, area)
    if as_json:
        write_output(None, msgspec.json.format(msgspec.json.encode(suite), indent=2) + b"\n")
    else:
        for line in lines(suite):
            say(line, err=False, indent="    ")
    return 0
