"""The data that pages load when they are asked for: verdicts for the filters, evidence for the panel.

Each file is a script that hands a JSON value to `conform`, because a page on a disk may not read other files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import msgspec

from harness.matrix import Matrix
from harness.records import VERDICTS, Aspect
from harness.site.addresses import case_page, cases_data, function_data, function_page
from harness.site.chapter import Chapter, Result, short_id

ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
_LETTERS = {
    "pass": {"pass": "p"},
    "skip": {"skip": "s"},
    "known": {"fail": "f", "error": "e", "unsupported": "u", "crash": "c", "timeout": "t"},
    "new": {"fail": "F", "error": "E", "unsupported": "U", "crash": "C", "timeout": "T"},
    "silent": {"fail": "1", "error": "2", "unsupported": "3", "crash": "4", "timeout": "5"},
}
"""The letters that match.js reads."""
_NOTHING, _LIMIT = ".", 1200


def call(address: str, value: Any) -> bytes:
    """A file that hands `value` to the page that has asked for the address."""
    # Valid JSON is a valid script, and what a backend said can be nothing but a string in it.
    return b"conform(%s,%s);\n" % (msgspec.json.encode(address), msgspec.json.encode(value))


def cases(chapter: Chapter) -> tuple[str, bytes]:
    """The verdicts and aspects of all cases: a string a column, so that a browser reads them at once."""
    matrix, address = chapter.matrix, cases_data(chapter.api)
    return address, call(
        address,
        {
            "functions": ["/".join(key) for key in matrix.functions],
            "of": list(matrix.function_of),
            "ids": list(matrix.ids),
            "aspects": ASPECTS,
            "columns": [_column(matrix, index) for index in range(len(matrix.columns))],
        },
    )


def _column(matrix: Matrix, index: int) -> dict[str, str]:
    letters, bits = [_NOTHING] * len(matrix.ids), ["00"] * len(matrix.ids)
    evidence = matrix.evidence[index]
    for row, code in matrix.verdicts[index].items():
        verdict = VERDICTS[code - 1]
        if verdict in ("pass", "skip"):
            letters[row] = _LETTERS[verdict][verdict]
            continue
        found = evidence[row]
        kind = "silent" if row in matrix.unspecified else "known" if found.known else "new"
        letters[row] = _LETTERS[kind][verdict]
        bits[row] = f"{sum(1 << ASPECTS.index(aspect) for aspect in set(found.aspects)):02x}"
    return {"name": matrix.columns[index].name, "verdicts": "".join(letters), "aspects": "".join(bits)}


def details(chapter: Chapter) -> Iterator[tuple[str, bytes]]:
    """For every function what stands behind its cells."""
    for index, (area, function) in enumerate(chapter.matrix.functions):
        address = function_data(chapter.api, area, function)
        value = {
            "page": function_page(chapter.api, area, function),
            "cases": [_case(chapter, row, area, function) for row in chapter.rows_of(index)],
        }
        yield address, call(address, value)


def _case(chapter: Chapter, row: int, area: str, function: str) -> dict[str, Any]:
    name = chapter.matrix.ids[row]
    told: dict[str, Any] = {"id": name, "short": short_id(name, area, function)}
    if chapter.has_page(row):
        told["page"] = case_page(chapter.api, name)
    if explained := chapter.explained.get(name):
        told |= {"promise": explained.promise, "at": explained.at, "source": explained.source}
        told |= {"inputs": explained.inputs, "wanted": explained.wanted}
    return {
        **told,
        "results": {result.column.name: _result(chapter, result, name) for result in chapter.results(row)},
    }


def _result(chapter: Chapter, result: Result, case: str) -> dict[str, Any]:
    told: dict[str, Any] = {"verdict": result.verdict, "kind": result.kind, "seconds": result.seconds}
    if found := result.evidence:
        told |= {"message": found.message, "expected": found.expected, "got": found.got, "ulp": found.ulp}
        told |= {"aspects": ", ".join(found.aspects), "reason": found.reason, "issue": found.issue}
    if result.deviates:
        told["repro"] = chapter.repro(result.column, case)
    return {key: _cut(value) for key, value in told.items() if value not in (None, "")}


def _cut(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LIMIT:
        return value[:_LIMIT] + "… (the page of the case has the rest)"
    return value
