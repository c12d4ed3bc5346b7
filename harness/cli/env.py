"""`conform env`."""

from __future__ import annotations

import click
import msgspec

from harness.backends import find_backend
from harness.cli.options import json_option, write_output
from harness.text import one_line


@click.command("env")
@click.argument("name", metavar="BACKEND")
@json_option
def command(name: str, as_json: bool) -> int:
    """Print the Python interpreter of BACKEND's virtual environment, made first if it is missing.

    KERAS_BACKEND=theano "$(conform env theano)" -m pytest conformance
    """
    from harness.runtimes import choose

    backend = find_backend(name)
    runtime, _ = choose("venv")
    environment = runtime.prepare(backend, lambda line: click.echo(f"{name}: {one_line(line)}", err=True))
    if as_json:
        facts = {
            "backend": name,
            "python": str(environment.python),
            "identity": environment.identity,
            "env": {**backend.env, "KERAS_BACKEND": backend.keras_backend},
        }
        write_output(None, msgspec.json.encode(facts) + b"\n")
    else:
        click.echo(environment.python)
    return 0
