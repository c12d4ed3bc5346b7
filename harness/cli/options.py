"""Options that several verbs share, and the values they are turned into."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from harness.apis import DEFAULT_API, find_api, serves
from harness.backends import Backend, find_backend, load_backends
from harness.cli.names import ApiName, BackendName, CaseName, ProfileName, RuntimeName
from harness.errors import UsageError
from harness.files import replace_with
from harness.profiles import DEFAULT_PROFILE, PROFILES
from harness.records import COLUMN_PATTERN
from harness.runtimes import RUNTIMES
from harness.screen import say
from harness.text import one_line

if TYPE_CHECKING:
    from harness.baseline import Baseline

_Command = TypeVar("_Command", bound=Callable[..., Any])


backends_argument = click.argument("names", metavar="[BACKEND]...", nargs=-1, type=BackendName(several=True))
runtime_option = click.option(
    "--runtime",
    default="auto",
    show_default=True,
    type=RuntimeName(),
    metavar="|".join(RUNTIMES),
    help="How backends are isolated.",
)
profile_option = click.option(
    "--profile",
    default=DEFAULT_PROFILE,
    show_default=True,
    type=ProfileName(),
    metavar="|".join(PROFILES),
    help="How much of the suite.",
)
_API = "harness.api"


def _remember_api(context: click.Context, _: click.Parameter, value: str | None) -> str | None:
    context.meta[_API] = value
    return value


def _remembered(name: str) -> str | None:
    context = click.get_current_context(silent=True)
    return context.meta.get(name) if context is not None else None


api_option = click.option(
    "--api",
    type=ApiName(),
    metavar="API",
    callback=_remember_api,
    help="The API whose default set runs, or that an external module serves (default: k).",
)
module_api_option = click.option(
    "--api",
    type=ApiName(),
    metavar="API",
    callback=_remember_api,
    expose_value=False,
    help="The API that an external module serves (default: k, and ops for keras_NAME).",
)
"""For verbs that only name backends; `chosen_backend` knows what was given."""
json_option = click.option("--json", "as_json", is_flag=True, help="JSON on stdout, for machines.")


def _column(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001 - click's
    if value is not None and not re.match(COLUMN_PATTERN, value):
        raise UsageError(f"--label {value!r} is not a column name: use letters, digits, '.', '_' and '-'.")
    return value


column_option = click.option(
    "--label", metavar="NAME", callback=_column, help="The column's name instead of the backend's."
)


def selection_options(command: _Command) -> _Command:
    """The command with the options that choose cases: -k, --cases and --failed."""
    for option in (
        click.option("--failed", is_flag=True, help="Only what deviated newly when it was measured last."),
        click.option(
            "--cases",
            "globs",
            type=CaseName(),
            metavar="GLOB",
            multiple=True,
            help="Only the cases whose ids match, such as 'reduction/sum/**'; repeatable.",
        ),
        click.option("-k", "select", metavar="EXPR", help="Only the cases that pytest's -k selects."),
    ):
        command = option(command)
    return command


_SDISTS = "harness.allow_sdist"


def _remember_sdists(context: click.Context, _: click.Parameter, value: bool) -> None:
    context.meta[_SDISTS] = value


def sdists_allowed() -> bool:
    """Whether the running command was given --allow-sdist."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_SDISTS))


def given_options(path: Path | None, requirements: Path | None, keras: str | None) -> tuple[str, ...]:
    """The options by which an external module is found, as they were given."""
    api = _remembered(_API)
    options = (("--api", api), ("--path", path), ("--requirements", requirements), ("--keras", keras))
    given = [str(part) for option, value in options if value is not None for part in (option, value)]
    return (*given, "--allow-sdist") if sdists_allowed() else tuple(given)


def detail_options(command: _Command) -> _Command:
    """The command with -v and -q, which say how much a report shows."""
    for option in (
        click.option("-q", "--quiet", "shown", flag_value="quiet", help="Only the summary."),
        click.option(
            "-v", "--verbose", "shown", flag_value="full", help="Functions, and known deviations by reason."
        ),
    ):
        command = option(command)
    return command


def module_options(command: _Command) -> _Command:
    """The command with the options of an external module: --path, --requirements, --allow-sdist, --keras.

    What is done with --allow-sdist is the same everywhere: it is not a parameter but `sdists_allowed`.
    """
    path = click.Path(path_type=Path)
    for option in (
        click.option(
            "--allow-sdist",
            is_flag=True,
            expose_value=False,
            callback=_remember_sdists,
            help="Build requirements without a wheel from source, which runs their code.",
        ),
        click.option(
            "--keras",
            metavar="VERSION",
            help="Another release of Keras than the pinned one; several with commas, or as 2.0.0..2.3.1.",
        ),
        click.option(
            "--requirements", type=path, metavar="FILE", help="The requirements of an external module."
        ),
        click.option(
            "--path", type=path, metavar="DIR", help="The directory of an external module (default: .)."
        ),
    ):
        command = option(command)
    return command


baselines_option = click.option(
    "--baseline",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The known deviations of an external module, as `conform baseline` wrote them.",
)


