"""The rules that hold between the records of a journal, whether a suite writes it or a file is read.

A record by itself is checked in records.py. Here each is held against those before it: a case is collected
once, begun once and judged once, nothing follows the end, and the end agrees with what came before.
"""

from __future__ import annotations

from array import array

from harness.records import MAX_CASES, VERDICTS, Begin, Case, Collected, End, Loaded, Record, Start, Step

MOST_STEPS = 64
"""The most `step` records that a journal of an external module may have; an API has about ten levels."""
MOST_NAMES = 5_000
"""The most names that its steps may list together: an API has hundreds."""
_NAME_FIELDS = 8

_COLLECTED, _BEGUN, _JUDGED = 1, 2, 3
# _JUDGED and more: the verdict, by its place in VERDICTS.
_STATE = {verdict: state for state, verdict in enumerate(VERDICTS, _JUDGED)}


class ContradictionError(ValueError):
    """A record that contradicts those before it; the text says how."""


class Rules:
    """The state of a journal, record by record; a record that breaks a rule is refused.

    `rows` numbers the ids; several journals may share one. In a journal that may have been `continued`
    (`--resume`), a case that was in flight may begin again.
    """

    def __init__(self, rows: dict[str, int] | None = None, continued: bool = False) -> None:
        self.rows: dict[str, int] = {} if rows is None else rows
        self.collected = array("I")
        """The rows of the collected ids, in their order."""
        self.judged = array("I")
        """The rows that have a verdict, in the order of the verdicts."""
        self.ended = False
        self._continued = continued
        self._states = bytearray()
        self._tally = [0] * (_JUDGED + len(VERDICTS))
        self._started = self._loaded = self._has_collected = False
        self._steps = self._names = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many cases have which verdict; a verdict that none has is left out."""
        return {verdict: self._tally[state] for verdict, state in _STATE.items() if self._tally[state]}

    def code(self, row: int) -> int:
        """The verdict of a collected row as its place in VERDICTS counted from 1; 0 without a verdict."""
        return max(0, self._states[row] - _JUDGED + 1)

    def in_flight(self) -> list[int]:
        """The rows that have begun and have no verdict, in the order of collection."""
        return [row for row in self.collected if self._states[row] == _BEGUN]

    def missing(self) -> list[int]:
        """The rows that were collected and have no verdict, in the order of collection."""
        return [row for row in self.collected if self._states[row] < _JUDGED]

    def take(self, record: Record) -> None:
        """Notes the record.

        Raises:
            ContradictionError: the record breaks a rule.
        """
        kind = type(record)
        if self.ended:
            raise ContradictionError(f"a {kind.__name__.lower()} record follows the end record")
        if kind is Begin:
            self._begin(record.id)  # type: ignore[union-attr]
        elif kind is Case:
            self._case(record)  # type: ignore[arg-type]
        else:
            self._other(record)

    def _other(self, record: Record) -> None:
        if isinstance(record, Start) == self._started:
            raise ContradictionError("the start record stands first in a journal and only there")
        if isinstance(record, Start):
            self._started = True
        elif isinstance(record, Loaded):
            if self._loaded:
                raise ContradictionError("the backend is loaded twice")
            self._loaded = True
        elif isinstance(record, Collected):
            self._collect(record.ids)
        elif isinstance(record, Step):
            self._step(record)
        elif isinstance(record, End):
            self._end(record)

    def _collect(self, ids: list[str]) -> None:
        if self._has_collected:
            raise ContradictionError("the cases are collected twice")
        self._has_collected = True
        rows, states = self.rows, bytearray(len(self.rows) + len(ids))
        for name in ids:
            row = rows.setdefault(name, len(rows))
            if states[row]:
                raise ContradictionError(f"{name} is collected twice")
            states[row] = _COLLECTED
            self.collected.append(row)
        if len(rows) > MAX_CASES:
            raise ContradictionError(f"there are more than {MAX_CASES} cases")
        self._states = states

    def _state(self, case_id: str) -> tuple[int, int]:
        row = self.rows.get(case_id)
        if row is None or row >= len(self._states) or not self._states[row]:
            raise ContradictionError(f"{case_id} was not collected")
        return row, self._states[row]

    def _begin(self, case_id: str) -> None:
        row, state = self._state(case_id)
        if state >= _JUDGED:
            raise ContradictionError(f"{case_id} begins after its verdict")
        if state == _BEGUN and not self._continued:
            raise ContradictionError(f"{case_id} begins twice")
        self._states[row] = _BEGUN

    def _case(self, case: Case) -> None:
        row, state = self._state(case.id)
        if state >= _JUDGED:
            raise ContradictionError(f"{case.id} has two verdicts")
        if state == _COLLECTED:
            raise ContradictionError(f"{case.id} has a verdict and never began")
        if case.id.split("/", 2)[:2] != [case.area, case.function]:
            raise ContradictionError(f"{case.id} is said to be of another area or function")
        self._states[row] = judged = _STATE[case.verdict]
        self._tally[judged] += 1
        self.judged.append(row)

    def _step(self, step: Step) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise ContradictionError(f"there are more than {MOST_STEPS} steps")
        names = [*step.missing, *step.wrong]
        self._names += len(names)
        if self._names > MOST_NAMES or any(len(name) > _NAME_FIELDS for name in names):
            raise ContradictionError(f"its steps list more than {MOST_NAMES} names")

    def _end(self, end: End) -> None:
        self.ended = True
        for verdict, count in end.counts.items():
            there = self._tally[_STATE[verdict]] if verdict in _STATE else 0
            # The end of a run that was interrupted may have counted only a part of it.
            if count > there or (end.complete and count != there):
                raise ContradictionError(f"the end record counts {count} {verdict!r} and there are {there}")
        if end.complete and sum(end.counts.values()) != len(self.judged):
            raise ContradictionError(
                f"the end record counts {sum(end.counts.values())} verdicts and there are {len(self.judged)}"
            )
