"""The functions that are missing or wrong, the most failing cases first: what to do next."""

from __future__ import annotations

import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.levels import steps_of
from harness.matrix import Column, Deviation, Matrix
from harness.text import one_line

MOST_GAPS = 20
_WORDS = {
    "missing": "is missing",
    "unwritten": "is not written",
    "arguments": "has other arguments",
    "wrong": "is wrong",
}
_LACKS = re.compile(r"(?:^|\bNotImplementedError: )[\w.]+ has no ([\w.]*\w(?:, [\w.]*\w)*)$")


@dataclass
class Gap:
    """A function of the API and `cases`, the ids that do not pass because of it."""

    function: str
    kind: str
    """missing, unwritten (it raises NotImplementedError), arguments or wrong."""
    signature: str = ""
    message: str = ""
    cases: list[str] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)

    @property
    def words(self) -> str:
        """The kind as the end of a sentence about the function."""
        return _WORDS[self.kind]

    @property
    def about(self) -> str:
        """The signature of a missing function, else the verdicts and the message of its first case."""
        if self.kind == "missing":
            return self.signature
        verdicts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(self.verdicts.items()))
        return f"{verdicts}: {self.message}" if verdicts else self.message


@dataclass(frozen=True)
class Advice:
    """What to do next: the gaps to close, and in `more` a sentence about those that are left out."""

    gaps: list[Gap]
    more: str = ""


def repro_command(case: str, backend: str, arguments: Sequence[str] | None) -> str:
    """The command that prints a stand-alone script for a case.

    `backend` is a registered name when `arguments` is None, else an external module with --path and so on.
    """
    name = backend if arguments is None or "." in backend else f"module:{backend}"
    return shlex.join(["conform", "repro", case, "--backend", name, *(arguments or ())])


def repro(column: Column, gap: Gap) -> str:
    """The command for the first case of a gap; DIR stands for the directory of an external module."""
    return repro_command(gap.cases[0], column.backend, ("--path", "DIR") if column.steps else None)


def cost(gap: Gap) -> str:
    """The number of cases that do not pass because of a gap, in words."""
    return f"{len(gap.cases)} failing case{'' if len(gap.cases) == 1 else 's'}"


def advice(matrix: Matrix, index: int) -> Advice:
    """The gaps of a column that a report lists: MOST_GAPS of those with failing cases or other arguments.

    Names that are missing and fail no case of this run are listed only where there is nothing else.
    """
    found = gaps(matrix, index)
    listed = ([gap for gap in found if gap.cases or gap.kind == "arguments"] or found)[:MOST_GAPS]
    left = [gap for gap in found if gap not in listed]
    if not left:
        return Advice(listed)
    names = ", ".join(gap.function for gap in left[:MOST_GAPS])
    cut = f" and {len(left) - MOST_GAPS} more" if len(left) > MOST_GAPS else ""
    fails = "with fewer failing cases" if any(gap.cases for gap in left) else "without a failing case here"
    return Advice(listed, f"{len(left)} more, {fails}: {names}{cut}")


def gaps(matrix: Matrix, index: int) -> list[Gap]:
    """The missing and wrong functions of a column, the most failing cases first."""
    found: dict[str, Gap] = {}
    blamed: defaultdict[str, list[Deviation]] = defaultdict(list)
    missing: set[str] = set()
    for deviation in matrix.deviations(index):
        if not deviation.new:
            continue
        lacks = _LACKS.search(deviation.evidence.message) if deviation.verdict == "unsupported" else None
        names = [name.strip() for name in lacks.group(1).split(",")] if lacks else [deviation.function]
        missing.update(names if lacks else ())
        for name in names:
            blamed[name].append(deviation)
    for step in steps_of(matrix.columns[index]):
        for item in step.missing:
            missing.add(str(item.get("name")))
            _gap(found, str(item.get("name")), "missing").signature = str(item.get("signature", ""))
        for item in step.wrong:
            gap = _gap(found, str(item.get("name")), "arguments")
            gap.signature, gap.message = str(item.get("signature", "")), str(item.get("message", ""))
    # An API with parts names them: what is missing as ops.nn.softsign is the function softsign.
    whole = {name.rpartition(".")[2]: name for name in missing}
    for function in [name for name in blamed if name not in missing and name in whole]:
        blamed[whole[function]] += blamed.pop(function)
    for name, deviations in blamed.items():
        verdicts: Counter[str] = Counter(deviation.verdict for deviation in deviations)
        kind = "missing" if name in missing else "unwritten" if set(verdicts) == {"unsupported"} else "wrong"
        gap = _gap(found, name, kind)
        gap.cases = [deviation.id for deviation in deviations]
        gap.verdicts = verdicts
        if gap.kind in ("unwritten", "wrong"):
            gap.message = one_line(deviations[0].evidence.message, 300)
    return sorted(found.values(), key=lambda gap: (-len(gap.cases), gap.function))


def _gap(found: dict[str, Gap], name: str, kind: str) -> Gap:
    return found.setdefault(name, Gap(name, kind))
