"""The result of a validation on a terminal and in a pipe."""

from __future__ import annotations

import shlex

import pytest
from rich.console import Console

from harness.module.report import present
from tests.fakes import case, step

MISSING = [{"name": "softsign", "signature": "softsign(x)"}]
STEPS = [
    step("found"),
    step("loads", holds=False, message=" ".join(["many words about a step"] * 8), missing=MISSING),
]
COMMAND = "conform repro a/f/x --backend my.module --path a/directory/with/a/long/name/src"


@pytest.fixture
def shown(external, tmp_path):
    """The lines of `present` in a pipe (width None) or on a terminal."""
    from harness.module.backend import external_backend

    (tmp_path / "my").mkdir()
    (tmp_path / "my" / "module.py").touch()
    backend = external_backend("my.module", tmp_path, None, None, "k", False)
    matrix = external([case("a/f/x", "fail", " ".join(["words of a message"] * 6))], STEPS)

    def show(width):
        console = Console(width=width or 80, force_terminal=width is not None, color_system=None)
        with console.capture() as captured:
            present(matrix, backend, tuple(COMMAND.split()[-2:]), console)
        return captured.get()

    return show


def test_a_terminal_gets_lines_of_its_width_and_whole_words(shown):
    text = shown(60).partition("state")[2]
    lines = text.splitlines()[1:]
    assert all(len(line) <= 60 for line in lines)
    whole = shown(None).partition("state")[2]
    assert [word for word in text.split() if word != "\\"] == whole.split()
    place = next(number for number, line in enumerate(lines) if "✗  loads" in line)
    assert lines[place].index("many") == 17
    assert len(lines[place + 1]) - len(lines[place + 1].lstrip()) == 17
    assert not any(line.endswith(" ") for line in lines)


def test_the_command_can_be_copied(shown):
    _, begin, rest = shown(60).partition("         conform repro")
    command = (begin + rest).partition("\n  and")[0]
    assert shlex.split(command.replace("\\\n", "")) == COMMAND.split()
    assert f"         {COMMAND}\n" in shown(None)
