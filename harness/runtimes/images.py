"""Images: the files an image is made from, the tag that follows from them, and the build."""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docker.errors

from harness.backends import Backend
from harness.errors import EnvironmentProblem
from harness.paths import cache_root, files_below
from harness.profiles import DEFAULT_PROFILE
from harness.runtimes.base import Report
from harness.runtimes.bases import Bases
from harness.runtimes.daemon import UNREACHABLE, why
from harness.runtimes.judges import installers, locks
from harness.suite import suite_files

# Known deviations and the harness's own settings are not part of an image: changing them must not rebuild it.
_NOT_IN_IMAGE = {"backend.toml", "baseline.toml", "requirements.in", "overrides.txt", "README.md"}
# Nor are the layers built on top of it.
_NOT_IN_IMAGE |= {"external.toml", "requirements.Dockerfile", "module.Dockerfile"}

# The build argument that says which profile an image is made ready for.
_PROFILE = "WARM_PROFILE"

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# The lines that the builder itself adds to the output of a step that failed.
_SAYS_NOTHING = ("--->", "Removing intermediate container")

# The number of characters of a step's line that are reported; the log has all of them.
_REPORTED = 100


@dataclass(frozen=True)
class ImagePlan:
    """The parts of an image: the files of the build context, by path in it, and the bases.

    `repository` is the image's name without its tag, `dockerfile` one of the files.
    """

    backend: Backend
    files: Mapping[str, bytes]
    bases: Bases
    repository: str
    dockerfile: str
    labels: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None
    """The profile that a backend that compiles runs while its image is built; None for other backends."""

    @property
    def arguments(self) -> dict[str, str]:
        """The build arguments on which the image depends."""
        return {**self.bases.arguments, **({_PROFILE: self.profile} if self.profile else {})}

    @property
    def tag(self) -> str:
        """The image's name; a hash of the content follows the colon, so a changed file is a new image."""
        digest = hashlib.sha256()
        parts = [*self.files.items(), *((name, value.encode()) for name, value in self.arguments.items())]
        for name, content in sorted(parts):
            for part in (name.encode(), content):
                digest.update(len(part).to_bytes(8, "big") + part)
        return f"{self.repository}:{digest.hexdigest()[:16]}"

    def context(self) -> io.BytesIO:
        """The build context as a tar, laid out like the repository; times are zero, for the cache."""
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as tar:
            for name, content in sorted(self.files.items()):
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                entry.mode = 0o755 if name.endswith(".sh") else 0o644
                tar.addfile(entry, io.BytesIO(content))
        out.seek(0)
        return out


def plan(backend: Backend, choose_bases: Callable[[str], Bases], profile: str = DEFAULT_PROFILE) -> ImagePlan:
    """The plan of `backend`'s image, from its folder and the suite."""
    # The folder's name: external modules have names of their own and share a folder.
    folder = backend.folder.name
    files = {
        f"dockerfiles/{place.name}/{name}": content
        for place in (backend.source, backend.folder)
        for name, content in files_below(place, _NOT_IN_IMAGE)
        if place == backend.folder or name != backend.dockerfile.name
    }
    # Of the suite, the files of this backend's API: a row of another API does not make a new image.
    files |= {f"conformance/{name}": content for name, content in suite_files(backend.api).items()}
    files |= locks(backend.api, backend.python) | installers(backend.python)
    text = backend.dockerfile.read_text(encoding="utf-8")
    warm = profile if f"\nARG {_PROFILE}=" in text else None
    return ImagePlan(
        backend,
        files,
        choose_bases(text),
        f"conform/{folder}",
        f"dockerfiles/{folder}/Dockerfile",
        profile=warm,
    )


def find_image(client: Any, name: str) -> Any | None:
    """The image called `name`, or None when the daemon does not have it."""
    try:
        return client.images.get(name)
    except docker.errors.ImageNotFound:
        return None


def build(client: Any, planned: ImagePlan, report: Report) -> Any:
    """The image, freshly built.

    Raises:
        EnvironmentProblem: a step failed; the sentence has the step, its last lines and the log's path.
    """
    log = cache_root() / "logs" / f"image-{planned.backend.name}.log"
    arguments = {**planned.arguments, **_warm_from(client, planned)}
    step = "the start of the build"
    last: list[str] = []
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w", encoding="utf-8") as out:
            for message in _messages(client, planned, arguments):
                text = str(message.get("stream") or message.get("error") or "")
                out.write(text)
                for line in (_COLOUR.sub("", line).strip() for line in text.splitlines()):
                    if line.startswith("Step "):
                        step = line
                        last = []
                        report(textwrap.shorten(step, _REPORTED, placeholder=" ..."))
                    elif line and not line.startswith(_SAYS_NOTHING):
                        last = [*last, line][-3:]
                if "error" in message:
                    raise EnvironmentProblem(_failure(planned, step, last, log))
    except UNREACHABLE as error:
        raise EnvironmentProblem(_failure(planned, step, [why(error)], log)) from None
    image = find_image(client, planned.tag)
    if image is None:
        raise EnvironmentProblem(
            f"The image {planned.tag} was built and is gone: build it again with `conform build`."
        )
    return image


def _messages(client: Any, planned: ImagePlan, arguments: Mapping[str, str]) -> Iterable[dict[str, object]]:
    messages: Iterable[dict[str, object]] = client.api.build(
        fileobj=planned.context(),
        custom_context=True,
        dockerfile=planned.dockerfile,
        labels=dict(planned.labels),
        tag=planned.tag,
        buildargs=dict(arguments),
        network_mode=planned.bases.network,
        rm=True,
        forcerm=True,
        decode=True,
    )
    return messages


def _warm_from(client: Any, planned: ImagePlan) -> dict[str, str]:
    """The newest earlier image of a backend that compiles, whose compiled code its Dockerfile takes over."""
    if b"\nARG WARM_FROM=" not in planned.files[planned.dockerfile]:
        return {}
    earlier = client.images.list(name=planned.repository)
    newest = max(earlier, key=lambda image: str(image.attrs.get("Created", "")), default=None)
    return {"WARM_FROM": str(newest.id)} if newest is not None else {}


def _failure(planned: ImagePlan, step: str, last: list[str], log: Path) -> str:
    at_base = step.split(" : ")[-1].startswith("FROM ") or step.startswith("the start")
    remedy = "; where no registry can be reached, `make base-images` makes stand-ins" if at_base else ""
    said = " | ".join(last) or "no output"
    return (
        f"The image of {planned.backend.name} failed at {step}: {said} (the whole log is in {log}){remedy}."
    )
