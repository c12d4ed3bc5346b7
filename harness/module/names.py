"""Names of external modules on a command line: dotted and not registered, or written `module:NAME`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harness.apis import Api, is_plugin, load_apis
from harness.errors import UsageError

PREFIX = "module:"
_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*\Z")


def is_external(name: str, registered: Iterable[str]) -> bool:
    """Whether `conform run NAME` means an external module."""
    return name not in registered and (
        name.startswith(PREFIX)
        or (_NAME.match(name) is not None and "." in name)
        or any(is_plugin(name, api) for api in load_apis().values())
    )


def module_name(name: str, api: Api) -> str:
    """The module's importable name; `api` is the API that it serves.

    Raises:
        UsageError: it is not a module name, or Keras would not look for it.
    """
    plain = name.removeprefix(PREFIX)
    if not _NAME.match(plain) and plain.endswith(".py"):
        folder, _, file = plain.rpartition("/")
        path = f" with --path {folder}" if folder else ""
        raise UsageError(
            f"{plain!r} is not a module name but a file: drop .py, as in {PREFIX}{file[:-3]}{path}."
        )
    if not _NAME.match(plain):
        raise UsageError(
            f"{plain!r} is not a module name: write it as it is imported, such as my_package.my_module, "
            "and name its directory with --path."
        )
    if plain in api.reserved:
        raise UsageError(f"{plain!r} is the name of a backend of Keras: run it with `conform run {plain}`.")
    return plain


def column_name(module: str) -> str:
    """The column of a module without --label: its name, fit for a file."""
    return (
        module
        if re.match(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\Z", module)
        else "module-" + re.sub(r"\W", "-", module)[:90]
    )
