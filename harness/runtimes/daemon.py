"""The Docker daemon: at DOCKER_HOST, else in the current Docker context, else at the default socket."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import docker
import docker.errors
import requests.exceptions
from docker.context import ContextAPI

from harness.errors import EnvironmentProblem

SECONDS_TO_ANSWER = 10
"""Seconds that a daemon may take to answer a question without work."""

UNREACHABLE = (requests.exceptions.RequestException, docker.errors.DockerException, OSError)
"""The exceptions of the SDK when a daemon is not there, goes away, or answers with an error."""


def address() -> str | None:
    """The daemon's address, None for the SDK's default.

    Raises:
        EnvironmentProblem: the current Docker context does not exist.
    """
    if host := os.environ.get("DOCKER_HOST"):
        return host
    name = os.environ.get("DOCKER_CONTEXT") or _configured_context()
    if not name or name == "default":
        return None
    context = ContextAPI.get_context(name)
    if context is None:
        raise EnvironmentProblem(
            f"There is no Docker context {name!r}: choose a context of `docker context ls`."
        )
    return str(context.Host)


def connect(seconds: float | None = SECONDS_TO_ANSWER) -> Any:
    """A client of the daemon; `seconds` bounds every single answer (None: for as long as it takes).

    Raises:
        EnvironmentProblem: no daemon answers; the sentence says how to get one.
    """
    host = address()
    try:
        if host is None or host == os.environ.get("DOCKER_HOST"):
            return docker.from_env(timeout=seconds, use_ssh_client=(host or "").startswith("ssh://"))
        return docker.DockerClient(base_url=host, timeout=seconds, use_ssh_client=host.startswith("ssh://"))
    except (*UNREACHABLE, ValueError) as error:
        raise EnvironmentProblem(
            f"No Docker daemon answers at {place()} ({why(error)}): {_remedy(error)}."
        ) from None


def unavailable() -> str | None:
    """None when a daemon answers, else the reason and the remedy in a sentence."""
    try:
        socket = address() or "unix:///var/run/docker.sock"
        if socket.startswith("unix://") and not Path(socket.removeprefix("unix://")).exists():
            return f"No Docker daemon answers at {place()} (there is no such socket): {_remedy(None)}."
        connect().ping()
    except EnvironmentProblem as problem:
        return problem.message
    return None


def place() -> str:
    """The daemon's address for a sentence, also when it is the default."""
    return address() or "/var/run/docker.sock"


def why(error: BaseException) -> str:
    """The innermost reason of an exception of the SDK, in a few words."""
    if isinstance(error, docker.errors.APIError) and error.explanation:
        return " ".join(str(error.explanation).split())
    while True:
        inner = error.__cause__ or error.__context__
        inner = next((part for part in error.args if isinstance(part, BaseException)), inner)
        if inner is None:
            break
        error = inner
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return " ".join(str(error).split()) or type(error).__name__


def _remedy(error: BaseException | None) -> str:
    if error is not None and "permission denied" in why(error):
        return "add your user to the group docker"
    return "start a daemon (systemctl start docker), or set DOCKER_HOST"


def _configured_context() -> str | None:
    folder = Path(os.environ.get("DOCKER_CONFIG") or Path.home() / ".docker")
    try:
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    name = settings.get("currentContext") if isinstance(settings, dict) else None
    return name if isinstance(name, str) else None
