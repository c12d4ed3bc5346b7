"""The end of a report: short, the new deviations last and complete."""

from __future__ import annotations

import pytest
from rich.console import Console

from harness.merge import merge_journals
from harness.reports import terminal
from harness.reports.findings import LINES, groups, repro_commands, summary
from tests.fakes import case, step

LONG = "wrong value at (0, 1): " + "what came out is far from what was promised, " * 8


@pytest.fixture
def lines(write_journal):
    """The summary of a column with these cases."""

    def build(cases, width=80, promises=None, everything=False, **fields):
        matrix = merge_journals([write_journal("cntk", cases, **fields)])
        found = summary(matrix, repro_commands(matrix), promises or {}, width, everything)
        return [line.plain for line in found]

    return build


def test_a_clean_run_is_one_sentence(lines):
    assert lines([case("a/f/x")]) == ["Nothing but passes and known deviations."]


def test_a_new_deviation_is_told_whole_with_its_promise_and_command(lines):
    found = lines([case("a/f/x", "fail", LONG), case("a/f/y")], promises={"a/f/x": "x is x (f: x)"})
    assert found[0] == "cntk has 1 new deviation"
    assert found[1] == "  fail  a/f/x"
    assert " ".join(" ".join(line.split()) for line in found).count(" ".join(LONG.split())) == 1
    assert found[-2:] == ["    promised: x is x (f: x)", "    conform repro a/f/x --backend cntk"]
    assert all(len(line) <= 80 for line in found)


def test_many_are_grouped_and_fit_a_screen(lines):
    cases = [case(f"a/f{name}/{number}", "fail", LONG) for name in range(30) for number in range(4)]
    found = lines(cases)
    assert len(found) <= LINES
    assert found[1] == "  fail  a/f0/0 (and 3 alike)"
    assert found[-1] == "and 116 more new deviations of 29 kinds: -v lists all"
    whole = lines(cases, everything=True)
    assert all(any(one["id"] in line for line in whole) for one in cases)


def test_a_case_of_a_known_reason_does_not_appear(matrix, rendered):
    text = rendered(matrix)
    assert "arithmetic/dot/3d" not in text
    assert "It rounds" not in text
    assert "Known deviations: 1 cntk; -v lists the reasons" in text


def test_problems_of_a_baseline_do_not_push_out_the_new_deviations(write_journal):
    matrix = merge_journals([write_journal("cntk", [case("a/f/x", "fail")])])
    problems = tuple(f"baseline entry 'e{number}': a/g/{number} no longer deviates" for number in range(80))
    matrix = matrix.with_column(0, problems, matrix.evidence[0])
    found = [line.plain for line in summary(matrix, repro_commands(matrix), {}, 80)]
    assert len(found) <= LINES
    assert found[-1] == "    conform repro a/f/x --backend cntk"
    assert any(line.endswith("more findings: -v lists all") for line in found)
    everything = [line.plain for line in summary(matrix, repro_commands(matrix), {}, None, everything=True)]
    assert sum("no longer deviates" in line for line in everything) == 80


def test_a_long_command_is_broken_as_a_shell_reads_it(lines):
    name = "a/f/" + "long-" * 14
    found = lines([case(f"{name}x", "fail")])
    assert found[-2:] == [f"      {name}x \\", "      --backend cntk"]
    assert found[-3] == "    conform repro \\"


def test_the_command_for_an_external_module_has_its_options(external):
    matrix = external([case("a/f/x", "fail")], [step("found")], backend="my.module")
    command = repro_commands(matrix, ("--path", "src"))
    assert command("a/f/x", matrix.columns[0].name) == "conform repro a/f/x --backend my.module --path src"
    assert len(groups(matrix)) == 1


def test_a_screen_of_eighty_columns_ends_with_the_new_deviations(write_journal):
    cases = [case(f"area{number}/f/x", "fail" if number == 3 else "pass") for number in range(30)]
    console = Console(width=80, force_terminal=True, color_system=None, highlight=False)
    with console.capture() as captured:
        terminal.show(merge_journals([write_journal("cntk", cases)]), console)
    screen = captured.get().splitlines()[-24:]
    assert screen[-1] == "    conform repro area3/f/x --backend cntk"
    assert any(line.startswith("total ") for line in screen)
    assert all(len(line) <= 80 for line in screen)
