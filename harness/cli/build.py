"""`conform build`."""

from __future__ import annotations

from functools import partial

import click
import msgspec

from harness.cli.options import (
    api_option,
    backends_argument,
    chosen_backends,
    json_option,
    profile_option,
    runtime_option,
    write_output,
)
from harness.errors import EnvironmentProblem
from harness.exitcodes import ExitCode
from harness.screen import say
from harness.text import one_line


def _report(name: str, line: str) -> None:
    say(f"{name}: {one_line(line)}")


@click.command("build")
@backends_argument
@api_option
@profile_option
@runtime_option
@json_option
def command(names: tuple[str, ...], api: str | None, profile: str, runtime: str, as_json: bool) -> int:
    """Make the image or environment of each BACKEND (default: the default set) ahead of a run.

    The image of a backend that compiles also holds the compiled code of the profile. When a backend fails,
    the others are made all the same, and the exit status is 3.
    """
    from harness.runtimes import choose

    backends = chosen_backends(names, api=api)
    chosen, why = choose(runtime)
    say(why)
    results = []
    for backend in backends:
        name = backend.name
        try:
            environment = chosen.prepare(backend, partial(_report, name), profile)
        except EnvironmentProblem as error:
            say(f"conform: {one_line(error.message, 2000)}")
            results.append({"backend": name, "runtime": chosen.name, "ready": False, "reason": error.message})
        else:
            say(f"{name}: ready")
            identity = environment.identity
            results.append({"backend": name, "runtime": chosen.name, "ready": True, "identity": identity})
    if as_json:
        write_output(None, msgspec.json.encode({"built": results}) + b"\n")
    return ExitCode.OK if all(result["ready"] for result in results) else ExitCode.NOT_RUN
