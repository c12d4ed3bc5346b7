from __future__ import annotations

import re

import pytest

import harness.runtimes
from tests import terminal
from tests.fakes import FakeRuntime, replay

TITLE = "A title of a backend that says all of its versions and does not fit into forty columns"


@pytest.fixture
def runtimes(backends, monkeypatch):
    """Two runtimes: venv with all backends but theano, and docker that cannot be used."""
    docker = FakeRuntime({})
    docker.available = lambda: "No daemon answers: start a daemon."
    venv = FakeRuntime({"cntk": replay("cntk", []), "theano": "No Python 3.6 was found: install it."})
    monkeypatch.setattr(harness.runtimes, "every_runtime", lambda: {"docker": docker, "venv": venv})
    file = backends["other"].folder / "backend.toml"
    file.write_text(file.read_text().replace('"OTHER"', f'"{TITLE}"'))


def test_in_a_pipe_every_backend_is_a_line_with_all_facts(runtimes, conform, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    lines = conform("list").out.splitlines()
    assert [re.split("  +", line) for line in lines[:4]] == [
        ["backend", "api", "keras", "python", "device", "docker", "venv", "what"],
        ["cntk *", "k", "2.3.1", "3.6", "cpu", "no", "ready", "CNTK"],
        ["other", "k", "2.3.1", "3.6", "cpu", "no", "ready", TITLE],
        ["theano *", "k", "2.3.1", "3.6", "cpu", "no", "no", "THEANO"],
    ]
    assert lines[5:] == [
        "docker: No daemon answers: start a daemon.",
        "theano (venv): No Python 3.6 was found: install it.",
    ]
    assert not any(line.endswith(" ") for line in lines)


def test_on_a_terminal_it_fits_and_no_word_is_broken(runtimes, monkeypatch):
    text = terminal.conform(["list"], 80, monkeypatch)
    assert all(len(line) <= 80 for line in text.splitlines())
    assert set(TITLE.split()) <= set(text.split())
