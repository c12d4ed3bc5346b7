"""Templates into pages: everything that came from a backend is escaped by jinja2."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from harness.matrix import Cell
from harness.reports.summary import MARKS, cell_text, ulp_text
from harness.site import addresses
from harness.text import age, one_line

VERDICT_MARKS = {
    "pass": "✓",
    "fail": "✗",
    "error": "!",
    "unsupported": "∅",
    "crash": "†",
    "timeout": "⏱",
    "skip": "–",
}
"""The sign of a verdict: colour alone tells nothing to who does not see it."""
KIND_WORDS = {
    "new": "new deviation",
    "known": "known deviation",
    "silent": "deviation where the documentation is silent",
    "pass": "pass",
    "skip": "skip",
}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("harness.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        cell=cell_text, ulp=ulp_text, one_line=one_line, age=age, tone=tone, sentence=sentence
    )
    environment.globals.update(
        VERDICT_MARKS=VERDICT_MARKS,
        KIND_WORDS=KIND_WORDS,
        MARKS=MARKS,
        at=addresses,
        share=share,
        duration=duration,
    )
    return environment


def page(template: str, address: str, **context: Any) -> str:
    """The page at `address`; links in it begin with `root`."""
    return _environment().get_template(template).render(root=addresses.up(address), here=address, **context)


def tone(cell: Cell) -> str:
    """The class of a cell: its verdict, or `new` where something has not been seen before."""
    return cell.verdict if cell.settled else "new"


def sentence(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def duration(seconds: float) -> str:
    """Seconds as minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def share(part: int, whole: int) -> str:
    """A percentage, rounded down: 99.96 % is not 100 %."""
    return f"{part * 1000 // whole / 10:g} %" if whole else "-"
