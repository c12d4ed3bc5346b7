"""What the harness has left on this machine: environments, images, journals and logs.

Only what is certain to be the harness's own is found: by its place, its name and its content. Each kind is
found in a module of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from harness.errors import UsageError

KINDS = ("environments", "images", "logs", "journals")
AGAIN = KINDS[:3]
"""The kinds that are made again when they are needed. A journal is a measurement and is not."""

_SECONDS = {"h": 3600, "d": 24 * 3600, "w": 7 * 24 * 3600}


@dataclass(frozen=True)
class Item:
    """A thing that can be removed.

    `made` is in seconds since 1970, `size` in bytes; `busy` is the reason why it has to stay. `remove` gives
    the reason why it could not be removed, else None.
    """

    kind: str
    name: str
    made: float
    size: int
    busy: str | None
    remove: Callable[[], str | None]


def seconds(age: str) -> int:
    """The seconds of an age such as 12h, 7d or 2w.

    Raises:
        UsageError: it is not an age.
    """
    found = re.fullmatch(r"(\d{1,6})([hdw])", age)
    if not found:
        raise UsageError(f"{age!r} is not an age: give hours, days or weeks, such as 12h, 7d or 2w.")
    return int(found[1]) * _SECONDS[found[2]]


def size_text(size: int) -> str:
    """A size for a reader: 512 B, 3.4 MB, 1.2 GB."""
    value = float(size)
    for unit in ("B", "kB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" or value >= 10 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"


def age_text(passed: float) -> str:
    """An age for a reader, in minutes, hours or days."""
    minutes = max(0, round(passed / 60))
    if minutes < 120:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} d"
