"""Sentences on a terminal: broken between words at its width; in a pipe or a file each is a line."""

from __future__ import annotations

import shutil
import sys
import textwrap

import click


def say(text: str, err: bool = True) -> None:
    """Prints sentences to stderr, or to stdout."""
    stream = sys.stderr if err else sys.stdout
    width = shutil.get_terminal_size().columns if stream.isatty() else None
    click.echo("\n".join(wrapped(text, width)), err=err)


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
