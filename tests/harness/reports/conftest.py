"""A matrix with something of everything."""

from __future__ import annotations

import msgspec
import pytest
from rich.console import Console

from harness.baseline import Baseline, Entry
from harness.baseline_check import apply
from harness.fingerprint import fingerprint
from harness.merge import merge_journals
from harness.reports import terminal
from tests.fakes import case

HOSTILE = "\x1b]0;owned\x07<script>alert(1)</script>\u202e|`@team`\x00"
MESSAGE = "wrong value: off by 12 ULP at (0, 1)"


@pytest.fixture
def matrix(write_journal):
    """Two columns: one with a new, a known, an unspecified deviation and a skip; one that did not run."""
    cases = [
        case("arithmetic/dot/2d"),
        case("arithmetic/dot/3d", "fail"),
        case("arithmetic/sum/axis", "error", message=HOSTILE),
        case("config/floatx/odd", "fail", unspecified=True, reason=f"It does not say {HOSTILE}"),
        case("config/floatx/gpu", "skip", reason="There is no GPU."),
        case("placeholder/ndim/x", ulp=2.25),
    ]
    end = {"kind": "end", "seconds": 0, "complete": False, "reason": f"ImportError: {HOSTILE}"}
    paths = [write_journal("cntk", cases), write_journal("theano", [], collected=[], end=end)]
    entry = Entry(
        ("arithmetic/dot/*",),
        "fail",
        (fingerprint(MESSAGE),),
        "It rounds | differently",
        "https://example.org/1",
    )
    ran = merge_journals(paths)
    known = merge_journals([write_journal("cntk", [case("arithmetic/dot/3d", "fail")])])
    assert apply(known, 0, Baseline(2, "cntk", known=(entry,))).rows[0].cells["cntk"].known == 1
    entry = msgspec.structs.replace(entry, cases=("arithmetic/dot/3d",))
    return apply(ran, 0, Baseline(2, "cntk", known=(entry,)))


@pytest.fixture
def rendered():
    """What a terminal of that width shows of a matrix, without colours."""

    def render(matrix, width=80, shown="normal"):
        console = Console(width=width, force_terminal=True, color_system=None, highlight=False)
        with console.capture() as captured:
            terminal.show(matrix, console, shown)
        return captured.get()

    return render
