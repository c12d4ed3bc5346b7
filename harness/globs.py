"""Globs over case ids: `*` stays within one segment, `**` crosses them, `?` is one character."""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKEN = re.compile(r"\*\*|\*|\?|[^*?]+")


def is_glob(pattern: str) -> bool:
    """Whether the pattern can stand for more than one id."""
    return "*" in pattern or "?" in pattern


def matcher(pattern: str) -> Callable[[str], object]:
    """A function that is true of the ids that the pattern stands for."""
    if not is_glob(pattern):
        return pattern.__eq__
    wild = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = (wild.get(token) or re.escape(token) for token in _TOKEN.findall(pattern))
    return re.compile("".join(parts), re.DOTALL).fullmatch
