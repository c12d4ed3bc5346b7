"""The verdicts of one column, stored sparsely: a column of 5,000 cases in a matrix of a million has 5,000."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

TICKS = 10_000
"""Ticks in a second: what a suite's clock is rounded to."""
UNTIMED = 0xFFFFFFFF
"""The time of a case of which no time is known."""


def ticks(seconds: float | None) -> int:
    """Seconds as a time is stored; a time of more than five days is stored as five days."""
    return UNTIMED if seconds is None else round(min(seconds * TICKS, UNTIMED - 1))


def seconds_of(time: int) -> float | None:
    """A stored time in seconds."""
    return None if time == UNTIMED else time / TICKS


@dataclass(frozen=True)
class Codes:
    """Row -> code of a verdict (see CODE in matrix.py) and its time: nine bytes each.

    `rows` are sorted and unique; `times` are in ticks.
    """

    rows: array[int]
    codes: bytes
    times: array[int]

    @classmethod
    def sorted(cls, rows: Iterable[int], codes: bytes, times: Iterable[int]) -> Self:
        """The codes and times of rows that come in any order."""
        # All three in one number, so that a million of them are sorted without a million tuples.
        packed = sorted(
            row << 40 | code << 32 | time for row, code, time in zip(rows, codes, times, strict=True)
        )
        return cls(
            array("I", (item >> 40 for item in packed)),
            bytes(item >> 32 & 0xFF for item in packed),
            array("I", (item & 0xFFFFFFFF for item in packed)),
        )

    def __getitem__(self, row: int) -> int:
        """The code of a row; 0 where the column has no verdict on it."""
        place = bisect_left(self.rows, row)
        return self.codes[place] if place < len(self.rows) and self.rows[place] == row else 0

    def seconds(self, row: int) -> float | None:
        """The time of a row in seconds; None where it has none, or no verdict."""
        place = bisect_left(self.rows, row)
        return seconds_of(self.times[place]) if place < len(self.rows) and self.rows[place] == row else None

    def untimed(self) -> Codes:
        """The same verdicts without their times."""
        return Codes(self.rows, self.codes, array("I", [UNTIMED]) * len(self.rows))

    def items(self) -> Iterator[tuple[int, int]]:
        """Every row that has a verdict, with its code, by row."""
        return zip(self.rows, self.codes, strict=True)
