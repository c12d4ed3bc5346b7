"""All promises of an API with their cases, as the suite states them, and a part of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from harness.choosing import matching, unmatched
from harness.errors import UsageError
from harness.profiles import PROFILES
from harness.reader import ask
from harness.runtimes.base import Report
from harness.text import suggestion


class ListedCase(msgspec.Struct, frozen=True):
    """A case; `profile` is the smallest profile that has it."""

    id: str
    profile: str


class Promise(msgspec.Struct, frozen=True):
    """A promise; `at` and `release` are its place. Where it does not count, the documentation is silent."""

    text: str
    at: str
    release: str
    counts: bool
    cases: tuple[ListedCase, ...]


class Function(msgspec.Struct, frozen=True):
    """A function of an API."""

    name: str
    area: str
    promises: tuple[Promise, ...]


class Suite(msgspec.Struct, frozen=True):
    """An API; `title` is its short name in sentences."""

    api: str
    title: str
    functions: tuple[Function, ...]

    @property
    def ids(self) -> list[str]:
        """The ids of all cases."""
        return [case.id for function in self.functions for kept in function.promises for case in kept.cases]


def read_suite(told: Mapping[str, str], report: Report) -> Suite:
    """The API that `told` names. Raises as harness.reader.ask does."""
    return msgspec.json.decode(ask("--promises", told, report), type=Suite)


def promise_texts(suite: Suite, ids: Iterable[str]) -> dict[str, str]:
    """The promises of these cases, each with its place, by id."""
    wanted = set(ids)
    return {
        case.id: f"{promise.text} ({promise.at})"
        for function in suite.functions
        for promise in function.promises
        for case in promise.cases
        if case.id in wanted
    }


def part_of(suite: Suite, globs: Sequence[str], profile: str | None, area: str | None) -> Suite:
    """The suite with the cases that match a glob, are of the profile, and are of the area.

    Raises:
        UsageError: there is no such area, a glob matches nothing, or no case is left.
    """
    areas = {function.area for function in suite.functions}
    if area is not None and area not in areas:
        raise UsageError(f"Unknown area {area!r}: {suggestion(area, areas)}.")
    everything = suite.ids
    for glob in globs:
        if not matching(everything, [glob]):
            raise UsageError(unmatched(glob, everything))
    wanted = set(matching(everything, globs) if globs else everything)
    profiles = PROFILES[: PROFILES.index(profile) + 1] if profile else PROFILES
    kept = [
        msgspec.structs.replace(function, promises=tuple(_promises(function, wanted, profiles)))
        for function in suite.functions
        if area in (None, function.area)
    ]
    found = msgspec.structs.replace(
        suite, functions=tuple(function for function in kept if function.promises)
    )
    if not found.functions:
        raise UsageError("No case is of all that was asked for: leave out --profile, --area or a GLOB.")
    return found


def _promises(function: Function, wanted: set[str], profiles: Sequence[str]) -> Iterator[Promise]:
    for promise in function.promises:
        cases = tuple(case for case in promise.cases if case.id in wanted and case.profile in profiles)
        if cases:
            yield msgspec.structs.replace(promise, cases=cases)


def lines(suite: Suite) -> Iterator[str]:
    """Each promise with its cases below it, the profile before the id."""
    for function in suite.functions:
        for promise in function.promises:
            open_question = "" if promise.counts else " [not counted: the documentation leaves it open]"
            yield f"{function.area}/{function.name}: {promise.text} ({promise.at}){open_question}"
            yield from (f"  {case.profile:<8}  {case.id}" for case in promise.cases)
    count = len(suite.ids)
    yield f"{count} case{'' if count == 1 else 's'}"
