"""The difference of two matrices as GitHub-flavoured Markdown, of the size of a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from harness.diff import KINDS, TITLES, Change, Diff, Side
from harness.text import markdown

MOST = 60_000
"""Characters: GitHub refuses a comment of more than 65,536."""
_ROOM_FOR_THE_REST = 500


def render(found: Diff, most: int = MOST) -> str:
    """The changes, regressions first; those that do not fit are counted."""
    lines = ["## Conformance: " + summary(found), ""]
    # What was not compared is never left out: without it the rest would say more than is known.
    lines += [f"- **inconclusive**: {markdown(sentence, 600)}" for sentence in found.inconclusive[:20]]
    if len(found.inconclusive) > 20:
        lines.append(f"- **inconclusive**: {len(found.inconclusive) - 20} more columns")
    lines += [f"- {markdown(sentence, 400)}" for sentence in found.columns[:50]]
    room = most - sum(len(line) + 1 for line in lines)
    for kind in KINDS:
        block, used = _block(kind, getattr(found, kind), room)
        lines += block
        room -= used
    return "\n".join(lines) + "\n"


def summary(found: Diff) -> str:
    """The numbers of changes in words."""
    told = [
        f"{len(changes)} {TITLES[kind][len(changes) > 1]}"
        for kind in KINDS
        if (changes := getattr(found, kind))
    ]
    told = told or ["no difference"]
    if count := len(found.inconclusive):
        told.append(f"{count} column{'' if count == 1 else 's'} inconclusive")
    return ", ".join(told)


def _block(kind: str, changes: list[Change], room: int) -> tuple[list[str], int]:
    if not changes:
        return [], 0
    title = f"{len(changes)} {TITLES[kind][len(changes) > 1]}"
    # Folded, but for what must be looked at.
    head, tail = ["", f"### {title}", ""], []
    if kind != "regressions":
        head, tail = ["", f"<details><summary>{title}</summary>", ""], ["", "</details>"]
    used = sum(len(line) + 1 for line in (*head, *tail))
    listed: list[str] = []
    for line in map(_line, changes):
        if used + len(line) + 1 > room - _ROOM_FOR_THE_REST:
            listed.append(f"- and {len(changes) - len(listed)} more: `conform diff` lists all")
            used += len(listed[-1]) + 1
            break
        listed.append(line)
        used += len(line) + 1
    return [*head, *listed, *tail], used


def _line(change: Change) -> str:
    then, now = _said(change.old), _said(change.new)
    return f"- **{markdown(change.column)}** {markdown(change.id, 400)}: {then} → {now}"


def _said(side: Side) -> str:
    return "; ".join(_parts(side))


def _parts(side: Side) -> Iterator[str]:
    yield (side.verdict or "not judged") + (f" ({', '.join(side.aspects)})" if side.aspects else "")
    if side.message:
        yield markdown(side.message, 300)
