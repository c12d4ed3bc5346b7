"""The records of a journal, as the suite writes them; limits on what is accepted."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, get_args

import msgspec

SCHEMA: Final = 2
"""The schema that is written. Schema 1, whose start record said which backend answered, is still read."""
READABLE: Final = (1, 2)
MAX_LINE: Final = 1 << 20
"""Bytes of any line but the `collected` one."""
MAX_COLLECTED_LINE: Final = 256 << 20
MAX_FILE: Final = 8 << 30
MAX_CASES: Final = 5_000_000

Verdict = Literal["pass", "fail", "error", "unsupported", "crash", "timeout", "skip"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
VERDICT_MEANING: Final[dict[Verdict, str]] = {
    "pass": "as documented",
    "fail": "a wrong value, shape, dtype or metadata",
    "error": "an exception that the API does not promise",
    "unsupported": "the name is missing, or it raised NotImplementedError",
    "crash": "the process died",
    "timeout": "no answer within the case's time limit",
    "skip": "not applicable here, with the reason",
}
DEVIATIONS: Final = frozenset(VERDICTS) - {"pass", "skip"}

Aspect = Literal["value", "shape", "dtype", "static", "exception", "effect", "device"]
"""The part of an answer that departs: `static` was said before evaluation, `effect` is left by a script."""

ID_PATTERN: Final = r"^\.*[A-Za-z0-9_,+=-][A-Za-z0-9_.,+=-]*(?:/\.*[A-Za-z0-9_,+=-][A-Za-z0-9_.,+=-]*)+\Z"
"""At least area/function; a segment of dots only is not allowed, so that an id is never a path upwards."""
COLUMN_PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9_.-]*\Z"

CaseId = Annotated[str, msgspec.Meta(pattern=ID_PATTERN, max_length=400)]
ColumnName = Annotated[str, msgspec.Meta(pattern=COLUMN_PATTERN, max_length=100)]
Answer = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8} [-+.e0-9]{1,30} [-+.e0-9]{1,30}\Z")]
"""A wrong answer in short: a checksum, a weighted sum of its floats, and the tolerance of that sum."""
_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
_Seconds = Annotated[float, msgspec.Meta(ge=0)]
_Count = Annotated[int, msgspec.Meta(ge=0)]


class Start(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="start"):
    """The first record, written before the backend is imported: the backend, its runtime, the suite."""

    schema: int
    run: str
    column: ColumnName
    backend: str
    profile: str
    started: str
    api: str = "k"
    select: str | None = None
    runtime: str = "none"
    image: str | None = None
    device: str = "cpu"
    versions: dict[str, Any] = msgspec.field(default_factory=dict)
    suite: str | None = None
    file: str | None = None
    environment: str | None = None
    inputs: str | None = None
    contents: str | None = None


class Loaded(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="loaded"):
    """The backend that answered the import: its name and file, the front end, the versions.

    `signatures` are those of the API's functions as they are there, such as `(x, axis=-1)`, by name.
    """

    backend: str = ""
    file: str = ""
    front: str = ""
    engine: str = ""
    versions: dict[str, Any] = msgspec.field(default_factory=dict)
    signatures: dict[str, str] = msgspec.field(default_factory=dict)


class Collected(msgspec.Struct, frozen=True, tag_field="kind", tag="collected"):
    """The ids of all cases about to run, so that a missing case is known by name."""

    ids: list[CaseId]


class Begin(msgspec.Struct, frozen=True, tag_field="kind", tag="begin"):
    """A case is about to be evaluated."""

    id: CaseId


class Detail(msgspec.Struct, frozen=True):
    """The evidence of a case that did not pass."""

    message: str
    expected: str | None = None
    got: str | None = None
    traceback: str | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="case"):
    """The verdict on one case; `seconds` of wall clock, `ulp` in units of the result dtype's last place."""

    id: CaseId
    area: _Word
    function: _Word
    verdict: Verdict
    seconds: _Seconds | None = None
    ulp: Annotated[float, msgspec.Meta(ge=0)] | None = None
    unspecified: bool = False
    reason: str | None = None
    detail: Detail | None = None
    aspects: tuple[Aspect, ...] = ()
    answer: Answer | None = None
    reused: bool = False


class Step(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="step"):
    """One step of an external module, and whether it holds.

    `missing` has objects with name and signature, `wrong` has objects with got and message besides.
    """

    step: _Word
    holds: bool
    message: str = ""
    seconds: _Seconds = 0.0
    missing: list[dict[str, str]] = msgspec.field(default_factory=list)
    wrong: list[dict[str, str]] = msgspec.field(default_factory=list)


class End(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="end"):
    """The last record; without it the suite died or was killed.

    With `infrastructure` the suite was ended by what it ran on (a missing environment, a daemon that went
    away), not by itself or the backend. `digest` is that of all lines before this one, as the harness wrote
    them; journals that a suite wrote by itself, and those of earlier harnesses, have none.
    """

    complete: bool
    seconds: _Seconds = 0.0
    counts: dict[str, _Count] = msgspec.field(default_factory=dict)
    reason: str | None = None
    infrastructure: bool = False
    digest: str | None = None


Record = Start | Loaded | Collected | Step | Begin | Case | End
