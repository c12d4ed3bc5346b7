"""Other releases of a front end than the one a backend is pinned to: each release is a column of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from harness.apis import find_api
from harness.backends import Backend
from harness.errors import UsageError

_VERSION = re.compile(r"\d+(\.\d+)*((a|b|rc)\d+)?(\.(post|dev)\d+)*\Z")
_NUMBERS = re.compile(r"\d+(?:\.\d+)*")

Published = Callable[[str, str, str], Sequence[str]]
"""Lists the releases of a distribution that a Python can install, oldest first: its name, the bounds as a
requirement has them (`>=2.0,<3`), the Python's version."""


def version_numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, for comparing releases: 2.2.4 is (2, 2, 4)."""
    found = _NUMBERS.match(version)
    return tuple(int(number) for number in found.group().split(".")) if found else ()


def read_releases(text: str, backend: Backend, published: Published) -> tuple[str, ...]:
    """The releases that `--keras TEXT` names: versions and ranges such as 2.0.0..2.3.1, with commas between.

    An end of a range with fewer than three numbers stands for all releases that begin so: 3.4..3.15 ends with
    the last 3.15.

    Raises:
        UsageError: something is not a version, or a range names no release.
    """
    found: list[str] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        first, between, last = part.partition("..")
        for version in (first, last) if between else (first,):
            if not _VERSION.match(version):
                raise UsageError(
                    f"--keras {text!r}: {version!r} is not a version; give a version such as "
                    f"{backend.keras}, or a range such as 2.0.0..2.3.1."
                )
        if not between:
            found.append(part)
            continue
        within = published(backend.front_end, f">={first},{_until(last)}", backend.python)
        if not within:
            raise UsageError(
                f"--keras {text!r}: no release of {backend.front_end} for Python {backend.python} is between "
                f"{first} and {last}: name other versions."
            )
        found += within
    if not found:
        raise UsageError(f"--keras {text!r} names no version: give a version such as {backend.keras}.")
    return tuple(dict.fromkeys(found))


def _until(version: str) -> str:
    numbers = version_numbers(version)
    if len(numbers) > 2 or not version.replace(".", "").isdigit():
        return f"<={version}"
    return "<" + ".".join(map(str, (*numbers[:-1], numbers[-1] + 1)))


def of_release(backend: Backend, release: str) -> Backend:
    """The registered backend with another release of its front end, or the backend itself for its own."""
    if release == backend.keras:
        return backend
    needs = [
        entry
        for rule in find_api(backend.api).front_ends
        if version_numbers(rule.first) <= version_numbers(release) <= version_numbers(rule.last)
        for entry in rule.preload
    ]
    return replace(
        backend,
        title=f"{backend.title} with {backend.front_end} {release}",
        keras=release,
        release=release,
        preload=(*needs, *backend.preload),
    )


def column_of(backend: Backend) -> str:
    """The column of a registered backend without --label: its name, and its release if that is another."""
    return f"{backend.name}-{backend.front_end}-{backend.release}" if backend.release else backend.name


def release_options(backend: Backend) -> tuple[str, ...]:
    """The options of a command that mean this release of the backend."""
    return ("--keras", backend.release) if backend.release else ()
