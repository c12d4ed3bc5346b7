"""`conform exclusions`."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from harness.cli.names import BackendName
from harness.cli.options import (
    chosen_backend,
    json_option,
    module_api_option,
    module_options,
    preparing,
    write_output,
)
from harness.errors import UsageError
from harness.exitcodes import ExitCode
from harness.screen import say

SECONDS = 60.0


@click.command("exclusions")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--backend", "name", type=BackendName(), metavar="BACKEND", required=True, help="Whose list it is."
)
@module_api_option
@module_options
@click.option(
    "--tests",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A checkout of Keras, for its tests (default: those that came with the installed Keras).",
)
@click.option(
    "--test-timeout",
    "seconds",
    type=click.FloatRange(min=0.1),
    default=SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="Limit of one test.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="NEW", help="Write the list anew to this file."
)
@json_option
def command(
    file: Path,
    name: str,
    path: Path | None,
    requirements: Path | None,
    keras: str | None,
    tests: Path | None,
    seconds: float,
    out: Path | None,
    as_json: bool,
) -> int:
    """Hold FILE, a list of excluded tests of Keras such as excluded_tests.txt, against what the tests do now.

    The tests that FILE names run on BACKEND, in its virtual environment. The exit status is 1 when an entry
    passes, matches nothing, or matches a test by accident.
    """
    from harness.exclusions import FAILS, meant, read, rewritten, run, sentences
    from harness.runtimes import choose
    from harness.runtimes.base import constant_environment

    lines = read(file)
    backend = chosen_backend(name, path, requirements, keras)
    if backend.api != "ops":
        raise UsageError(
            f"{backend.name} is a backend of Keras 2, and such lists name tests of Keras 3: "
            "name a backend of the API ops."
        )
    runtime, _ = choose("venv")
    environment = runtime.prepare(backend, preparing(name))
    assert environment.python is not None
    if tests is None:
        place = environment.front_end or next(
            (environment.python.parent.parent / "lib").glob("python3*/site-packages")
        )
        if not any((place / "keras").rglob("*_test.py")):
            raise UsageError(
                f"Keras {backend.keras} comes without its tests: name a checkout of Keras with --tests DIR."
            )
        tests = place
    told = constant_environment(backend)
    root = [str(backend.module.root)] if backend.module else []
    entries = run(
        environment.python,
        tests.resolve(),
        list(dict.fromkeys(filter(None, map(meant, lines)))),
        told,
        seconds,
        root,
    )
    wrong = [sentence for entry in entries.values() for sentence in sentences(entry)]
    if out is not None:
        write_output(out, "".join(f"{line}\n" for line in rewritten(lines, entries)))
    if as_json:
        found = {
            "backend": backend.name,
            "entries": [
                {
                    "entry": entry.text,
                    "state": entry.state,
                    "accidents": entry.accidents,
                    "outcomes": entry.outcomes,
                }
                for entry in entries.values()
            ],
        }
        write_output(None, msgspec.json.encode(found) + b"\n")
    else:
        for sentence in wrong:
            say(sentence, err=False, indent="    ")
        count = sum(entry.state == FAILS for entry in entries.values())
        say(f"{count} of {len(entries)} entries name only tests that fail.", err=False)
    return ExitCode.DEVIATION if wrong else ExitCode.OK
