"""The file of known deviations of a backend: `baseline.toml`, or one that an author keeps beside a module.

An entry excuses the cases its patterns name, for the verdicts and messages it lists, with a reason. The file
states the versions it is for; harness/baseline_check.py compares a column with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from harness.answers import same
from harness.apis import DEFAULT_API
from harness.backends import Backend
from harness.errors import UsageError
from harness.files import TooLargeError, read_at_most
from harness.fingerprint import fingerprint
from harness.matrix import Column, Evidence
from harness.records import DEVIATIONS, Answer, Aspect, Verdict
from harness.text import clean, one_line

SCHEMA = 3
"""The schema that is written. Schema 1, which knew one API and no aspects, and schema 2, which stated no
versions, are still read."""
READABLE = (1, 2, 3)
MAX_FILE = 16 << 20
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
_Version = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cases that deviate for one reason.

    `messages` are fingerprints; `issue` is where upstream knows of it. With `aspects`, a case must depart in
    exactly these aspects; a case that `answers` has the answer of must give that one.
    """

    cases: Annotated[tuple[_Text, ...], msgspec.Meta(min_length=1)]
    verdict: Verdict | tuple[Verdict, ...]
    messages: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    reason: str
    issue: str | None = None
    aspects: tuple[Aspect, ...] | None = None
    answers: dict[_Text, Answer] = {}

    def excuses(self, case: str, verdict: Verdict, evidence: Evidence) -> bool:
        """Whether the entry names this deviation of a case: its verdict, message, aspects and answer."""
        aspects = self.aspects is None or set(self.aspects) == set(evidence.aspects)
        named = verdict in self.verdicts and aspects and fingerprint(evidence.message) in self.messages
        return named and self.answered(case, evidence)

    def answered(self, case: str, evidence: Evidence) -> bool:
        """Whether the case gives the answer it is known to give, where that and its answer are known."""
        known = self.answers.get(case)
        return known is None or evidence.answer is None or same(known, evidence.answer)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts it excuses."""
        return self.verdict if isinstance(self.verdict, tuple) else (self.verdict,)

    @property
    def title(self) -> str:
        """The words for the entry in a sentence: its reason, else its cases."""
        return one_line(self.reason, 60) if self.reason.strip() else one_line(", ".join(self.cases), 60)


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All known deviations of one backend.

    `versions` are those of front end and engine, as a journal names them. Without them (schema 1 and 2) the
    baseline is for every version.
    """

    schema: int
    backend: str
    api: str = DEFAULT_API
    versions: dict[_Text, _Version] = {}
    known: tuple[Entry, ...] = ()

    def other_versions(self, column: Column) -> str | None:
        """The sentence that the column ran with other versions; None where the baseline is for it."""
        there = _versions(column)
        other = {name: there.get(name) for name in self.versions if there.get(name) != self.versions[name]}
        if not other or not there:
            return None
        ran = ", ".join(f"{name} {version}" if version else f"no {name}" for name, version in other.items())
        return f"its baseline is for {listed(self.versions)} and is not applied to {ran}"


def listed(versions: Mapping[str, str]) -> str:
    """Versions in a sentence."""
    return ", ".join(f"{one_line(name, 100)} {one_line(version, 100)}" for name, version in versions.items())


def versions_of(column: Column, external: bool) -> dict[str, str]:
    """The versions that a baseline made from the column is for: its front end's and its engine's.

    The module of an author may import several packages with a version, so its engine is not among them.
    """
    there = _versions(column)
    keys = ("front",) if external else ("front", "engine")
    names = [str(column.info.get(key)) for key in keys]
    return {name: there[name] for name in names if name in there}


def _versions(column: Column) -> dict[str, str]:
    versions = column.info.get("versions")
    return {str(name): str(text) for name, text in versions.items()} if isinstance(versions, dict) else {}


def load_baseline(backend: Backend, file: Path | None = None) -> Baseline:
    """The backend's baseline, or that in `file`; an empty one where there is no such file.

    Raises:
        UsageError: the file is malformed, of an unknown schema, or of another backend.
    """
    path = backend.baseline if file is None else file
    if not path.exists():
        return Baseline(SCHEMA, backend.name, backend.api)
    baseline = read_baseline(path)
    if baseline.backend != backend.name:
        remedy = "move it to that backend's folder" if file is None else "name another file with --baseline"
        raise UsageError(f"{path} is the baseline of {clean(baseline.backend, 100)!r}: {remedy}.")
    if baseline.api != backend.api:
        raise UsageError(
            f"{path} is a baseline of the API {clean(baseline.api, 100)!r} and {backend.name} is of "
            f"{backend.api!r}: give {backend.name} a baseline of its own API."
        )
    return baseline


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file.

    Raises:
        UsageError: the file is malformed or of an unknown schema.
    """
    try:
        baseline = msgspec.toml.decode(read_at_most(path, MAX_FILE), type=Baseline)
    except TooLargeError:
        raise UsageError(f"{path} is larger than {MAX_FILE >> 20} MiB: join its cases with globs.") from None
    except (OSError, UnicodeDecodeError, RecursionError, msgspec.MsgspecError, ValueError) as error:
        raise UsageError(f"{path} is not a baseline ({clean(str(error), 300)}): correct it.") from None
    if baseline.schema not in READABLE:
        raise UsageError(
            f"{path} has baseline schema {baseline.schema} and this harness reads "
            f"{', '.join(map(str, READABLE))}: upgrade the harness."
        )
    if baseline.schema >= SCHEMA and not baseline.versions:
        raise UsageError(
            f"{path} does not say which versions it is for: "
            'write a line such as versions = { keras = "2.3.1" } above its entries.'
        )
    for entry in baseline.known:
        if set(entry.verdicts) - DEVIATIONS:
            raise UsageError(
                f"{path} lists a verdict that is not a deviation in {entry.title!r}: remove that entry."
            )
    return baseline
