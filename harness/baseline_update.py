"""A baseline rewritten so that it lists the deviations of a run; the rest of the file stays as it is.

Entries that still hold keep their text to the letter. An entry that no longer fits keeps its comments and its
reason for the cases it still explains; a glob in it that matches other cases too becomes explicit ids.
Deviations without a reason come in new entries with an empty reason, which keep the exit status at 1 until
the reason is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from harness.answers import same
from harness.baseline import SCHEMA, Baseline
from harness.baseline_check import Check, Match, check, rows_of
from harness.errors import UsageError
from harness.fingerprint import fingerprint
from harness.matrix import Matrix
from harness.records import VERDICTS
from harness.text import one_line

_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*known[ \t]*\]\]", re.MULTILINE)
_SCHEMA_LINE = re.compile(r"^[ \t]*schema[ \t]*=[ \t]*\d+", re.MULTILINE)
# The answers are the last thing of an entry.
_ANSWERS = re.compile(r"^[ \t]*\[known\.answers\].*", re.MULTILINE | re.DOTALL)
_API_LINE = re.compile(r"^[ \t]*api[ \t]*=", re.MULTILINE)
_VERSIONS_LINE = re.compile(r"^[ \t]*versions[ \t]*=[ \t]*\{.*\}[ \t]*$", re.MULTILINE)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")


def rewrite(
    text: str,
    path: Path,
    matrix: Matrix,
    index: int,
    baseline: Baseline,
    versions: Mapping[str, str],
    again: Mapping[str, str] | None = None,
) -> str:
    """The new text of the baseline file at `path`, whose old text is `text` ("" where there was none).

    `baseline` is what the old text says, `versions` those of the column that it is rewritten from. With
    `again`, the wrong answers of a second run by case id, the list holds the answers on which both runs
    agree; without it, the answers that were there.

    Raises:
        UsageError: the file is laid out in a way that cannot be rewritten piece by piece.
    """
    header, entries = _split(text)
    if len(entries) != len(baseline.known) or (baseline.versions and not _VERSIONS_LINE.search(header)):
        raise UsageError(
            f"{path} has an unusual layout: write every entry as its own [[known]] table, and the versions "
            "above them on one line, versions = { ... }."
        )
    found = check(matrix, index, baseline)
    pieces = [_header(header.strip(), baseline, versions or baseline.versions)]
    taken: set[int] = set()
    for piece, match in zip(entries, found.matches, strict=True):
        kept = [row for row in match.excused if row not in taken]
        answers = _answers(match.entry.answers, kept, matrix, index, again)
        if match.exact and len(kept) == len(match.excused):
            body = piece.strip() if answers == match.entry.answers else _ANSWERS.sub("", piece).strip()
            pieces.append(body if _ANSWERS.search(body) else body + _answer_lines(answers))
        elif kept:
            pieces.append(_shrunk(piece, match, kept, matrix, index) + _answer_lines(answers))
        taken.update(kept)
    for rows, entry in _new_entries(matrix, index, found):
        pieces.append(entry + _answer_lines(_answers({}, rows, matrix, index, again)))
    return "\n\n".join(pieces) + "\n"


def _answers(
    known: Mapping[str, str], rows: Sequence[int], matrix: Matrix, index: int, again: Mapping[str, str] | None
) -> dict[str, str]:
    """The answers to list for these rows. One that still holds keeps its digits."""
    listed = {}
    for row in rows:
        case, answer = matrix.ids[row], matrix.evidence[index][row].answer
        held = known.get(case)
        if answer is None or again is None:
            if held is not None:
                listed[case] = held
        elif (other := again.get(case)) is not None and same(answer, other):
            listed[case] = held if held is not None and same(held, answer) else answer
    return {case: listed[case] for case in sorted(listed)}


def _answer_lines(answers: Mapping[str, str]) -> str:
    if not answers:
        return ""
    return "\n[known.answers]\n" + "\n".join(
        f"{_string(case)} = {_string(answer)}" for case, answer in answers.items()
    )


def _header(old: str, baseline: Baseline, versions: Mapping[str, str]) -> str:
    """The header in the schema that is written; one of schema 1 gets its API."""
    line = (
        f"versions = {{ {', '.join(f'{_key(name)} = {_string(text)}' for name, text in versions.items())} }}"
    )
    if not old:
        return f'schema = {SCHEMA}\nbackend = "{baseline.backend}"\napi = "{baseline.api}"\n{line}'
    header = _SCHEMA_LINE.sub(f"schema = {SCHEMA}", old, count=1)
    header = header if _API_LINE.search(header) else f'{header}\napi = "{baseline.api}"'
    if _VERSIONS_LINE.search(header):
        return _VERSIONS_LINE.sub(lambda _: line, header, count=1)
    return f"{header}\n{line}"


def _key(name: str) -> str:
    return name if _BARE_KEY.match(name) else _string(name)


def _split(text: str) -> tuple[str, list[str]]:
    """The header and the entries; the comment lines right above an entry belong to it."""
    starts = []
    for match in _ENTRY.finditer(text):
        start = match.start()
        while start:
            line = text.rfind("\n", 0, start - 1) + 1
            if not text[line:start].lstrip().startswith("#"):
                break
            start = line
        starts.append(start)
    pieces = [text[begin:end] for begin, end in pairwise([0, *starts, len(text)])]
    return pieces[0], pieces[1:]


def _shrunk(piece: str, match: Match, kept: Sequence[int], matrix: Matrix, index: int) -> str:
    entry, still = match.entry, set(kept)
    comments = [line.strip() for line in piece.splitlines() if line.lstrip().startswith("#")]
    names = {matrix.ids[row]: row for row in matrix.verdicts[index].rows}
    cases: dict[str, None] = {}
    for pattern in entry.cases:
        counted = [row for row in rows_of(pattern, names) if row in still or _counts(match, row)]
        if counted and still.issuperset(counted):
            cases[pattern] = None
        else:
            cases.update(dict.fromkeys(matrix.ids[row] for row in counted if row in still))
    said = {fingerprint(matrix.evidence[index][row].message) for row in kept}
    verdicts = {VERDICTS[matrix.verdicts[index][row] - 1] for row in kept}
    return _entry(
        comments,
        cases,
        [verdict for verdict in entry.verdicts if verdict in verdicts],
        [message for message in entry.messages if message in said],
        entry.reason,
        entry.issue,
        entry.aspects or (),
    )


def _counts(match: Match, row: int) -> bool:
    return row in match.excused or row in match.passing or row in match.changed or row in match.unspecified


def _new_entries(matrix: Matrix, index: int, found: Check) -> Iterable[tuple[list[int], str]]:
    before = {row: match.entry.reason for match in found.matches for row in match.changed}
    groups: dict[tuple[str, str, str, tuple[str, ...]], list[int]] = {}
    for row in found.new:
        verdict: str = VERDICTS[matrix.verdicts[index][row] - 1]
        evidence = matrix.evidence[index][row]
        key = (verdict, fingerprint(evidence.message), before.get(row, ""), evidence.aspects)
        groups.setdefault(key, []).append(row)
    for (verdict, print_, reason, aspects), rows in groups.items():
        comments = [f"# Deviated in another way before: {one_line(reason, 300)}"] if reason else []
        cases = [matrix.ids[row] for row in rows]
        yield rows, _entry(comments, cases, [verdict], [print_], "", None, aspects)


def _entry(
    comments: Iterable[str],
    cases: Iterable[str],
    verdicts: Sequence[str],
    messages: Iterable[str],
    reason: str,
    issue: str | None,
    aspects: Sequence[str],
) -> str:
    lines = [*comments, "[[known]]", *_list("cases", cases)]
    lines.append(
        f"verdict = {_string(verdicts[0])}"
        if len(verdicts) == 1
        else f"verdict = {json.dumps(list(verdicts))}"
    )
    if aspects:
        lines.append(f"aspects = {json.dumps(list(aspects))}")
    lines += [*_list("messages", messages), f"reason = {_string(reason)}"]
    if issue:
        lines.append(f"issue = {_string(issue)}")
    return "\n".join(lines)


def _list(key: str, items: Iterable[str]) -> list[str]:
    return [f"{key} = [", *(f"    {_string(item)}," for item in items), "]"]


def _string(text: str) -> str:
    # TOML's basic strings have the escapes of JSON; only DEL may stand in JSON as it is and not in TOML.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
