"""`conform env`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from harness.backends import Backend
from harness.cli.names import BackendName
from harness.cli.options import (
    chosen_backend,
    json_option,
    module_api_option,
    module_options,
    preparing,
    write_output,
)
from harness.errors import EnvironmentProblem

if TYPE_CHECKING:
    from harness.runtimes import Runtime


@click.command("env")
@click.argument("name", metavar="BACKEND", type=BackendName())
@module_api_option
@module_options
@click.option("--build", is_flag=True, help="Make the environment of a GPU backend also without a GPU.")
@json_option
def command(
    name: str, path: Path | None, requirements: Path | None, keras: str | None, build: bool, as_json: bool
) -> int:
    """Print the Python interpreter of BACKEND's virtual environment, which is made if it is missing.

    KERAS_BACKEND=theano "$(conform env theano)" -m pytest conformance

    Another release of Keras (--keras) has to stand first on PYTHONPATH: --json prints where it is.

    Where there is no GPU, the environment of a GPU backend, more than 1 GB, is made only with --build.
    """
    from harness.runtimes import choose

    backend = chosen_backend(name, path, requirements, keras)
    runtime, _ = choose("venv")
    if backend.device == "gpu" and not build and not runtime.prepared(backend):
        _check_gpu(runtime, backend)
    environment = runtime.prepare(backend, preparing(name))
    release = {"PYTHONPATH": str(environment.front_end)} if environment.front_end else {}
    if as_json:
        facts = {
            "backend": name,
            "python": str(environment.python),
            "identity": environment.identity,
            "env": {**backend.env, "KERAS_BACKEND": backend.keras_backend, **release},
        }
        write_output(None, msgspec.json.encode(facts) + b"\n")
    else:
        if environment.front_end:
            click.echo(f"{name}: put {environment.front_end} first on PYTHONPATH", err=True)
        click.echo(environment.python)
    return 0


def _check_gpu(runtime: Runtime, backend: Backend) -> None:
    """Raises EnvironmentProblem where `backend` could not run: it would be downloaded for nothing."""
    try:
        runtime.gpu(backend, None)
    except EnvironmentProblem as problem:
        raise EnvironmentProblem(
            f"{backend.name} cannot run here ({problem.message.rstrip('.')}), so its environment, more than "
            "1 GB, was not made: add --build to make it all the same."
        ) from None
