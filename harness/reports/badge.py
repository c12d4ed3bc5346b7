"""A badge per column: an SVG, and the JSON that the endpoint badge of shields.io reads."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

import msgspec

from harness.errors import UsageError
from harness.files import replace_with
from harness.levels import level, steps_of
from harness.matrix import Matrix
from harness.reports.summary import totals
from harness.steps import failed_steps

_COLOURS = {
    "brightgreen": "#4c1",
    "green": "#97ca00",
    "yellow": "#dfb317",
    "red": "#e05d44",
    "lightgrey": "#9f9f9f",
}


@dataclass(frozen=True)
class Badge:
    """The text of the two halves; `colour` is a name that shields.io knows."""

    column: str
    label: str
    message: str
    colour: str


def badges(matrix: Matrix) -> list[Badge]:
    """A badge for every column; instead of a number it says when the column is incomplete or did not run."""
    return [_badge(matrix, index) for index in range(len(matrix.columns))]


def _badge(matrix: Matrix, index: int) -> Badge:
    column = matrix.columns[index]
    label = f"Keras backend {column.name}"
    started = str(column.info.get("started", ""))[:10]
    when = f" ({started})" if started else ""
    if column.status != "complete":
        return Badge(column.name, label, column.status.replace("-", " ") + when, "lightgrey")
    sums = totals(matrix, index)
    if not sums.cell.total:
        return Badge(column.name, label, "no cases" + when, "lightgrey")
    # Rounded down: 99.96 % is not 100 %.
    percent = sums.cell.passed * 1000 // sums.cell.total / 10
    message = f"{percent:g} % of {sums.cell.total}{when}"
    if steps_of(column) and not column.info.get("select"):
        message = f"{level(column) or 'no level'}, {message}"
    if sums.new or any(failed_steps(column)):
        colour = "red"
    elif sums.cell.passed == sums.cell.total:
        colour = "brightgreen"
    else:
        colour = "green" if percent >= 90 else "yellow"
    return Badge(column.name, label, message, colour)


def svg(badge: Badge) -> str:
    """The badge as SVG; its text is sized by its length, without measuring a font."""
    left, right = (round(len(text) * 6.6 + 10) for text in (badge.label, badge.message))
    label, message = escape(badge.label), escape(badge.message)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{label}: {message}"><title>{label}: {message}</title>'
        f'<rect rx="3" width="{left + right}" height="20" fill="#555"/>'
        f'<rect rx="3" x="{left}" width="{right}" height="20" fill="{_COLOURS[badge.colour]}"/>'
        f'<rect x="{left}" width="4" height="20" fill="{_COLOURS[badge.colour]}"/>'
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">'
        f'<text x="{left / 2}" y="14" textLength="{left - 10}">{label}</text>'
        f'<text x="{left + right / 2}" y="14" textLength="{right - 10}">{message}</text></g></svg>\n'
    )


def endpoint(badge: Badge) -> bytes:
    """The document for https://shields.io/badges/endpoint-badge."""
    document = {"schemaVersion": 1, "label": badge.label, "message": badge.message, "color": badge.colour}
    return msgspec.json.encode(document) + b"\n"


def write_badges(matrix: Matrix, directory: Path) -> list[Path]:
    """The files written: <column>.svg and <column>.json for every column.

    Raises:
        UsageError: the directory cannot be written to.
    """
    written = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for badge in badges(matrix):
            for suffix, data in (("svg", svg(badge).encode()), ("json", endpoint(badge))):
                path = directory / f"{badge.column}.{suffix}"
                replace_with(path, (data,))
                written.append(path)
    except OSError as error:
        raise UsageError(
            f"{directory} cannot be written to ({error.strerror}): choose another --out."
        ) from None
    return written
