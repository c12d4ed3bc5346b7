from __future__ import annotations

import pytest

from harness.globs import is_glob, matcher


@pytest.mark.parametrize(
    ("pattern", "matches", "not_"),
    [
        ("a/f/*", ["a/f/x"], ["a/f/x/y", "a/f", "a/fx/x"]),
        ("a/**", ["a/f/x", "a/f/x/y"], ["ab/f"]),
        ("a/f/?", ["a/f/x"], ["a/f/xy", "a/f//"]),
        ("a/f.+", ["a/f.+"], ["a/fxx"]),
        ("*/f/**/float16", ["a/f/x/float16", "a/f/x/y/float16"], ["a/f/float16", "a/b/f/x/float16"]),
    ],
)
def test_globs(pattern, matches, not_):
    assert all(matcher(pattern)(name) for name in matches)
    assert not any(matcher(pattern)(name) for name in not_)


def test_a_name_without_wildcards_is_not_a_glob():
    assert not is_glob("a/f.+/[x]")
    assert is_glob("a/f/?")
    assert matcher("a/f.+/[x]")("a/f.+/[x]")
    assert not matcher("a/f.+/[x]")("a/fff/x")
