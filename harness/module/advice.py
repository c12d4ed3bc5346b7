"""The functions that are missing or wrong, the most failing cases first: what to do next."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from harness.levels import steps_of
from harness.matrix import Deviation, Matrix
from harness.text import one_line

_LACKS = re.compile(r"(?:^|\bNotImplementedError: )\w+ has no ([\w, ]+)$")


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
