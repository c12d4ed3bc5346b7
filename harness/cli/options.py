"""Options that several verbs share, and what they are turned into."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from harness.backends import Backend, find_backend, load_backends, suggestion
from harness.errors import UsageError

PROFILES = ("examples", "core", "full")

backends_argument = click.argument("names", metavar="[BACKEND]...", nargs=-1)
runtime_option = click.option(
    "--runtime", default="auto", show_default=True, metavar="auto|docker|venv", help="How backends are isolated."
)
profile_option = click.option(
    "--profile", default="core", show_default=True, metavar="|".join(PROFILES), help="How much of the suite."
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON on stdout, for machines.")


def chosen_backends(names: Sequence[str]) -> list[Backend]:
    """The backends named, separated by spaces or commas; the default set when none is.

    Raises:
        UsageError: a name is unknown, or there is no backend at all.
    """
    known = load_backends()
    wanted = list(dict.fromkeys(name for item in names for name in item.split(",") if name))
    if wanted:
        return [find_backend(name, known) for name in wanted]
    defaults = [backend for backend in known.values() if backend.default]
    if not defaults:
        raise UsageError("No backend is in the default set: name one, see `conform list`.")
    return defaults


def check_profile(profile: str) -> str:
    """The profile's name again, or a UsageError with the nearest one."""
    if profile not in PROFILES:
        raise UsageError(f"Unknown profile {profile!r}: {suggestion(profile, PROFILES)}.")
    return profile


def writable_directory(path: Path) -> Path:
    """The directory, made if missing and tried by writing to it.

    Raises:
        UsageError: it cannot be made or written to.
    """
    probe = path / f".conform-probe-{id(path):x}"
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise UsageError(f"{path} cannot be written to ({error.strerror}): choose another directory with --out.") from None
    return path


def write_output(out: Path | None, text: str | bytes) -> None:
    """Writes to a file, or to stdout for None and "-".

    Raises:
        UsageError: the file cannot be written.
    """
    data = text.encode() if isinstance(text, str) else text
    if out is None or str(out) == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}): choose another --out.") from None
