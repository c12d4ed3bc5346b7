"""The values that verbs take by name: a click type each, which a shell completes.

A shell completes while its user types: what is offered is read from files that are there, and an error offers
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from harness.apis import DEFAULT_API, find_api, load_apis
from harness.errors import ConformError, UsageError
from harness.profiles import PROFILES
from harness.runtimes import RUNTIMES
from harness.text import suggestion

if TYPE_CHECKING:
    _ParamType = click.ParamType[Any]
else:  # it takes no argument in every click that serves
    _ParamType = click.ParamType

_RESULTS = Path("results")


class Name(_ParamType):
    """A name; `several` may be given at once, separated by commas."""

    name = "name"

    def __init__(self, several: bool = False) -> None:
        self.several = several

    def known(self, ctx: click.Context) -> Mapping[str, str]:
        """The names that a shell offers, each with what it means, or with nothing."""
        raise NotImplementedError

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click's
        incomplete: str,
    ) -> list[CompletionItem]:
        """The known names that go on as the incomplete one."""
        before, comma, last = incomplete.rpartition(",") if self.several else ("", "", incomplete)
        taken = before.split(",")
        try:
            return [
                self.item(f"{before}{comma}{name}", about)
                for name, about in self.offered(ctx, last)
                if name not in taken
            ]
        except (ConformError, OSError):
            return []

    def offered(self, ctx: click.Context, incomplete: str) -> Iterator[tuple[str, str]]:
        """The names that go on as the incomplete one."""
        for name, about in self.known(ctx).items():
            if name.startswith(incomplete):
                yield name, about

    def item(self, name: str, about: str) -> CompletionItem:
        """The completion of a name."""
        return CompletionItem(name, help=about)


class OneOf(Name):
    """One of a few words; another word is refused. `what` names it in a sentence."""

    def __init__(self, what: str, words: Iterable[str]) -> None:
        super().__init__()
        self.what, self.words = what, tuple(words)

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: ARG002 - the same whatever was given
        """The words."""
        return dict.fromkeys(self.words, "")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The word. Raises UsageError with the nearest word when it is another."""
        if value not in self.words:
            raise UsageError(f"Unknown {self.what} {value!r}: {suggestion(value, self.words)}.")
        return str(value)


class ProfileName(OneOf):
    """A profile."""

    def __init__(self) -> None:
        super().__init__("profile", PROFILES)


class RuntimeName(OneOf):
    """A runtime, or auto."""

    def __init__(self) -> None:
        super().__init__("runtime", RUNTIMES)


class ApiName(Name):
    """An API; another name is refused."""

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: ARG002 - the same whatever was given
        """The APIs with their titles."""
        return {name: api.title for name, api in load_apis().items()}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The name. Raises UsageError with the nearest name when there is no such API."""
        return find_api(str(value)).name


class BackendName(Name):
    """A registered backend, or an external module, of which none is offered."""

    def known(self, ctx: click.Context) -> Mapping[str, str]:
        """The registered backends, those of --api alone where it is given."""
        from harness.backends import load_backends

        api = ctx.params.get("api")
        found = load_backends().values()
        return {backend.name: backend.title for backend in found if api in (None, backend.api)}


class LevelName(Name):
    """A level of external modules."""

    def known(self, ctx: click.Context) -> Mapping[str, str]:
        """The levels of the API, with what each says."""
        return find_api(_api(ctx)).levels


class ColumnName(Name):
    """A column of what the command reads, or of the results directory."""

    def known(self, ctx: click.Context) -> Mapping[str, str]:
        """The columns of the journals and matrices that were given."""
        given = [ctx.params.get(name) for name in ("source", "sources", "results", "out")]
        places = [path for item in given if item for path in ([item] if isinstance(item, Path) else item)]
        # Where the last word is an option, the arguments before it are not parsed.
        places = places or [Path(word) for word in ctx.args if Path(word).exists()]
        return dict.fromkeys(sorted({name for place in places or [_RESULTS] for name in _columns(place)}), "")


class AreaName(Name):
    """An area of an API."""

    def known(self, ctx: click.Context) -> Mapping[str, str]:
        """The areas of the API."""
        return {name.partition("/")[0]: "" for name in _case_ids(ctx)}


class CaseName(Name):
    """The id of a case, or a glob; ids are offered a segment at a time."""

    def offered(self, ctx: click.Context, incomplete: str) -> Iterator[tuple[str, str]]:
        """The ids, cut behind the segment that is incomplete."""
        depth = incomplete.count("/") + 1
        found: dict[str, None] = {}
        for name in _case_ids(ctx):
            if name.startswith(incomplete):
                segments = name.split("/")
                more = "/" if len(segments) > depth else ""
                found["/".join(segments[:depth]) + more] = None
        yield from ((name, "") for name in found)

    def item(self, name: str, about: str) -> CompletionItem:
        """The completion of an id, or of its beginning."""
        return CompletionItem(name, type="part" if name.endswith("/") else "plain", help=about)


def _api(ctx: click.Context) -> str:
    """The API that was given, or that of the backend that was given."""
    from harness.backends import load_backends

    if ctx.params.get("api"):
        return str(ctx.params["api"])
    names: Sequence[str] = ctx.params.get("names") or ctx.args or [""]
    name = ctx.params.get("name") or names[0].partition(",")[0]
    backend = load_backends().get(name)
    return backend.api if backend else DEFAULT_API


def _case_ids(ctx: click.Context) -> list[str]:
    from harness.caseids import case_ids

    return case_ids(_api(ctx))


def _columns(place: Path) -> Iterator[str]:
    if place.is_dir():
        yield from (path.stem for path in place.glob("*.jsonl"))
    elif place.suffix == ".jsonl":
        yield place.stem
    elif place.is_file():
        from harness.matrixio import read_matrix

        yield from (column.name for column in read_matrix(place).columns)
