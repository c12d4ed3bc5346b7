"""Layers on top of an image: an external module's requirements and its source, or another front end.

The source is baked in, not mounted, so that the daemon may be remote. The daemon keeps the layer of the
requirements, and of each module the newest image.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import Any

from harness.backends import Backend
from harness.module.requirements import bare, constraints, unpinned
from harness.module.source import files
from harness.paths import backends_root, files_below
from harness.runtimes.base import Report
from harness.runtimes.bases import Bases
from harness.runtimes.daemon import UNREACHABLE
from harness.runtimes.frontends import front_end
from harness.runtimes.images import ImagePlan, build, find_image

_FRONT_END = backends_root() / "front-end.Dockerfile"

MODULE_LABEL = "io.keras-conformance.module"
"""On the images that have a module's source; its value identifies the module."""


def add(client: Any, generic: ImagePlan, image: Any, backend: Backend, report: Report) -> Any:
    """The image with `backend`'s module on top of the generic `image`; built unless it is there.

    Raises:
        EnvironmentProblem: a requirement does not install, or the build failed.
        UsageError: the module's directory cannot be taken in.
    """
    assert backend.module is not None
    if backend.module.requirements:
        wanted = {
            "module-requirements.txt": backend.module.requirements.encode(),
            "module-constraints.txt": constraints(backend).encode(),
            "module-names.txt": bare(backend.module.requirements).encode(),
        }
        said = f"installing what the module needs{unpinned(backend.module.requirements)}"
        building = backend.module.allow_sdist
        image = _built(client, generic, image, "requirements", wanted, {}, report, said, building)
    # A directory without a file would not be in the context.
    source = {"module/.keep": b""} | {
        f"module/{name}": content for name, content in files(backend.module.root).items()
    }
    # With the place: two modules of the same name must not replace each other.
    owner = hashlib.sha256(f"{backend.module.root}\n{backend.module.name}".encode()).hexdigest()[:16]
    newest = _built(client, generic, image, "module", source, {MODULE_LABEL: owner}, report)
    _forget_others(client, newest, owner)
    return newest


def add_front_end(client: Any, below: ImagePlan, image: Any, backend: Backend, report: Report) -> Any:
    """The image with the release of the front end that `backend` asks for on top of `image`.

    Raises:
        EnvironmentProblem: the release cannot be installed, or the build failed.
    """
    folder = front_end(backend, report)
    assert folder is not None
    planned = ImagePlan(
        backend,
        {
            _FRONT_END.name: _FRONT_END.read_bytes(),
            **{f"front-end/{name}": content for name, content in files_below(folder)},
        },
        Bases({"BELOW": str(image.id)}, standin=False, network="none"),
        repository=f"{below.repository}-{backend.front_end}-{backend.release}",
        dockerfile=_FRONT_END.name,
    )
    found = find_image(client, planned.tag)
    if found is None:
        report(f"adding {backend.front_end} {backend.release}")
        found = build(client, planned, report)
    return found


def _built(
    client: Any,
    generic: ImagePlan,
    below: Any,
    kind: str,
    content: dict[str, bytes],
    labels: dict[str, str],
    report: Report,
    said: str = "adding the module",
    building: bool = False,
) -> Any:
    dockerfile = f"{kind}.Dockerfile"
    text = (generic.backend.folder / dockerfile).read_bytes()
    argument = "GENERIC" if kind == "requirements" else "BELOW"
    network = generic.bases.network
    arguments = {argument: str(below.id)}
    if building:
        # A stranger's code runs in this build: not on the network of the daemon's machine.
        arguments["ONLY"] = ""
        network = None if network == "host" else network
    elif kind == "module":
        network = "none"
    planned = ImagePlan(
        generic.backend,
        {dockerfile: text, **content},
        Bases(arguments, standin=False, network=network),
        repository=f"conform/external-{kind}",
        dockerfile=dockerfile,
        labels=labels,
    )
    found = find_image(client, planned.tag)
    if found is None:
        report(said)
        found = build(client, planned, report)
    return found


def _forget_others(client: Any, newest: Any, owner: str) -> None:
    for image in client.images.list(filters={"label": f"{MODULE_LABEL}={owner}"}):
        if image.id != newest.id:
            # An image that a run still uses stays; the next run tries again.
            with contextlib.suppress(*UNREACHABLE):
                client.images.remove(image.id, force=True)
