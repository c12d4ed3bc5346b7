"""`conform plan`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import click

from harness.cli.names import OneOf
from harness.cli.options import (
    api_option,
    backends_argument,
    baselines_option,
    chosen_backends,
    given_baselines,
    module_options,
    profile_option,
    runtime_option,
    write_output,
)
from harness.errors import UsageError

FORMATS = ("github", "gitlab", "jenkins", "json")
_PROJECT = "keras-backend-conformance"


@click.command("plan")
@backends_argument
@api_option
@module_options
@baselines_option
@click.option(
    "--format",
    "form",
    type=OneOf("format", FORMATS),
    default="json",
    show_default=True,
    metavar="FORMAT",
    help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}.",
)
@profile_option
@runtime_option
@click.option(
    "--install",
    metavar="REQUIREMENT",
    help="What a job installs the harness from: a directory, a wheel, or git+https://... "
    "(default: what this harness was installed from).",
)
def command(
    names: tuple[str, ...],
    api: str | None,
    path: Path | None,
    requirements: Path | None,
    keras: str | None,
    lists: tuple[Path, ...],
    form: str,
    profile: str,
    runtime: str,
    install: str | None,
) -> int:
    """Print CI jobs: a job for each BACKEND (default: the default set), and a job that merges the journals.

    github is the value of a job's strategy.matrix, gitlab is a child pipeline, jenkins is a Jenkinsfile, json
    has all facts. Paths are relative to the repository that the jobs run in.
    """
    from harness.pipelines import Options, plan

    for option, places in (("--path", [path]), ("--requirements", [requirements]), ("--baseline", lists)):
        _check_relative(option, places)
    if form == "gitlab" and runtime == "auto":
        # The daemon is a service of the job: a job that does not reach it must say so.
        runtime = "docker"
    backends = chosen_backends(names, path, requirements, keras, api=api)
    known = {baseline.backend: file for file, baseline in given_baselines(lists, backends).items()}
    options = Options(profile, runtime, path, requirements, keras, known)
    planned = plan(backends, options, install or _installed_from())
    facts = [job.facts() for job in planned.jobs]
    if form == "github":
        installed = " && ".join(planned.install)
        write_output(None, json.dumps({"include": [{**job, "install": installed} for job in facts]}) + "\n")
    elif form == "gitlab":
        from harness.pipelines.gitlab import pipeline

        # JSON is YAML.
        write_output(None, json.dumps(pipeline(planned, runtime), indent=2) + "\n")
    elif form == "jenkins":
        from harness.pipelines.jenkins import jenkinsfile

        write_output(None, jenkinsfile(planned))
    else:
        document = {"install": planned.install, "jobs": facts, "merge": planned.merge}
        write_output(None, json.dumps(document, indent=2) + "\n")
    return 0


def _check_relative(option: str, places: Sequence[Path | None]) -> None:
    for place in places:
        if place is not None and place.is_absolute():
            raise UsageError(
                f"{option} {place} is a place of this machine: give it relative to the repository."
            )


def _installed_from() -> str:
    """What this harness was installed from, as another machine can install it.

    Raises:
        UsageError: it was installed from a file or directory of this machine.
    """
    # In a checkout of this project the jobs run in a checkout too.
    if Path("harness/cli/plan.py").is_file() and Path("pyproject.toml").is_file():
        return "."
    try:
        origin = json.loads(distribution(_PROJECT).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        origin = {}
    url, git = str(origin.get("url", "")), origin.get("vcs_info")
    if git and url:
        return f"git+{url}@{git['commit_id']}"
    if url.startswith("https://"):
        return url
    raise UsageError(
        "A job has to install this harness, and it was installed from this machine: name what pip installs "
        "it from with --install, such as git+https://github.com/OWNER/keras-backend-conformance@COMMIT."
    )
