"""The images that `conform build` and `conform run` made, on the daemon that they would use now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from harness.cleaning import Item
from harness.runtimes.daemon import UNREACHABLE, connect, why

# `conform/<name>:<hash of the content>`; `docker compose` and the stand-ins of base images have other tags.
_TAG = re.compile(r"conform/[a-z0-9][a-z0-9_.-]*:[0-9a-f]{16}")


def images() -> Iterator[Item]:
    """The images, the newest first.

    Raises:
        EnvironmentProblem: no daemon answers.
    """
    client = connect()
    users: dict[str, str] = {}
    for container in client.containers.list(all=True, ignore_removed=True):
        users[str(container.attrs["Image"])] = container.name
    for image in client.images.list():
        for tag in image.tags:
            if _TAG.fullmatch(tag):
                made = datetime.fromisoformat(str(image.attrs["Created"])).timestamp()
                size = int(image.attrs["Size"])
                user = users.get(str(image.id))
                busy = f"the container {user} uses it" if user else None
                yield Item("images", tag, made, size, busy, partial(_remove, client, tag))


def _remove(client: Any, tag: str) -> str | None:
    try:
        client.images.remove(tag)
    except UNREACHABLE as error:
        return why(error)
    return None
