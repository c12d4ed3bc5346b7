"""What an external module is told to do next, from journals written by hand."""

from __future__ import annotations

from harness.module.advice import gaps
from tests.fakes import case, step


def test_what_costs_most_comes_first_and_what_is_missing_is_told_from_what_is_wrong(external):
    cases = [
        case("a/dot/x"),
        case("a/dot/y", "fail", "wrong value at (1): 2 instead of 1"),
        case("a/conv/x", "unsupported", "K has no conv, pool"),
        case("a/conv/y", "unsupported", "NotImplementedError: K has no conv"),
        case("a/conv/z", "unsupported", "NotImplementedError: no float16 here"),
        case("a/pool/x", "unsupported", "K has no pool"),
        case("a/pool/y", "error", "TypeError: no", unspecified=True),
        case("a/ctc/x", "unsupported", "NotImplementedError: no CTC yet"),
    ]
    lacks = [{"name": name, "signature": f"{name}(x)"} for name in ("conv", "pool", "size")]
    wrong = [{"name": "dot", "signature": "dot(x, y)", "message": "has a where K has x"}]
    steps = [step("loads", holds=False, missing=lacks), step("signatures", holds=False, wrong=wrong)]
    found = gaps(external(cases, steps), 0)
    assert [(gap.function, gap.kind, len(gap.cases)) for gap in found] == [
        *(("conv", "missing", 3), ("pool", "missing", 2), ("ctc", "unwritten", 1)),
        *(("dot", "arguments", 1), ("size", "missing", 0)),
    ]
    assert found[0].signature == "conv(x)"
