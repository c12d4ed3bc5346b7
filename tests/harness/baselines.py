"""Baselines as somebody would write them."""

from __future__ import annotations

from pathlib import Path

from harness.fingerprint import fingerprint

MESSAGE = "wrong value: off by 12 ULP at (0, 1)"
PRINT = fingerprint(MESSAGE)
SCHEMA_1 = Path(__file__).parent / "schema1"
"""A journal, a matrix and a baseline as they were written before schema 2."""


def entry(
    cases,
    verdict="fail",
    messages=(PRINT,),
    reason="CNTK rounds the other way",
    issue=None,
    comment="",
    aspects=None,
    answers=None,
):
    """An entry as somebody would write it."""
    quoted = ", ".join(f'"{item}"' for item in cases)
    said = ", ".join(f"'{item}'" for item in messages)
    text = f'{comment}[[known]]\ncases = [{quoted}]\nverdict = "{verdict}"\nmessages = [{said}]\n'
    text += f'reason = "{reason}"\n' + (f'issue = "{issue}"\n' if issue else "")
    text += f"aspects = {list(aspects)}\n" if aspects is not None else ""
    listed = "".join(f'"{name}" = "{answer}"\n' for name, answer in (answers or {}).items())
    return text + (f"[known.answers]\n{listed}" if answers else "")
