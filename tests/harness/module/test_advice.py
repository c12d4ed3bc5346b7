"""What an external module is told to do next, from journals written by hand."""

from __future__ import annotations

from harness.module.advice import MOST_GAPS, advice, gaps, repro_command
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


def test_a_name_that_is_missing_in_a_part_is_the_function_of_that_name(external):
    lacks = [{"name": "ops.nn.softsign", "signature": "ops.nn.softsign(x)"}]
    said = "NotImplementedError: Exception encountered when calling Softsign.call()."
    cases = [case("nn/softsign/x", "unsupported", said), case("nn/elu/x", "fail")]
    found = gaps(external(cases, [step("contract", holds=False, missing=lacks)], api="ops"), 0)
    assert [(gap.function, gap.kind, gap.cases) for gap in found] == [
        ("elu", "wrong", ["nn/elu/x"]),
        ("ops.nn.softsign", "missing", ["nn/softsign/x"]),
    ]


def test_a_report_lists_what_fails_cases_and_names_the_rest(external):
    names = [f"f{number:02}" for number in range(MOST_GAPS + 5)]
    lacks = [{"name": name, "signature": f"{name}(x)"} for name in names]
    found = advice(external([case("a/dot/x", "fail")], [step("loads", holds=False, missing=lacks)]), 0)
    assert [gap.function for gap in found.gaps] == ["dot"]
    wrong = step("signatures", holds=False, wrong=[{"name": "zeta", "message": "has a where K has x"}])
    both = external([case("a/dot/x", "fail")], [step("loads", holds=False, missing=lacks), wrong])
    assert [gap.function for gap in advice(both, 0).gaps] == ["dot", "zeta"]
    assert found.more.startswith("25 more, without a failing case here: f00, f01, ")
    assert found.more.endswith("f19 and 5 more")
    found = advice(external([case("a/dot/x")], [step("loads", holds=False, missing=lacks)]), 0)
    assert [gap.function for gap in found.gaps] == names[:MOST_GAPS]
    failing = [case(f"a/{name}/x", "fail") for name in names]
    assert advice(external(failing, []), 0).more.startswith("5 more, with fewer failing cases: f20, ")
    assert advice(external([case("a/dot/x")], []), 0).gaps == []


def test_the_command_for_a_case_names_a_module_as_the_command_line_takes_it():
    assert repro_command("a/f/x", "cntk", None) == "conform repro a/f/x --backend cntk"
    assert repro_command("a/f/x", "nb", ["--path", "s r"]).endswith("--backend module:nb --path 's r'")
    assert repro_command("a/f/x", "acme.nb", []) == "conform repro a/f/x --backend acme.nb"
    assert repro_command("a/f/x", "x; rm", None) == "conform repro a/f/x --backend 'x; rm'"