def given_baselines(files: Sequence[Path], judged: Iterable[Backend] | None = None) -> dict[Path, Baseline]:
    """The baselines in these files, by file; with `judged`, each must be of one of these backends.

    Raises:
        UsageError: a file does not exist, is not a baseline, or is of another backend.
    """
    from harness.baseline import read_baseline
    from harness.baseline_check import by_backend

    for file in files:
        if not file.exists():
            raise UsageError(
                f"{file} does not exist: write it with `conform baseline MODULE --baseline {file}`."
            )
    given = {file: read_baseline(file) for file in files}
    if judged is not None:
        by_backend(given, {backend.name for backend in judged})
    return given


def chosen_backends(
    names: Sequence[str],
    path: Path | None = None,
    requirements: Path | None = None,
    keras: str | None = None,
    api: str | None = None,
) -> list[Backend]:
    """The backends called `names`, separated by spaces or commas; the default set of `api` without a name.

    A dotted name that is not registered, or `module:NAME`, is an external module, found by the other
    arguments. `keras` names releases of the front end, each of which makes a backend of its own.

    Raises:
        UsageError: a name is unknown, the default set is empty, or the backends are of two APIs.
    """
    known = load_backends()
    asked = find_api(api or DEFAULT_API).name
    wanted = list(dict.fromkeys(name for item in names for name in item.split(",") if name))
    if not wanted:
        defaults = [backend for backend in known.values() if backend.default and backend.api == asked]
        if not defaults:
            raise UsageError(f"The API {asked!r} has no default set: name a backend of `conform list`.")
        wanted = [backend.name for backend in defaults]
    found = [
        backend for name in wanted for backend in _of_releases(name, path, requirements, keras, known, api)
    ]
    expected = asked if api else found[0].api
    for backend in found:
        if backend.api != expected:
            against = "--api asks for" if api else f"{found[0].name} is of"
            raise UsageError(
                f"{backend.name} is a backend of the API {backend.api!r}, and {against} {expected!r}: "
                f"{_namesake(backend, expected, known)}run the backends of one API at a time."
            )
    return found


def _namesake(backend: Backend, api: str, known: Mapping[str, Backend]) -> str:
    """A suggestion: the backend of `api` that Keras calls by the same name, if there is one."""
    for other in known.values():
        if (other.api, other.keras_backend, other.device) == (api, backend.keras_backend, backend.device):
            return f"did you mean {other.name!r}? Otherwise "
    return ""


def chosen_backend(
    name: str,
    path: Path | None = None,
    requirements: Path | None = None,
    keras: str | None = None,
    known: dict[str, Backend] | None = None,
    api: str | None = None,
) -> Backend:
    """The registered backend or external module called `name`, of one release.

    Raises as chosen_backends does, and for several releases.
    """
    known = load_backends() if known is None else known
    found = _of_releases(name, path, requirements, keras, known, api)
    if len(found) > 1:
        raise UsageError(f"--keras {keras!r} names {len(found)} releases: name a single release here.")
    return found[0]


def _of_releases(
    name: str,
    path: Path | None,
    requirements: Path | None,
    keras: str | None,
    known: dict[str, Backend],
    api: str | None,
) -> list[Backend]:
    """The backend once for each release that is asked for."""
    from harness.module.names import PREFIX, is_external

    if is_external(name, known):
        from harness.module.backend import external_backend

        asked = serves(name, api or _remembered(_API))
        return [external_backend(name, path, requirements, keras, asked, sdists_allowed())]
    if name not in known and (path or requirements or _is_here(name)):
        raise UsageError(
            f"Unknown backend {name!r}: a module of your own without a dot in its name is written "
            f"{PREFIX}{name}."
        )
    backend = find_backend(name, known)
    if keras is None:
        return [backend]
    from harness.releases import of_release, read_releases
    from harness.runtimes.frontends import published

    return [of_release(backend, release) for release in read_releases(keras, backend, published)]


def _is_here(name: str) -> bool:
    """Whether a module of that name is in the current directory."""
    from harness.module.source import candidates

    return name.isidentifier() and any(file.is_file() for file in candidates(name, Path()))


def writable_directory(path: Path) -> Path:
    """The directory, made if it is missing.

    Raises:
        UsageError: it cannot be made or written to.
    """
    probe = path / f".conform-probe-{id(path):x}"
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written to ({error.strerror}): choose another directory with --out."
        ) from None
    return path


def write_output(out: Path | None, text: str | bytes | Iterable[bytes]) -> None:
    """Writes to a file, or to stdout for None and "-"; a long text may come in pieces.

    Raises:
        UsageError: the file cannot be written.
    """
    data = text.encode() if isinstance(text, str) else text
    pieces = (data,) if isinstance(data, bytes) else data
    if out is None or str(out) == "-":
        sys.stdout.buffer.writelines(pieces)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        replace_with(out, pieces)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}): choose another --out.") from None


def preparing(what: str) -> Callable[[str], None]:
    """A report that says on stderr what is done to prepare `what`."""

    def report(line: str) -> None:
        say(f"{what}: {one_line(line)}")

    return report
