"""The tutorials are followed to the letter: files are written, commands run, and what they print is what is
shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.backends import find_backend
from harness.runtimes.venv import VenvRuntime
from tests import ROOT
from tests.bare import Machine, installed

TUTORIALS = {
    name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("tutorial.md", "plugin-tutorial.md")
}
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = "..."


def blocks(text: str) -> list[tuple[str, str, str]]:
    """Every code block: the line before it, which says what to do with it, its language and its text."""
    return [
        (text[: found.start()].rstrip("\n").splitlines()[-1], found["language"], found["text"])
        for found in BLOCK.finditer(text)
    ]


def commands(text: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines shown under it."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def shows(printed: list[str], shown: list[str]) -> bool:
    """Whether `shown` is `printed`, but for the width of columns and the lines that a line of three dots
    stands for."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == LEFT_OUT else re.escape(squeezed(line)) + r"\n" for line in shown
    )
    return re.fullmatch(pattern, "".join(squeezed(line) + "\n" for line in printed)) is not None


def squeezed(line: str) -> str:
    return " ".join(line.split())


def test_what_counts_as_shown():
    assert shows(["a", "b   1  "], ["a", "b 1"])
    assert shows(["a", "b", "c"], ["...", "c"])
    assert shows(["a", "b", "c"], ["a", "...", "b", "..."])
    assert not shows(["a", "b", "c"], ["a", "c"])
    assert not shows(["a", "b", "c"], ["...", "c", "b", "..."])
    assert not shows(["a"], [])


@pytest.mark.parametrize("name", TUTORIALS)
def test_every_block_says_what_to_do_with_it(name):
    assert len(blocks(TUTORIALS[name])) * 2 == TUTORIALS[name].count("```")
    for said, language, _ in blocks(TUTORIALS[name]):
        known = re.fullmatch(r"Write `\S+`:|Add to `\S+`:|In `\S+` replace|by", said)
        assert language == "console" or (language == "python" and known), said


@pytest.mark.venv
@pytest.mark.slow
@pytest.mark.parametrize(("name", "like"), [("tutorial.md", "cntk"), ("plugin-tutorial.md", "ops-numpy")])
def test_the_tutorial_works(name, like, tmp_path):
    if problem := VenvRuntime().problem(find_backend(like)):
        pytest.skip(problem)
    bare = installed(tmp_path)
    work = tmp_path / "work"
    work.mkdir()
    replaced = (Path(), "")
    ran = 0
    for said, language, text in blocks(TUTORIALS[name]):
        if language == "console":
            for command, shown in commands(text):
                follow(command, shown, bare, work)
                ran += 1
        elif said == "by":
            path, old = replaced
            assert path.read_text().count(old) == 1
            path.write_text(path.read_text().replace(old, text))
        else:
            path = work / said.split("`")[1]
            if said.startswith("Write"):
                assert not path.exists()
                path.write_text(text)
            elif said.startswith("Add"):
                path.write_text(path.read_text() + "\n\n" + text)
            else:
                replaced = path, text
    assert ran == len(re.findall(r"^\$ ", TUTORIALS[name], re.MULTILINE))


def follow(command: str, shown: list[str], bare: Machine, folder: Path) -> None:
    """Runs a command as a reader in `folder` would, and holds its standard output against what is shown."""
    # The page is the same in both runtimes; without a daemon it is followed in a virtual environment.
    done = bare.sh(command, folder)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert shows(done.stdout.splitlines(), shown), f"$ {command}\n{done.stdout}\n{done.stderr}"
