from __future__ import annotations

import pytest

from harness.fingerprint import LENGTH, fingerprint


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("wrong value: off by 1.3e+05 ULP at (0, 1)", "wrong value: off by # ULP at (#)"),
        ("wrong static shape: [None, -3, 3], evaluated (2, 4, 3)", "wrong static shape: [#], evaluated (#)"),
        ("wrong value: off by 2 ULP at (0,)", "wrong value: off by # ULP at (#)"),
        ("wrong dtype: float64 instead of float32", "wrong dtype: float64 instead of float32"),
        ("conv2d() got -1", "conv2d() got #"),
        ("no Placeholder_12:0 at 0x7f3b2c", "no Placeholder:# at #"),
        ("no Placeholder:0 at 0x7f3b2c", "no Placeholder:# at #"),
        (
            "rank 1 for '{{node MatMul_2}} = MatMul[T=DT_FLOAT, a=false](MatMul_2/Read, X)' with [3]",
            "rank # for '{{node}}",
        ),
        (
            "Check failed: stride[1]-1 >= adj[1] (0 vs. 32752) : adj(x) is",
            "Check failed: stride[#]# >= adj[#] (# vs. #)",
        ),
        ("ImportError: /usr/lib/x86_64/libmpi.so.12: gone", "ImportError: <path>: gone"),
        ("in /tmp/tmpab12/mod.py, line 12: x", "in <path>: x"),
        ("a\n  b\tc", "a b c"),
        ("arithmetic/dot is missing", "arithmetic/dot is missing"),
    ],
)
def test_fingerprints(message, expected):
    assert fingerprint(message) == expected
    assert fingerprint(expected) == expected


def test_a_fingerprint_is_a_line_of_bounded_length():
    found = fingerprint("x" * 10_000 + "\ny")
    assert len(found) == LENGTH
    assert "\n" not in found
