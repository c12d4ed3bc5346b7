"""`conform list`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import msgspec

from harness.backends import Backend, load_backends
from harness.cli.options import json_option, write_output
from harness.errors import EnvironmentProblem
from harness.screen import say
from harness.text import one_line

if TYPE_CHECKING:
    from harness.runtimes import Runtime

_WIDE = 100
"""Columns of a terminal that has room for every fact."""
_ANY = 1000


@click.command("list")
@json_option
def command(as_json: bool) -> int:
    """List the registered backends, and whether each can run here; if not, why not and what helps."""
    from harness.runtimes import every_runtime

    runtimes = every_runtime()
    unavailable = {name: runtime.available() for name, runtime in runtimes.items()}
    rows: list[dict[str, Any]] = []
    for backend in load_backends().values():
        states = {}
        for name, runtime in runtimes.items():
            problem = unavailable[name] or runtime.problem(backend)
            prepared = problem is None and runtime.prepared(backend)
            problem = problem or _no_gpu(runtime, backend)
            states[name] = {"usable": problem is None, "prepared": prepared, "reason": problem}
        rows.append({**_facts(backend), "runtimes": states})
    if as_json:
        write_output(None, msgspec.json.format(msgspec.json.encode({"backends": rows}), indent=2) + b"\n")
    else:
        _show(rows, unavailable)
    return 0


def _no_gpu(runtime: Runtime, backend: Backend) -> str | None:
    """Why a GPU backend cannot run here; its image or environment can be made all the same."""
    if backend.device != "gpu":
        return None
    try:
        runtime.gpu(backend, None)
    except EnvironmentProblem as problem:
        return problem.message
    return None


def _facts(backend: Backend) -> dict[str, Any]:
    return {
        "name": backend.name,
        "title": backend.title,
        "api": backend.api,
        "keras": backend.keras,
        "python": backend.python,
        "device": backend.device,
        "default": backend.default,
    }


def _show(rows: list[dict[str, Any]], unavailable: dict[str, str | None]) -> None:
    from rich.console import Console
    from rich.table import Table

    # In a pipe a row is a line, whatever its length.
    terminal = Console().is_terminal
    console = Console(highlight=False, width=None if terminal else _ANY)
    facts = ["api", "keras", *(("python", "device") if console.width >= _WIDE else ())]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("backend", *facts, *unavailable):
        table.add_column(heading, no_wrap=True)
    table.add_column("what")
    for row in rows:
        states = (_word(state) for state in row["runtimes"].values())
        name = row["name"] + (" *" if row["default"] else "")
        table.add_row(name, *(row[fact] for fact in facts), *states, row["title"])
    with console.capture() as captured:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))
    say("* in the default set: `conform run`, or `conform run --api API`", err=False)
    for name, reason in unavailable.items():
        if reason is not None:
            say(f"{name}: {one_line(reason, 600)}", err=False)
    # What several backends have for a reason is said once.
    alike: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for name, state in row["runtimes"].items():
            if state["reason"] is not None and unavailable[name] is None:
                alike.setdefault((name, state["reason"]), []).append(row["name"])
    for (name, reason), names in alike.items():
        say(f"{', '.join(names)} ({name}): {one_line(reason, 600)}", err=False)


def _word(state: dict[str, Any]) -> str:
    if not state["usable"]:
        return "no"
    return "ready" if state["prepared"] else "buildable"
