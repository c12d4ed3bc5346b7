"""The addresses of pages within the site: stable from one run to the next, and never outside its folder."""

from __future__ import annotations

import hashlib
import re

# A file name on every system; a name such as `CON`, which Windows reserves, is none of the suite's.
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.,+=-]{0,120}")


def matrix_page(api: str, first: bool) -> str:
    """The page of an API's matrix; the first API's is the index."""
    return "index.html" if first else f"{_part(api)}.html"


def function_page(api: str, area: str, function: str) -> str:
    """The page of a function."""
    return f"{_part(api)}/function/{_part(area)}/{_part(function)}.html"


def backend_page(api: str, column: str) -> str:
    """The page of a column."""
    return f"{_part(api)}/backend/{_part(column)}.html"


def case_page(api: str, case: str) -> str:
    """The page of a case: its id, below the API's folder."""
    return f"{_part(api)}/case/{'/'.join(_part(part) for part in case.split('/'))}.html"


def changes_page(api: str) -> str:
    """The page of what has changed since the run before."""
    return f"{_part(api)}/changes.html"


def changes_text(api: str) -> str:
    """The same as Markdown, for an issue or a comment."""
    return f"{_part(api)}/changes.md"


def history_page(api: str) -> str:
    """The page of all earlier runs."""
    return f"{_part(api)}/history.html"


def badge(api: str, column: str, suffix: str) -> str:
    """A badge of a column: `svg` or, for the endpoint badge of shields.io, `json`."""
    return f"{_part(api)}/badge/{_part(column)}.{suffix}"


def cases_data(api: str) -> str:
    """The verdicts of all cases, for the filters."""
    return f"data/{_part(api)}/cases.js"


def function_data(api: str, area: str, function: str) -> str:
    """What stands behind the cells of a function."""
    return f"data/{_part(api)}/function/{_part(area)}/{_part(function)}.js"


def up(address: str) -> str:
    """The way from a page to the folder of the site."""
    return "../" * address.count("/")


def _part(name: str) -> str:
    """A name as a part of a path; one that is no plain file name is replaced by its digest."""
    return name if _PLAIN.fullmatch(name) else f"x-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
