"""The requirements of an external module: what a line of them may say, and what they may not change.

They are a stranger's, as the module is. They name packages; where packages come from is the user's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from harness.backends import Backend
from harness.errors import UsageError
from harness.pins import pinned
from harness.text import one_line

_FIXED = ("keras", "keras-nightly", "pytest", "pytest-xdist")
_PACKAGE = re.compile(
    r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?\s*(?:\[[\w\s,.-]*\])?\s*"
    r"(?:$|--hash|;|\(?\s*(?:===?|[<>!~]=|[<>])\s*[\w.*+!])(?!.*@)"
)
_HASH = re.compile(r"\s*\\?\s*--hash[= ]\S+")
_INDEX = {
    *("-i", "--index-url", "--extra-index-url", "--index", "--default-index", "--pypi-url"),
    *("-f", "--find-links", "--trusted-host", "--no-index"),
}


def constraints(backend: Backend) -> str:
    """A constraints file: the pins that must stay. NumPy is not among them."""
    pins = pinned(backend.requirements)
    if "keras" in pins:
        pins["keras"] = backend.keras
    return "".join(f"{name}=={pins[name]}\n" for name in _FIXED if name in pins)


def replaced(backend: Backend) -> bool:
    """Whether a module's own requirement of keras would replace the front end, which has another name."""
    return "keras" not in pinned(backend.requirements)


OVERRIDES = 'keras ; python_version < "3"\n'
"""What uv is told where modules demand keras and would so replace the front end."""


def check(text: str, path: Path) -> None:
    """Looks at the requirements in the file `path`, before anything of them is fetched.

    Raises:
        UsageError: a line is not the name of a package with a version; it is named.
    """
    for number, line in _lines(text):
        shown = one_line(line, 100)
        option = line.split()[0].partition("=")[0]
        if option in _INDEX:
            raise UsageError(
                f"--requirements {path}, line {number}: {shown!r} chooses where packages come from, which is "
                "not the module's to say: remove it; UV_DEFAULT_INDEX and UV_INDEX name an index of yours."
            )
        if line.startswith("-"):
            raise UsageError(
                f"--requirements {path}, line {number}: the option {shown!r} is refused: write only packages."
            )
        if not _PACKAGE.match(line):
            raise UsageError(
                f"--requirements {path}, line {number}: {shown!r} is not a package with a version, and an "
                "address or a directory is refused: offer a wheel with UV_FIND_LINKS and write its name."
            )


NO_WHEEL = "where a package has no wheel, --allow-sdist builds it from source, which runs its code"
"""What can be done when requirements do not install."""


def unpinned(text: str) -> str:
    """The end of a line that says which packages are not pinned by a hash; empty when all are."""
    names = without_hash(text)
    return f" (without a hash: {one_line(', '.join(names), 200)})" if names else ""


def without_hash(text: str) -> list[str]:
    """The packages whose files are not pinned by a hash."""
    return [line.split(";")[0].split()[0] for _, line in _lines(text) if "--hash" not in line]


def bare(text: str) -> str:
    """The requirements without hashes: of files that were compared with them when they were fetched."""
    return "".join(f"{_HASH.sub('', line).strip()}\n" for _, line in _lines(text))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The requirements and options, each on one line and without comment, with the number of its first."""
    held, first = "", 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        first = first or number
        piece = re.sub(r"(^|\s)#.*$", "", line).strip()
        held = f"{held} {piece.removesuffix(chr(92)).strip()}".strip()
        if not piece.endswith("\\"):
            if held:
                yield first, held
            held, first = "", 0
