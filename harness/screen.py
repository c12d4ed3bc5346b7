"""Sentences on a terminal: broken between words at its width; in a pipe or a file each is a line."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import TextIO

import click

_USUAL = 80


def say(text: str, err: bool = True, indent: str = "") -> None:
    """Prints sentences to stderr, or to stdout; on a terminal, lines after the first are indented."""
    stream = sys.stderr if err else sys.stdout
    click.echo("\n".join(wrapped(text, terminal_width(stream), indent)), err=err)


def terminal_width(stream: TextIO) -> int | None:
    """The columns of the terminal that the stream goes to; None for a pipe or a file."""
    if not stream.isatty():
        return None
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    except (OSError, ValueError):
        return _USUAL


def command_lines(command: str, width: int | None, indent: str) -> list[str]:
    """A command in indented lines of at most `width` columns, broken as a shell reads it: to be copied."""
    lines = wrapped(indent + command, width and width - 2, f"{indent}  ")
    return [f"{line} \\" for line in lines[:-1]] + lines[-1:]


def wrapped(text: str, width: int | None = None, indent: str = "") -> list[str]:
    """The text in lines of at most `width` columns, but that no word is broken; None leaves lines whole.

    Lines after the first are indented.
    """
    if width is None:
        return text.splitlines()
    wrapper = textwrap.TextWrapper(
        width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return [line for part in text.splitlines() for line in wrapper.wrap(part) or [""]]
