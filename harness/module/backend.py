"""An external module as a Backend record, so that every runtime and every verb works with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from harness.apis import DEFAULT_API, find_api
from harness.backends import Backend, ModuleSource, load_host
from harness.errors import UsageError
from harness.module.names import PREFIX, module_name
from harness.module.requirements import check
from harness.module.source import candidates, locate
from harness.text import one_line

_MOST_REQUIREMENTS = 1 << 20
# What the versions of nightlies have in them.
_NIGHTLY = "dev"


def external_backend(
    name: str,
    path: Path | None = None,
    requirements: Path | None = None,
    keras: str | None = None,
    api: str = DEFAULT_API,
    allow_sdist: bool = False,
) -> Backend:
    """The external module called `name`, with or without `module:` before it, below `path` (default: here).

    With `requirements` the module may also come from one of the packages they install. `keras` is another
    version of the front end. `allow_sdist` lets requirements be built from source.

    Raises:
        UsageError: the module is not below `path`, or the requirements cannot be read or are refused.
    """
    host = load_host(api)
    module = module_name(name, find_api(api))
    root = Path() if path is None else path
    extra = _read(requirements) if requirements is not None else ""
    if locate(module, root) is None and not extra:
        if module.endswith(".py"):
            plain = module.removesuffix(".py")
            raise UsageError(
                f"There is no module {module}. A module is named without the end of its file: "
                f"drop .py, as in {PREFIX}{plain}."
            )
        tried = ", ".join(str(file) for file in candidates(module, root) if file.suffix == ".py")
        raise UsageError(
            f"There is no module {module} (searched {tried}): name its directory with --path, "
            "or the file of its requirements with --requirements."
        )
    if keras is not None:
        if not keras.replace(".", "").isalnum():
            raise UsageError(f"--keras {keras!r} is not a version: give a version such as {host.keras}.")
        nightly = find_api(api).nightly
        if nightly is None:
            extra = f"keras=={keras}\n{extra}"
        elif keras != host.keras:
            host = replace(host, release=keras, front_end=nightly if _NIGHTLY in keras else "keras")
    return replace(
        host,
        name=module,
        title=one_line(module, 100),
        keras=keras or host.keras,
        keras_backend=module,
        module=ModuleSource(module, root.resolve(), extra, allow_sdist),
    )


def _read(path: Path) -> str:
    try:
        text = path.read_bytes()[: _MOST_REQUIREMENTS + 1].decode()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise UsageError(f"--requirements {path} cannot be read ({why}): name a requirements file.") from None
    if len(text) > _MOST_REQUIREMENTS:
        raise UsageError(f"--requirements {path} is larger than 1 MiB: name a requirements file.")
    check(text, path)
    return text
