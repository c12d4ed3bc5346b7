"""The end of a report on a terminal: what is known on one line, the new findings last and complete.

It fits a screen: a long list of new deviations is grouped, the first groups are told in full, and the last
line says how to see all.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text

from harness.backends import load_backends
from harness.exitcodes import ExitCode
from harness.fingerprint import fingerprint
from harness.matrix import Column, Deviation, Matrix
from harness.module.advice import repro_command
from harness.outcome import findings
from harness.reports.summary import known_groups
from harness.screen import command_lines, wrapped
from harness.text import clean, counted, one_line

LINES = 15
"""The most lines of a summary, but for the first new deviation, which is always complete."""

Command = Callable[[str, str], str]
"""Makes the command that reproduces a case, from its id and the column's name."""


@dataclass(frozen=True)
class Group:
    """New deviations of a function in a column that say the same; the first of them is told."""

    column: str
    deviations: tuple[Deviation, ...]

    @property
    def first(self) -> Deviation:
        """The deviation that stands for all of them."""
        return self.deviations[0]


def groups(matrix: Matrix) -> list[Group]:
    """The new deviations of all columns, grouped by column, function, verdict and message."""
    found: dict[tuple[str, str, str, str], list[Deviation]] = {}
    for index, column in enumerate(matrix.columns):
        for deviation in matrix.deviations(index):
            if deviation.new:
                said = fingerprint(deviation.evidence.message)
                key = (column.name, deviation.function, deviation.verdict, said)
                found.setdefault(key, []).append(deviation)
    return [Group(column, tuple(deviations)) for (column, *_), deviations in found.items()]


def summary(
    matrix: Matrix,
    command: Command,
    promises: Mapping[str, str],
    width: int | None = None,
    everything: bool = False,
) -> Iterator[Text]:
    """The lines of the summary. Lines are broken at `width`; None leaves them whole.

    `promises` are those of ids, where known; `everything` lifts the limit of lines.
    """
    known = _known(matrix)
    if known and not everything:
        yield from _lines(known, width, "dim")
    found = list(findings(matrix))
    if not found:
        yield Text("Nothing but passes and known deviations.", "bold green")
        return
    new = groups(matrix)
    count = sum(len(group.deviations) for group in new)
    blocks = [list(_block(group, command, promises, width)) for group in new]
    room = LINES - (1 if known else 0)
    shown = len(blocks) if everything else _fitting(blocks, room - 2)
    told = sum(len(group.deviations) for group in new[:shown])
    for line in _sentences(found, room - sum(map(len, blocks[:shown])) - 1, width, everything):
        room -= 1
        yield line
    for block in blocks[:shown]:
        yield from block
    if everything:
        yield from (Text(f"  {one.verdict}  {one.id}") for group in new for one in group.deviations[1:])
    elif told < count:
        left = len(blocks) - shown
        more = counted(count - told, "more new deviation")
        yield Text(f"and {more} of {counted(left, 'kind')}: -v lists all", "bold red")


def repro_commands(matrix: Matrix, options: Sequence[str] = ()) -> Command:
    """The commands that reproduce cases of a matrix; `options` are those an external module is found by."""
    columns = {column.name: column for column in matrix.columns}

    def command(case: str, name: str) -> str:
        column = columns[name]
        if not column.steps:
            return repro_command(case, column.backend, None) + release_option(column)
        return repro_command(case, column.backend, options)

    return command


def release_option(column: Column) -> str:
    """The option that names the release of a registered backend's column, where it is not the pinned one."""
    backend, versions = load_backends().get(column.backend), column.info.get("versions")
    if backend is None or not isinstance(versions, dict):
        return ""
    ran = str(versions.get(backend.front_end, backend.keras))
    return "" if ran == backend.keras else f" --keras {shlex.quote(ran)}"


def new_deviations(matrix: Matrix) -> list[str]:
    """The ids whose promises the summary may tell: the first of each group."""
    return [group.first.id for group in groups(matrix)]


def _known(matrix: Matrix) -> str:
    counts = {
        column.name: sum(len(group.deviations) for group in known_groups(matrix, index))
        for index, column in enumerate(matrix.columns)
    }
    if not any(counts.values()):
        return ""
    if len(counts) == 1:
        (count,) = counts.values()
        return f"{count} known deviation{'' if count == 1 else 's'}: -v lists the reasons"
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return f"Known deviations: {said}; -v lists the reasons"


def _sentences(
    found: list[tuple[ExitCode, str]], room: int, width: int | None, everything: bool
) -> Iterator[Text]:
    """The findings, those about new deviations last; where they do not fit, fewer of a kind."""
    ordered = sorted(found, key=lambda finding: " new deviation" in finding[1])
    lines = [
        list(_lines(sentence, width, "red" if code is ExitCode.DEVIATION else "bold red"))
        for code, sentence in ordered
    ]
    shown = len(lines)
    while not everything and shown > 1 and sum(map(len, lines[-shown:])) > max(room - 1, 3):
        shown -= 1
    if shown < len(lines):
        yield Text(f"{counted(len(lines) - shown, 'more finding')}: -v lists all", "red")
    for block in lines[-shown:]:
        yield from block


def _fitting(blocks: list[list[Text]], room: int) -> int:
    """The number of blocks that fit; the first always does."""
    used = 0
    for number, block in enumerate(blocks):
        used += len(block)
        if number and used > room - (number + 1 < len(blocks)):
            return number
    return len(blocks)


def _block(group: Group, command: Command, promises: Mapping[str, str], width: int | None) -> Iterator[Text]:
    deviation = group.first
    more = len(group.deviations) - 1
    alike = f" (and {more} alike)" if more else ""
    yield Text.assemble("  ", (deviation.verdict, "bold red"), f"  {deviation.id}{alike}")
    message = clean(deviation.evidence.message, 4000)
    yield from _lines(" ".join(message.split()), width, "", "    ")
    if promise := promises.get(deviation.id):
        yield from _lines(f"promised: {one_line(promise, 500)}", width, "dim", "    ")
    for line in command_lines(command(deviation.id, group.column), width, "    "):
        yield Text(line, "dim")


def _lines(text: str, width: int | None, style: str, indent: str = "") -> Iterator[Text]:
    yield from (Text(line, style) for line in wrapped(indent + text, width, indent))
