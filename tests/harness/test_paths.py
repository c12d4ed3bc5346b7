from __future__ import annotations

import pytest

from harness import paths


@pytest.mark.parametrize(
    ("given", "expected"), [("/x", "/x"), ("", "/home/me/.cache"), ("relative", "/home/me/.cache")]
)
def test_the_cache_follows_xdg(monkeypatch, given, expected):
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert str(paths.cache_root()) == f"{expected}/keras-backend-conformance"


def test_the_suite_and_the_backends_are_found():
    assert (paths.suite_root() / "conformance").is_dir()
    assert (paths.backends_root() / "cntk" / "backend.toml").is_file()


def test_hidden_files_caches_and_what_is_named_are_left_out(tmp_path):
    for name in ("b.py", "a/c.py", ".git/x", "a/.hidden", "__pycache__/b.pyc", "baseline.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    assert list(paths.files_below(tmp_path, {"baseline.toml"})) == [("a/c.py", b"a/c.py"), ("b.py", b"b.py")]
