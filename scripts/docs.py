"""Writes what is generated from the code it describes: the parts of README.md and docs/ that stand between
`<!-- name -->` and `<!-- /name -->`, and whole pages of docs/.

`--check` changes nothing and exits 1 if something would change. The matrix of an API comes from a file in
results/ and is left alone where there is none. When a page cannot be made, nothing is written.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from harness.cli import VERBS
from harness.exitcodes import MEANING
from harness.matrixio import read_matrix
from harness.records import VERDICT_MEANING
from harness.reports.markdown import area_table
from harness.reports.summary import CELL_MEANING

# The scripts are no package; run as one, or loaded by a test, this one finds the others beside it.
sys.path.insert(0, str(Path(__file__).resolve().parent))

sys.path.insert(1, str(Path(__file__).resolve().parent.parent))

import bridge
import pages

from tests.attacks.promises import table as protection

ROOT = Path(__file__).resolve().parent.parent
PLACES = {
    "matrix-k": "README.md",
    "matrix-ops": "README.md",
    "verbs": "docs/commands.md",
    "exit-codes": "docs/exit-codes.md",
    "cells": "docs/matrix.md",
    "verdicts": "docs/matrix.md",
    "faults": "docs/reliability.md",
    "fuzz": "docs/reliability.md",
    "mutants": "docs/trust.md",
    "protection": "SECURITY.md",
}
"""Generated part -> the file it stands in. Those of reliability.md are written by `make soak`, that of
trust.md by `make mutants`."""
MATRICES = {
    "matrix-k": ROOT / "results" / "matrix.json",
    "matrix-ops": ROOT / "results" / "ops" / "matrix.json",
}
"""The part of README.md -> the merged matrix that it shows."""
PAGES: dict[str, Callable[[], str]] = {
    "docs/promises.md": pages.promises,
    "docs/environment.md": pages.environment,
    "docs/bridge.md": bridge.bridge,
}
"""The pages that are generated whole, and what generates each."""


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
        "verbs": table(("verb", "purpose"), {f"`{verb}`": text for verb, text in VERBS.items()}),
        "cells": table(("cell", "meaning"), {f"`{cell}`": text for cell, text in CELL_MEANING.items()}),
        "verdicts": table(
            ("verdict", "meaning"), {f"`{verdict}`": text for verdict, text in VERDICT_MEANING.items()}
        ),
        "protection": protection(),
        "exit-codes": table(("status", "meaning"), {str(code.value): text for code, text in MEANING.items()}),
    }


def filled(generated: Mapping[str, str]) -> dict[str, str]:
    """The files, by name, with these parts in their places."""
    files: dict[str, str] = {}
    for name, text in generated.items():
        file = PLACES[name]
        page = files.get(file) or (ROOT / file).read_text(encoding="utf-8")
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        files[file], count = pattern.subn(lambda match, text=text: f"{match[1]}{text}{match[2]}", page)
        if count != 1:
            raise SystemExit(f"{file} has {count} places for {name!r}: it must have a single place.")
    return files


def fill(generated: Mapping[str, str]) -> None:
    """Writes these parts into their places."""
    for name, text in filled(generated).items():
        (ROOT / name).write_text(text, encoding="utf-8")


def main() -> int:
    """The command line."""
    generated = parts()
    if "--check" not in sys.argv:
        generated |= {part: area_table(read_matrix(path)) for part, path in MATRICES.items() if path.exists()}
    try:
        wanted = {ROOT / name: make() for name, make in PAGES.items()}
    except pages.Unreadable as error:
        print(error, file=sys.stderr)
        return 1
    wanted |= {ROOT / name: text for name, text in filled(generated).items()}
    changed = [path for path, text in wanted.items() if not _is(path, text)]
    if "--check" in sys.argv:
        for path in changed:
            print(f"{path.relative_to(ROOT)} is out of date: run `make docs`.", file=sys.stderr)
        return int(bool(changed))
    for path in changed:
        path.write_text(wanted[path], encoding="utf-8")
    return 0


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
