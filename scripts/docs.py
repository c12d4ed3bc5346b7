"""Rewrites the parts of README.md that stand between `<!-- name -->` and `<!-- /name -->` from the code they
describe.

`--check` changes nothing and exits 1 if something would change. The matrix comes from results/matrix.json and
is left alone where there is none.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from harness.cli import VERBS
from harness.exitcodes import MEANING
from harness.matrixio import read_matrix
from harness.records import VERDICT_MEANING
from harness.reports.markdown import area_table
from harness.reports.summary import CELL_MEANING

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
MATRIX = ROOT / "results" / "matrix.json"


def table(headings: tuple[str, str], rows: Mapping[str, str]) -> str:
    """A two-column Markdown table."""
    lines = [
        f"| {headings[0]} | {headings[1]} |",
        "|---|---|",
        *(f"| {key} | {text} |" for key, text in rows.items()),
    ]
    return "\n".join(lines) + "\n"


def parts() -> dict[str, str]:
    """The generated parts that do not depend on a run."""
    return {
        "verbs": table(("verb", "what it does"), {f"`{verb}`": text for verb, text in VERBS.items()}),
        "cells": table(("cell", "meaning"), {f"`{cell}`": text for cell, text in CELL_MEANING.items()}),
        "verdicts": table(
            ("verdict", "meaning"), {f"`{verdict}`": text for verdict, text in VERDICT_MEANING.items()}
        ),
        "exit-codes": table(("status", "meaning"), {str(code.value): text for code, text in MEANING.items()}),
    }


def filled(readme: str, generated: Mapping[str, str]) -> str:
    """The README with these parts in their places."""
    for name, text in generated.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        readme, count = pattern.subn(lambda match, text=text: f"{match[1]}{text}{match[2]}", readme)
        if count != 1:
            raise SystemExit(f"README.md has {count} places for {name!r}: it must have one.")
    return readme


def main() -> int:
    """The command line."""
    generated = parts()
    if MATRIX.exists() and "--check" not in sys.argv:
        generated["matrix"] = area_table(read_matrix(MATRIX))
    old = README.read_text(encoding="utf-8")
    new = filled(old, generated)
    if "--check" in sys.argv:
        return int(old != new)
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
