"""The verdicts of one column, stored sparsely: a column of 5,000 cases in a matrix of a million has 5,000."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Codes:
    """Row -> code of a verdict (see CODE in matrix.py): five bytes each. `rows` are sorted and unique."""

    rows: array[int]
    codes: bytes

    @classmethod
    def sorted(cls, rows: Iterable[int], codes: bytes) -> Self:
        """The codes of rows that come in any order."""
        # A row and its code in one number, so that a million of them are sorted without a million pairs.
        packed = sorted(row << 8 | code for row, code in zip(rows, codes, strict=True))
        return cls(array("I", (item >> 8 for item in packed)), bytes(item & 0xFF for item in packed))

    @classmethod
    def of(cls, verdicts: Mapping[int, int]) -> Self:
        """The codes in a mapping."""
        return cls.sorted(verdicts, bytes(verdicts.values()))

    def __getitem__(self, row: int) -> int:
        """The code of a row; 0 where the column has no verdict on it."""
        place = bisect_left(self.rows, row)
        return self.codes[place] if place < len(self.rows) and self.rows[place] == row else 0

    def items(self) -> Iterator[tuple[int, int]]:
        """Every row that has a verdict, with its code, by row."""
        return zip(self.rows, self.codes, strict=True)
