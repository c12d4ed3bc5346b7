"""The APIs that backends are judged by: `conformance/apis/<name>/api.toml` becomes a frozen Api record.

Everything that the harness has to know of one API stands in that file, so that a new API is a new folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

from harness.errors import UsageError
from harness.paths import suite_root
from harness.text import suggestion

DEFAULT_API = "k"


@dataclass(frozen=True)
class FrontEnds:
    """Releases of a front end, both ends included, that load only after what `preload` lists."""

    first: str
    last: str
    preload: tuple[str, ...]


@dataclass(frozen=True)
class Api:
    """One API. `title` names it in a sentence; `module` is the module whose functions are judged.

    `reference` is the backend whose signatures are the API's, where a backend's signatures differ at all.

    `warm` lists what an environment imports once so that its bytecode is written. No external module may have
    a `reserved` name; a name that begins with `plugins` is always that of an external module. `nightly` is
    the distribution that brings the nightlies of the front end. `front_ends` are releases that need more than
    their engine. `levels` maps the steps of a validation, in their order, to what each of them says.
    """

    schema: int
    name: str
    title: str
    about: str
    module: str
    reference: str | None = None
    warm: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    plugins: str | None = None
    nightly: str | None = None
    front_ends: tuple[FrontEnds, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)


@cache
def load_apis() -> dict[str, Api]:
    """Every API, by name.

    Raises:
        UsageError: a file is malformed or names another folder.
    """
    found = (_load(path) for path in sorted((suite_root() / "conformance" / "apis").glob("*/api.toml")))
    return {api.name: api for api in found}


def find_api(name: str) -> Api:
    """The API called `name`.

    Raises:
        UsageError: the name is unknown; the nearest name is suggested.
    """
    known = load_apis()
    if name in known:
        return known[name]
    raise UsageError(f"Unknown API {name!r}: {suggestion(name, known)}.")


def serves(name: str, asked: str | None) -> str:
    """The name of the API that an external module called `name` serves: the one `asked` for, else the one
    whose plug-ins begin like it, else the default.
    """
    if asked is not None:
        return find_api(asked).name
    return next((api.name for api in load_apis().values() if is_plugin(name, api)), DEFAULT_API)


def is_plugin(name: str, api: Api) -> bool:
    """Whether a name, with or without `module:` before it, is one that only a plug-in of `api` has."""
    return api.plugins is not None and name.removeprefix("module:").startswith(api.plugins)


def _load(path: Path) -> Api:
    try:
        api = msgspec.toml.decode(path.read_bytes(), type=Api, strict=True)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise UsageError(f"{path} cannot be read as an API ({error}): correct it.") from None
    if api.schema != 1 or api.name != path.parent.name:
        raise UsageError(
            f"{path} does not have schema 1 and the name of its folder: write schema = 1 and "
            f'name = "{path.parent.name}".'
        )
    return api


def title_of(name: str | None) -> str:
    """The title of an API for a sentence; its name when this harness does not have it."""
    known = load_apis().get(name or DEFAULT_API)
    return known.title if known else str(name)
