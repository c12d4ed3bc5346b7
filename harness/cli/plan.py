"""`conform plan`."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from harness.backends import Backend
from harness.cli.options import (
    api_option,
    backends_argument,
    check_profile,
    chosen_backends,
    profile_option,
    write_output,
)
from harness.errors import UsageError
from harness.text import suggestion

FORMATS = ("github", "gitlab", "json")


@click.command("plan")
@backends_argument
@api_option
@click.option("--format", "form", default="json", show_default=True, metavar="|".join(FORMATS))
@profile_option
def command(names: tuple[str, ...], api: str | None, form: str, profile: str) -> int:
    """Print a CI matrix with a job for each BACKEND (default: the default set).

    github is the value of a job's strategy.matrix, gitlab is a child pipeline, json has the facts alone.
    """
    if form not in FORMATS:
        raise UsageError(f"Unknown format {form!r}: {suggestion(form, FORMATS)}.")
    check_profile(profile)
    jobs = [_job(backend, profile) for backend in chosen_backends(names, api=api)]
    if form == "github":
        write_output(None, msgspec.json.encode({"include": jobs}) + b"\n")
    elif form == "gitlab":
        # JSON is YAML.
        pipeline = {f"conform {job['backend']}": _gitlab(job) for job in jobs}
        write_output(None, msgspec.json.format(msgspec.json.encode(pipeline), indent=2) + b"\n")
    else:
        write_output(None, msgspec.json.format(msgspec.json.encode({"jobs": jobs}), indent=2) + b"\n")
    return 0


def _job(backend: Backend, profile: str) -> dict[str, Any]:
    return {
        "backend": backend.name,
        "title": backend.title,
        "keras": backend.keras,
        "python": backend.python,
        "device": backend.device,
        "profile": profile,
    }


def _gitlab(job: dict[str, Any]) -> dict[str, Any]:
    results = f"results/{job['backend']}.jsonl"
    return {
        "image": "docker:27",
        "services": ["docker:27-dind"],
        "before_script": ["apk add --no-cache make python3 py3-pip"],
        "script": [f"make conform BACKEND={job['backend']} PROFILE={job['profile']} RUNTIME=docker"],
        "artifacts": {"when": "always", "paths": [results]},
    }
