"""Wrong answers in short, as the suite writes them into a journal (`conformance/judge/answer.py`)."""

from __future__ import annotations


def same(one: str, other: str) -> bool:
    """Whether two answers in short are of the same answer, but for the noise that floats are granted."""
    (checksum, total, tolerance), (other_checksum, other_total, other_tolerance) = one.split(), other.split()
    if checksum != other_checksum:
        return False
    try:
        return abs(float(total) - float(other_total)) <= max(float(tolerance), float(other_tolerance))
    except ValueError:
        return one == other
