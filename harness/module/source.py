"""The files of an external module: found below the given directory only, and bounded in number and size."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from harness.errors import UsageError

MOST_BYTES = 64 << 20
MOST_FILES = 10_000
# Folders of a checkout that are not source; a virtual environment is known by its own file.
_NOT_SOURCE = {"__pycache__", "node_modules"}
_ENVIRONMENT = "pyvenv.cfg"


def locate(module: str, root: Path) -> Path | None:
    """The file of `module` below `root` (of a package its __init__.py), or None.

    Raises:
        UsageError: `root` is not a directory, or a symbolic link leads to a file outside it.
    """
    try:
        true_root = root.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise UsageError(
            f"--path {root} cannot be used ({_why(error)}): name the directory the module is in."
        ) from None
    if not true_root.is_dir():
        raise UsageError(
            f"--path {root} is not a directory: name the directory that {module.split('.')[0]} is in."
        )
    for candidate in candidates(module, true_root):
        if candidate.is_file():
            if not candidate.resolve().is_relative_to(true_root):
                raise UsageError(
                    f"{module} is {candidate.resolve()}, which lies outside --path {root}: "
                    "name the directory that it is in."
                )
            return candidate
    return None


def candidates(module: str, root: Path) -> Iterator[Path]:
    """The files that could be the module, the most usual first."""
    place = root.joinpath(*module.split("."))
    yield place / "__init__.py"
    yield place.with_name(f"{place.name}.py")
    # A compiled module: my_module.so, my_module.cpython-36m-x86_64-linux-gnu.so.
    if place.parent.is_dir():
        yield from sorted(place.parent.glob(f"{place.name}*.so"))


def files(root: Path) -> dict[str, bytes]:
    """The files below `root` that may be part of the module, by relative path.

    Hidden files, byte code, virtual environments, and links that lead outside are left out.

    Raises:
        UsageError: there are more or larger files than a module has, or a file cannot be read.
    """
    found: dict[str, bytes] = {}
    size = 0
    try:
        for path in _walk(root.resolve()):
            found[path.relative_to(root.resolve()).as_posix()] = content = path.read_bytes()
            size += len(content)
            if size > MOST_BYTES or len(found) > MOST_FILES:
                raise UsageError(
                    f"{root} holds more than {MOST_BYTES >> 20} MiB or {MOST_FILES} files: "
                    "name with --path a directory that has little besides the module."
                )
    except OSError as error:
        raise UsageError(
            f"{error.filename} cannot be read ({error.strerror}): check its permissions."
        ) from None
    return found


def stamp(root: Path, results: Path) -> dict[str, tuple[int, int]]:
    """The time of change and the size of these files; `results`, where runs write, is left out."""
    stamps = {}
    ours = results.resolve()
    for path in _walk(root.resolve()):
        if path.is_relative_to(ours):
            continue
        try:
            status = path.stat()
        except OSError:  # an editor replaces files
            continue
        stamps[str(path)] = (status.st_mtime_ns, status.st_size)
    return stamps


def write(tree: dict[str, bytes], folder: Path) -> None:
    """Writes the files into a folder."""
    for name, content in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        if _ENVIRONMENT in names:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _NOT_SOURCE)
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith(".") or name.endswith(".pyc"):
                continue
            # realpath, because resolve() raises on a link that leads to itself.
            inside = not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(root)
            if inside and path.is_file():
                yield path


def _why(error: Exception) -> str:
    return (error.strerror or "").lower() if isinstance(error, OSError) else "a link that leads to itself"
