"""`conform env`."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from harness.cli.options import chosen_backend, json_option, module_options, write_output
from harness.text import one_line


@click.command("env")
@click.argument("name", metavar="BACKEND")
@module_options
@json_option
def command(name: str, path: Path | None, requirements: Path | None, keras: str | None, as_json: bool) -> int:
    """Print the Python interpreter of BACKEND's virtual environment, which is made if it is missing.

    KERAS_BACKEND=theano "$(conform env theano)" -m pytest conformance
    """
    from harness.runtimes import choose

    backend = chosen_backend(name, path, requirements, keras)
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
