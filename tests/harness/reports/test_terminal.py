from __future__ import annotations

from rich.console import Console

from harness.merge import merge_journals
from harness.reports import terminal
from tests.fakes import case, step


def test_the_terminal_shows_cells_deviations_and_the_outcome(matrix, rendered):
    text = rendered(matrix, shown="full")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "arithmetic ◐ 1/3 !1 ·" in lines
    assert "dot ◐ 1/2 ·" in lines
    assert "sum ✗ 0/1 !1 ·" in lines
    assert "worst ULP of a pass 2.25 -" in lines
    assert "state complete not-run" in lines
    assert lines[lines.index("error arithmetic/sum/axis") + 1].startswith("\\x1b]0;owned")
    assert "1 x It rounds | differently (https://example.org/1)" in lines
    assert any(line.startswith("1 x floatx: It does not say") for line in lines)
    assert any(line.startswith("theano did not run: ImportError:") for line in lines)


def test_the_table_fits_eighty_columns_whatever_the_number_of_backends(write_journal, rendered):
    function = "a" * 40
    paths = [
        write_journal(f"backend-{number}", [case(f"area/{function}/x", "fail")] * 1) for number in range(7)
    ]
    table = rendered(merge_journals(paths)).split("backend-0 has 1 new")[0]
    wide = [line for line in table.splitlines() if len(line) > 80 and "profile" not in line]
    assert not wide
    assert all(f"backend-{number}" in table for number in range(7))


def test_in_a_pipe_no_line_ends_with_spaces(matrix):
    lines = terminal.render(matrix).splitlines()
    assert [line for line in lines if line.endswith(" ")] == []


def test_labels_and_cells_are_whole(write_journal, rendered):
    cases = [case(f"a/f/{number}", "fail" if number < 1001 else "pass") for number in range(2003)]
    text = rendered(merge_journals([write_journal("c", cases, api="ops")]))
    assert "◐ 1002/2003 !1001" in text
    assert "deviations where the ops API is silent" in text


def test_without_unicode_the_marks_are_ascii(matrix, tmp_path):
    with (tmp_path / "out").open("w", encoding="ascii") as file:
        terminal.show(matrix, Console(file=file, width=80))
    assert "~ 1/3 !1" in (tmp_path / "out").read_text()


def test_long_names_of_columns_stay_apart(write_journal, rendered):
    names = [f"my_package.my_module.{'x' * 30}.{end}" for end in ("one", "two")]
    text = rendered(merge_journals([write_journal(name, [case("a/f/x")]) for name in names]))
    headings = text[text.index("\n\n") :]
    joined = "".join(headings.split())
    assert all(name in joined for name in names)


def test_without_being_asked_it_shows_areas_only_unless_functions_are_few(write_journal, rendered):
    many = merge_journals([write_journal("cntk", [case(f"a/f{number}/x") for number in range(20)])])
    assert "f7" not in rendered(many)
    assert "f7" in rendered(many, shown="full")
    few = merge_journals([write_journal("cntk", [case(f"a/f{number}/x") for number in range(8)])])
    assert "f7" in rendered(few)


def test_quiet_is_the_summary_alone(matrix, rendered):
    text = rendered(matrix, shown="quiet")
    assert "arithmetic  " not in text
    assert "cntk has 1 new deviation" in text


def test_the_table_counts_the_steps_that_do_not_hold(write_journal, rendered):
    steps = [step("found"), step("loads", holds=False), step("examples", holds=False)]
    paths = [write_journal("acme.nb", [case("a/f/x")], steps=steps), write_journal("cntk", [case("a/f/x")])]
    rows = [" ".join(line.split()) for line in rendered(merge_journals(paths)).splitlines()]
    assert "steps that do not hold 1 -" in rows
    assert "steps that do not hold" not in rendered(merge_journals(paths[1:]))


def test_a_column_that_did_not_run_says_so_behind_its_name(write_journal, rendered):
    text = rendered(merge_journals([write_journal("cntk", [case("a/f/x")])], ["absent"]))
    assert text.startswith("absent  did not run\n")
