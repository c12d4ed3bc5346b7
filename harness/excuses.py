"""Whether a deviation is known, while its column still runs; the matrix says so again at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from harness.backends import Backend
from harness.baseline import SCHEMA, Baseline, Entry, load_baseline
from harness.globs import is_glob, matcher
from harness.merge import evidence_of
from harness.records import Case


def excuse_of(baseline: Baseline) -> Callable[[Case], bool]:
    """A function that is true of the deviations that an entry of the baseline excuses."""
    by_id: defaultdict[str, list[Entry]] = defaultdict(list)
    by_glob: list[tuple[Callable[[str], object], Entry]] = []
    for entry in baseline.known:
        for pattern in entry.cases:
            if is_glob(pattern):
                by_glob.append((matcher(pattern), entry))
            else:
                by_id[pattern].append(entry)

    def excused(case: Case) -> bool:
        evidence = evidence_of(case)
        named = [*by_id.get(case.id, ()), *(entry for matches, entry in by_glob if matches(case.id))]
        return any(entry.excuses(case.id, case.verdict, evidence) for entry in named)

    return excused


def excuse_for(backend: Backend, given: Mapping[Path, Baseline]) -> Callable[[Case], bool]:
    """excuse_of the baseline that a run of the backend is held against: a given one, or its own."""
    for baseline in given.values():
        if baseline.backend == backend.name:
            return excuse_of(baseline)
    return excuse_of(Baseline(SCHEMA, backend.name) if backend.module else load_baseline(backend))
