"""Small faults for the source of a Keras backend: each is a single change of a statement of a function.

`mutants(source)` finds all of them. Strings of messages, docstrings and the names of nodes are left alone: no
document promises those.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_BINARY = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div}
_COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Mutant:
    """A fault: the function it is in, what was done, the statement before and after, the whole source, and
    the file it belongs to, where that is known.
    """

    function: str
    operator: str
    before: str
    after: str
    source: str
    file: Path | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when other lines of the file change."""
        return self.function, self.before, self.after


@dataclass(frozen=True)
class _Change:
    """A node that stands at `field` (and `index`, in a list) of its parent, and what takes its place."""

    operator: str
    field: str
    index: int | None
    new: ast.AST | None


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of the functions at the top of a module, in the order of its lines."""
    lines = source.splitlines(keepends=True)
    for function in ast.parse(source).body:
        if isinstance(function, ast.FunctionDef):
            yield from _of_function(function, lines)


def _of_function(function: ast.FunctionDef, lines: list[str]) -> Iterator[Mutant]:
    start = min([function.lineno, *(node.lineno for node in function.decorator_list)]) - 1
    seen = set()
    # The same walk over a copy finds the same nodes, so that a change can be made in the copy.
    for place, node in enumerate(ast.walk(function)):
        for number, change in enumerate(_changes(node)):
            twin = copy.deepcopy(function)
            parent = next(other for at, other in enumerate(ast.walk(twin)) if at == place)
            again = list(_changes(parent))[number]
            _make(parent, again)
            text = ast.unparse(ast.fix_missing_locations(twin))
            if text in seen:
                continue
            seen.add(text)
            before, after = _difference(ast.unparse(function), text)
            if before == after or _in_message(before):
                continue
            changed = [*lines[:start], text + "\n", *lines[function.end_lineno :]]
            yield Mutant(function.name, change.operator, before, after, "".join(changed))


def _make(parent: ast.AST, change: _Change) -> None:
    if change.index is None:
        setattr(parent, change.field, change.new)
        return
    items = getattr(parent, change.field)
    items[change.index : change.index + 1] = [] if change.new is None else [change.new]


def _difference(old: str, new: str) -> tuple[str, str]:
    """The lines that differ, joined."""
    before, after = old.split("\n"), new.split("\n")
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return " ".join(map(str.strip, before)), " ".join(map(str.strip, after))


def _in_message(line: str) -> bool:
    return line.startswith(("raise ", "warnings.warn("))


def _changes(node: ast.AST) -> Iterator[_Change]:
    """The changes of the children of a node; it is called twice on equal nodes and must answer alike."""
    for field, value in ast.iter_fields(node):
        if isinstance(value, list):
            yield from _of_list(node, field, value)
        elif isinstance(value, ast.expr):
            for operator, new in _of_expression(value):
                yield _Change(operator, field, None, new)
    for rule in _RULES:
        yield from rule(node)


def _of_list(node: ast.AST, field: str, items: list) -> Iterator[_Change]:
    for index, item in enumerate(items):
        if isinstance(item, ast.expr) and field != "decorator_list":
            for operator, new in _of_expression(item):
                yield _Change(operator, field, index, new)
        if isinstance(item, ast.stmt):
            yield from _of_statement(field, index, item)
        if isinstance(item, ast.keyword) and item.arg not in (None, "name") and field == "keywords":
            yield _Change("argument dropped", field, index, None)
    if field == "args" and isinstance(node, ast.Call) and len(items) > 1:
        yield _Change("argument dropped", field, len(items) - 1, None)
    if field == "elts" and isinstance(node, (ast.List, ast.Tuple)) and len(items) > 1:
        yield _Change("element dropped", field, len(items) - 1, None)


def _of_statement(field: str, index: int, item: ast.stmt) -> Iterator[_Change]:
    documented = isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant)
    if isinstance(item, (ast.Expr, ast.AugAssign)) and not documented:
        yield _Change("statement dropped", field, index, ast.Pass())
    if isinstance(item, ast.If) and not item.orelse:
        yield _Change("statement dropped", field, index, ast.Pass())
    if isinstance(item, ast.Assign):
        target = item.targets[0]
        own = isinstance(target, ast.Name) and any(
            isinstance(node, ast.Name) and node.id == target.id for node in ast.walk(item.value)
        )
        if own or not isinstance(target, ast.Name):
            yield _Change("statement dropped", field, index, ast.Pass())


def _of_expression(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """What may stand in place of an expression."""
    for rule in _EXPRESSIONS:
        yield from rule(node)


def _constants(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield "constant changed", ast.Constant(not value)
    elif isinstance(value, int):
        yield "constant changed", ast.Constant(value + 1)
        if value > 0:
            yield "constant changed", ast.Constant(value - 1)
    elif isinstance(value, float):
        yield "constant changed", ast.Constant(value * 1.01 if value else 0.01)
    elif isinstance(value, str) and value.isidentifier() and len(value) < 20:
        yield "constant changed", ast.Constant(value + "_")


def _casts(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """A call of several arguments gives back its first one: a cast, a reshape, a clip that is not made."""
    if isinstance(node, ast.Call) and node.args and not isinstance(node.args[0], ast.Starred):
        yield "call dropped", copy.deepcopy(node.args[0])
        if len(node.args) > 1:
            swapped = copy.deepcopy(node)
            swapped.args[:2] = swapped.args[1::-1]
            yield "arguments swapped", swapped


def _operators(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY and not _is_text(node):
        changed = copy.deepcopy(node)
        changed.op = _BINARY[type(node.op)]()
        yield "operator changed", changed
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        yield "operator dropped", copy.deepcopy(node.operand)
    if isinstance(node, ast.BoolOp):
        yield "condition cut", copy.deepcopy(node.values[0])
        yield "condition cut", copy.deepcopy(node.values[-1])
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
        changed = copy.deepcopy(node)
        changed.ops[0] = _COMPARED[type(node.ops[0])]()
        yield "comparison changed", changed


def _falsy(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """`x is None` also takes an empty or zero x for None."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Is, ast.IsNot)):
        other = node.comparators[0]
        if isinstance(other, ast.Constant) and other.value is None:
            left = copy.deepcopy(node.left)
            yield (
                "None or false",
                left if isinstance(node.ops[0], ast.IsNot) else ast.UnaryOp(ast.Not(), left),
            )


def _slices(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        for bound in ("lower", "upper", "step"):
            if getattr(node.slice, bound) is not None:
                changed = copy.deepcopy(node)
                setattr(changed.slice, bound, None)
                yield "bound dropped", changed


def _is_text(node: ast.BinOp) -> bool:
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(node))


def _defaults(node: ast.AST) -> Iterator[_Change]:
    """A default of None becomes zero; other defaults are constants, which change like any other."""
    if isinstance(node, ast.arguments):
        for index, default in enumerate(node.defaults):
            if isinstance(default, ast.Constant) and default.value is None:
                yield _Change("default changed", "defaults", index, ast.Constant(0))


_EXPRESSIONS: list[Callable[[ast.expr], Iterator[tuple[str, ast.expr]]]] = [
    _constants,
    _casts,
    _operators,
    _falsy,
    _slices,
]
_RULES: list[Callable[[ast.AST], Iterator[_Change]]] = [_defaults]
