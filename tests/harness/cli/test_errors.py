"""What the verbs say when they cannot do what is asked: whole words on a terminal, a line in a pipe."""

from __future__ import annotations

import pytest

from tests import terminal

WRONG = [
    ["run", "cmtk"],
    ["run", "cntk", "--profile", "ful"],
    ["rum"],
    ["merge", "no-such-directory-of-journals-anywhere-on-this-machine"],
    ["diff", "a-matrix-that-does-not-exist.json", "another-that-does-not-exist.json"],
]


@pytest.mark.parametrize("arguments", WRONG)
def test_a_terminal_gets_lines_of_its_width_and_whole_words(arguments, conform, monkeypatch):
    said = conform(*arguments).err
    assert max(len(line) for line in said.splitlines()) > 60
    shown = terminal.conform(arguments, 60, monkeypatch)
    assert all(len(line) <= 60 or " " not in line for line in shown.splitlines())
    assert shown.split() == said.split()


def test_a_pipe_gets_a_sentence_as_a_line(conform, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    said = conform("run", "cmtk").err
    assert said.startswith("conform: ")
    assert said.count("\n") == 1
