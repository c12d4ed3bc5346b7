"""The part of a message that stays the same when addresses, numbers and paths change from run to run."""

from __future__ import annotations

import re

from harness.text import one_line

LENGTH = 200

_ADDRESS = re.compile(r"\b0x[0-9A-Fa-f]+\b")
_PATH = re.compile(r"(?<![\w/.])(?:~|[A-Za-z]:)?(?:[/\\][\w.+@-]+){2,}[/\\]?(?:, line \d+)?")
# float32 and conv2d are names; "1.5e-07", the "_12" of a generated name and the ":0" of a tensor are numbers.
_NAME = r"\b(?:u?int|float|complex|bfloat)(?:8|16|32|64|128)(?:_ref)?\b|(?<=[A-Za-z_])\d[dD]\b"
_NUMBER = r"(?:(?<![\w.])[-+])?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?"
_NAME_OR_NUMBER = re.compile(f"(?P<name>{_NAME})|{_NUMBER}")
# The names of nodes and tensors of a TensorFlow graph depend on what else is in the graph: a case must read
# the same when it is evaluated alone. The description of a node lists its attributes in any order and is cut
# short.
_NODE = re.compile(r"\{\{node [^}]*\}\}(?: (?:=|with these attrs:).*)?")
_TENSOR = re.compile(r"(?<=[A-Za-z#])_#(?=:#)")
# MXNet checks the dimensions in turn, some of them uninitialised: the rest of the message says which failed
# first.
_CHECK = re.compile(r"(Check failed: .*?\(# vs\. #\)).*")
_NUMBERS = re.compile(r"([(\[])(?:#|None)(?:, ?(?:#|None))*,?([)\]])")


def fingerprint(message: str) -> str:
    """The message without addresses, paths and numbers, on one line of at most LENGTH characters.

    A list or tuple of numbers and None of whatever length becomes one `#`, so that messages about shapes and
    indices of different ranks agree.
    """
    text = one_line(message, 2000)
    text = _ADDRESS.sub("#", text)
    text = _PATH.sub("<path>", text)
    text = _NODE.sub("{{node}}", text)
    text = _NAME_OR_NUMBER.sub(lambda match: match.group("name") or "#", text)
    text = _CHECK.sub(r"\1", _TENSOR.sub("", text))
    return one_line(_NUMBERS.sub(r"\1#\2", text), LENGTH)
