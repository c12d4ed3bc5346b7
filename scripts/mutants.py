"""Mutates the backends that Keras ships, and counts which faults the suite notices.

    python scripts/mutants.py [BACKEND...] [--sample N] [--seed N] [--function NAME] [--write]

Each mutant is a copy of a file of the backend (K: `keras/backend/<backend>_backend.py`; ops: the modules of
`keras/src/backend/<backend>/`) with a single small fault (`mutation.py`), in a copy of Keras that stands
before the installed one (`shipped.py`). It runs the cases of the faulty function, then the cases that use a
function which reaches it, and the whole suite where there is no such function. A mutant is noticed
when a counted case ends in another way than with the original. Functions that no user of Keras reaches are
not mutated. The reasons why a mutant survives stand in `survivors.toml`.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

# The scripts are no package; run as one, or loaded by a test, this one finds the others beside it.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import mutation
from shipped import Shipped

from harness.fingerprint import fingerprint

ROOT = Path(__file__).resolve().parent.parent
BACKENDS = ("tensorflow", "theano", "cntk", "ops-numpy", "ops-torch")
REASONS = Path(__file__).with_name("survivors.toml")
SECONDS = 900

Verdicts = dict[str, tuple[object, ...]]


def ended(backend: Shipped, front: Path, folder: Path, only: Iterable[str]) -> Verdicts | None:
    """How these cases end with the Keras in `front`, those that count; None when it does not load."""
    (folder / "only").write_text("\n".join(only), encoding="utf-8")
    command = [backend.python, "-m", "conformance", "--profile", "full", "--case-timeout", "20"]
    command += ["--only", str(folder / "only")]
    env = os.environ | backend.env | {"PYTHONPATH": f"{front}:{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return None
    return verdicts(done.stdout) if done.returncode in (0, 1) else None


def verdicts(journal: str) -> Verdicts:
    """How each counted case of a journal ended: verdict, aspects, message without numbers, wrong answer."""
    found: Verdicts = {}
    for line in journal.splitlines():
        record = json.loads(line)
        if record["kind"] == "case" and not record.get("unspecified"):
            detail = record.get("detail") or {}
            found[record["id"]] = (
                record["verdict"],
                tuple(record.get("aspects", ())),
                fingerprint(detail.get("message") or ""),
                record.get("answer"),
            )
    return found


@dataclass
class Tally:
    """The mutants of a backend: how many there are, those tried, those that lived."""

    backend: str
    possible: int
    tried: list[mutation.Mutant]
    survivors: list[mutation.Mutant]


def reached(source: str, name: str) -> set[str]:
    """The functions of a module that call `name`, directly or through others, and itself."""
    called = {
        node.name: {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        for node in ast.parse(source).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }
    found = {name}
    while more := {caller for caller, names in called.items() if names & found} - found:
        found |= more
    return found


def sampled(found: list[mutation.Mutant], size: int, seed: int) -> list[mutation.Mutant]:
    """A sample in which no function is taken again before each has been taken."""
    chance = random.Random(seed)  # noqa: S311 - a sample, and no secret
    piles: dict[str, list[mutation.Mutant]] = {}
    for mutant in found:
        piles.setdefault(mutant.function, []).append(mutant)
    for pile in piles.values():
        chance.shuffle(pile)
    taken: list[mutation.Mutant] = []
    while piles and len(taken) < size:
        names = sorted(piles)
        chance.shuffle(names)
        for name in names:
            taken.append(piles[name].pop())
            if not piles[name]:
                del piles[name]
    return taken[:size]


def try_all(backend: Shipped, options: argparse.Namespace, folder: Path) -> Tally:
    """Every sampled mutant of a backend, tried."""
    front = backend.front_end(folder)
    exported = backend.exported(front)
    texts = {file: file.read_text(encoding="utf-8") for file in backend.files(front)}
    found = [
        replace(mutant, file=file)
        for file, text in texts.items()
        for mutant in mutation.mutants(text)
        if (not options.function or mutant.function in options.function)
        and exported & reached(text, mutant.function)
    ]
    chosen = sampled(found, options.sample, options.seed)

    def run(only: Iterable[str], mutant: mutation.Mutant | None = None) -> Verdicts | None:
        if mutant is not None and mutant.file is not None:
            mutant.file.write_text(mutant.source, encoding="utf-8")
        try:
            return ended(backend, front.parent, folder, only)
        finally:
            if mutant is not None and mutant.file is not None:
                mutant.file.write_text(texts[mutant.file], encoding="utf-8")

    original = Original(run)
    survivors = []
    for number, mutant in enumerate(chosen, 1):
        assert mutant.file is not None
        by = _noticed(mutant, backend, texts[mutant.file], original, run)
        if by is None:
            survivors.append(mutant)
        print(
            f"{backend.column} {number}/{len(chosen)} {by or 'SURVIVES'}: {mutant.function}: "
            f"{mutant.operator}: {mutant.before} -> {mutant.after}",
            flush=True,
        )
    return Tally(backend.column, len(found), chosen, survivors)


class Original:
    """How cases end without a fault, each asked for when a mutant needs it first."""

    def __init__(self, run: Callable[[Iterable[str]], Verdicts | None]) -> None:
        self._run = run
        self._known: Verdicts = {}

    def of(self, cases: list[str]) -> Verdicts:
        """The endings of these cases; what does not end alike twice is left out."""
        missing = [case for case in cases if case not in self._known]
        if missing:
            first, second = self._run(missing), self._run(missing)
            if first is None or second is None:
                raise SystemExit("The backend does not load: see `conform run`.")
            self._known |= dict.fromkeys(missing, ())
            self._known |= {case: ended for case, ended in first.items() if second.get(case) == ended}
        return {case: self._known[case] for case in cases if self._known[case]}


def _noticed(
    mutant: mutation.Mutant,
    backend: Shipped,
    source: str,
    original: Original,
    run: Callable[[Iterable[str], mutation.Mutant], Verdicts | None],
) -> str | None:
    """What noticed the mutant: a case, or the import; None when nothing did."""
    own = backend.own({mutant.function})
    callers = reached(source, mutant.function)
    near = sorted(set(backend.mentioning(callers)) - set(own))
    for only in [cases for cases in (own, near) if cases] or [list(backend.cases)]:
        sound = original.of(only)
        found = run(only, mutant)
        if found is None:
            return "the import"
        for case in only:
            if case in sound and found.get(case) != sound[case]:
                return case
    return None


def reasons() -> dict[tuple[str, str, str, str], str]:
    """Why known survivors survive, by backend, function, statement before and after."""
    listed = tomllib.loads(REASONS.read_text(encoding="utf-8")).get("survivor", [])
    return {
        (entry["backend"], entry["function"], entry["before"], entry["after"]): entry["why"]
        for entry in listed
    }


def table(tallies: list[Tally], known: dict[tuple[str, str, str, str], str]) -> str:
    """The counts of each backend and of the survivors by reason, Markdown; `known` has the reasons."""
    lines = ["| backend | possible faults | tried | noticed |", "| --- | --- | --- | --- |"]
    for tally in tallies:
        noticed = len(tally.tried) - len(tally.survivors)
        share = 100 * noticed / max(1, len(tally.tried))
        lines.append(
            f"| {tally.backend} | {tally.possible} | {len(tally.tried)} | {noticed} ({share:.1f} %) |"
        )
    counts = Counter(
        (known.get((tally.backend, *mutant.key), "not explained yet"), tally.backend)
        for tally in tallies
        for mutant in tally.survivors
    )
    lines += ["", "| why a fault survives | " + " | ".join(t.backend for t in tallies) + " |"]
    lines.append("| --- " * (len(tallies) + 1) + "|")
    for why in sorted({why for why, _ in counts}):
        lines.append(f"| {why} | " + " | ".join(str(counts[why, t.backend]) for t in tallies) + " |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("backends", nargs="*", metavar="BACKEND", help=f"default: {', '.join(BACKENDS)}")
    parser.add_argument("--sample", type=int, default=100, metavar="N", help="mutants per backend (100)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the sample (1)")
    parser.add_argument("--function", action="append", metavar="NAME", help="mutate this function only")
    parser.add_argument("--write", action="store_true", help="put the table into docs/trust.md")
    options = parser.parse_args()
    tallies = []
    for name in options.backends or BACKENDS:
        with tempfile.TemporaryDirectory(prefix="conform-mutants-") as folder:
            tallies.append(try_all(Shipped.named(name), options, Path(folder)))
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    text = table(tallies, reasons()) + f"\nMeasured {when} with seed {options.seed}.\n"
    print(text)
    if options.write:
        from docs import fill

        fill({"mutants": text})
    return 0


if __name__ == "__main__":
    sys.exit(main())
