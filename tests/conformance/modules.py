"""The modules of this checkout and what each imports, read from their source: nothing is imported for it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests import ROOT


@cache
def modules(package: str) -> dict[str, ast.Module]:
    """The syntax trees of a package's modules, by dotted name; a package has that of its `__init__`."""
    found = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "_data" not in parts:
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


def source(name: str) -> Path:
    """The file of a module."""
    path = ROOT.joinpath(*name.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imports(package: str, name: str, top_level: bool = False) -> set[str]:
    """The modules that the module `name` of `package` imports, with packages of others as they are written.

    `top_level` leaves out what is imported inside of functions, and for type checkers alone.
    """
    known, tree = modules(package), modules(package)[name]
    own = name.split(".") if source(name).name == "__init__.py" else name.split(".")[:-1]
    found = set()
    for node in _statements(tree) if top_level else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = own[:len(own) - node.level + 1] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            for alias in node.names:
                below = f"{module}.{alias.name}"
                found.add(below if below in known else module)
    return found


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported, nested or not."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from _statements(ast.Module(node.orelse, []))
            continue
        yield node
        yield from _statements(node)


def graph(package: str, top_level: bool) -> dict[str, set[str]]:
    """For each module of a package, the modules of the same package that it imports."""
    known = modules(package).keys()
    return {name: imports(package, name, top_level) & known for name in known}


def reached(edges: dict[str, set[str]], start: str) -> dict[str, str]:
    """All that `start` imports, itself or through others, each with the module that imports it."""
    found, todo = {}, [start]
    while todo:
        name = todo.pop()
        for other in edges[name]:
            if other not in found:
                found[other] = name
                todo.append(other)
    return found
