"""The files that `make folders` writes from a backend's folder: its Dockerfile and its compose service.

A Dockerfile is generated as a whole or in its marked blocks.
"""

from __future__ import annotations

from pathlib import Path

from harness.backends import load_backends, load_hosts
from harness.folders.compose import compose
from harness.folders.dockerfile import dockerfile
from harness.paths import backends_root

__all__ = ["generated"]


def generated(root: Path | None = None) -> dict[Path, str]:
    """The text of every file that has generated text in it, by path; `root` holds the folders.

    Raises:
        UsageError: a folder contradicts itself, or a Dockerfile's markers do not pair.
    """
    root = backends_root() if root is None else root
    backends = list(load_backends(root).values())
    files = {backend.dockerfile: dockerfile(backend) for backend in [*backends, *load_hosts(root)]}
    return {**files, root.parent / "docker-compose.yml": compose(backends)}
