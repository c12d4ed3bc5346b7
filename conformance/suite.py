"""Which files an API's suite consists of, and their digest: verdicts of different suites are not comparable.

The harness loads this file by itself, so it imports nothing of the suite.
"""
import ast
import hashlib
import os

ROOT = os.path.dirname(os.path.abspath(__file__))
_ORACLE = "conformance.oracle"


def files(api):
    """The files that `api` is judged with, by relative name, sorted: what all APIs share, its own folder, and
    its oracles.

    A row or an oracle of another API is not among them, so that it changes nothing here.
    """
    found = {}
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        for name in names:
            relative = os.path.relpath(os.path.join(folder, name), ROOT).replace(os.sep, "/")
            if name.endswith(".py") and _belongs(relative, api):
                found[relative] = _read(relative)
    wanted = [name for content in found.values() for name in _oracles(content)]
    while wanted:
        relative = wanted.pop()
        if relative not in found:
            found[relative] = _read(relative)
            wanted += _oracles(found[relative])
    return dict(sorted(found.items()))


def digest(api):
    """Sixteen hexadecimal digits that change with any of the files."""
    total = hashlib.sha256()
    for name, content in files(api).items():
        total.update(name.encode() + b"\0" + content)
    return total.hexdigest()[:16]


def _belongs(relative, api):
    parts = relative.split("/")
    if parts[0] == "apis" and len(parts) > 2:
        return parts[1] == api
    return parts[0] != "oracle" or relative == "oracle/__init__.py"


def _oracles(content):
    """The oracle modules that a file imports."""
    for node in ast.walk(ast.parse(content)):
        if isinstance(node, ast.ImportFrom) and node.module == _ORACLE:
            names = [_ORACLE + "." + alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            if name.startswith(_ORACLE + "."):
                yield name[len("conformance."):].replace(".", "/") + ".py"


def _read(relative):
    with open(os.path.join(ROOT, *relative.split("/")), "rb") as stream:
        return stream.read()
