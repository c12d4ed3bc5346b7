"""What to do next: the functions that are missing or wrong, those first that cost the most cases."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from harness.levels import steps_of
from harness.matrix import Deviation, Matrix
from harness.text import one_line

_LACKS = re.compile(r"(?:^|\bNotImplementedError: )\w+ has no ([\w, ]+)$")


@dataclass
class Debt:
    """A function of K and what it costs. `cases` are the ids that do not pass for its sake, the first one to
    look at first.
    """

    function: str
    kind: str
    """missing, unwritten (it is there and says that it does not do this), arguments or wrong."""
    signature: str = ""
    message: str = ""
    cases: list[str] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)


def debts(matrix: Matrix, index: int) -> list[Debt]:
    """All of them, the dearest first; what costs no case (not one was selected, or none exists) last."""
    found: dict[str, Debt] = {}
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
        for item in step.get("missing", ()):
            missing.add(str(item.get("name")))
            _debt(found, str(item.get("name")), "missing").signature = str(item.get("signature", ""))
        for item in step.get("wrong", ()):
            debt = _debt(found, str(item.get("name")), "arguments")
            debt.signature, debt.message = str(item.get("signature", "")), str(item.get("message", ""))
    for name, deviations in blamed.items():
        verdicts: Counter[str] = Counter(deviation.verdict for deviation in deviations)
        kind = "missing" if name in missing else "unwritten" if set(verdicts) == {"unsupported"} else "wrong"
        debt = _debt(found, name, kind)
        debt.cases = [deviation.id for deviation in deviations]
        debt.verdicts = verdicts
        if debt.kind in ("unwritten", "wrong"):
            debt.message = one_line(deviations[0].evidence.message, 300)
    return sorted(found.values(), key=lambda debt: (-len(debt.cases), debt.function))


def _debt(found: dict[str, Debt], name: str, kind: str) -> Debt:
    return found.setdefault(name, Debt(name, kind))
