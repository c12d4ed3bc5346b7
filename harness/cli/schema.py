"""`conform schema`."""

from __future__ import annotations

import click
import msgspec

from harness.cli.names import OneOf
from harness.cli.options import write_output
from harness.schemas import NAMES, schema


@click.command("schema")
@click.argument("name", metavar="|".join(NAMES), type=OneOf("schema", NAMES))
def command(name: str) -> int:
    """Print the JSON Schema (draft 2020-12) of a file that other tools read.

    journal is the schema of a line of a journal, baseline that of a baseline as JSON (it is kept as TOML).
    """
    write_output(None, msgspec.json.format(msgspec.json.encode(schema(name)), indent=2) + b"\n")
    return 0
