from __future__ import annotations

from harness.screen import say, wrapped

TEXT = "conform: the-longest-word-that-does-not-fit-anywhere is whole, and a path/with-hyphens/too"


def test_lines_are_broken_between_words_only():
    lines = wrapped(TEXT, 30, "  ")
    assert " ".join(line.strip() for line in lines) == TEXT
    assert all(len(line) <= 30 or " " not in line.strip() for line in lines)
    assert all(line.startswith("  ") for line in lines[1:])


def test_without_a_width_a_line_stays_whole():
    assert wrapped(f"{TEXT}\n{TEXT}", None) == [TEXT, TEXT]


def test_a_pipe_gets_whole_lines(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    say(TEXT)
    assert capsys.readouterr().err == f"{TEXT}\n"


def test_a_terminal_gets_lines_of_its_width(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    say(TEXT)
    assert capsys.readouterr().err.splitlines() == wrapped(TEXT, 40)
