from __future__ import annotations

import re

from harness.merge import merge_journals
from harness.reports import markdown
from tests.fakes import case, step


def test_markdown_tables_are_rectangular(matrix):
    rows = [line for line in markdown.render(matrix).splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {4}
    assert "| **arithmetic** | ◐ 1/3 !1 | · |" in rows
    assert "1 x It rounds &#124; differently (<https://example.org/1>)" in markdown.render(matrix)


def test_an_external_module_has_its_level_and_its_steps(external):
    missing = [{"name": "dot", "signature": "dot(x, y)"}]
    text = markdown.render(
        external([case("a/f/x")], [step("found"), step("imports", False, missing=missing)])
    )
    assert "Level of my.module: **found**\n\n- ✓ found: found\n- ✗ imports: imports\n  - dot(x, y)" in text


def test_the_table_counts_the_steps_that_do_not_hold(write_journal):
    steps = [step("found"), step("loads", holds=False), step("examples", holds=False)]
    paths = [write_journal("acme.nb", [case("a/f/x")], steps=steps), write_journal("cntk", [case("a/f/x")])]
    assert "| steps that do not hold | 1 | - |" in markdown.area_table(merge_journals(paths))
    assert "steps" not in markdown.area_table(merge_journals(paths[1:]))


def test_long_lists_of_deviations_are_cut(write_journal):
    cases = [case(f"a/f/{number}", "fail") for number in range(markdown.MOST_LINES + 3)]
    text = markdown.render(merge_journals([write_journal("cntk", cases)]))
    assert text.count("- fail a/f/") == markdown.MOST_LINES
    assert "- and 3 more" in text


def test_what_to_do_next_comes_with_its_cost_and_a_command(external):
    cases = [
        case("a/dot/x", "fail"),
        case("a/dot/y", "error"),
        case("a/elu/x", "unsupported", "K has no elu"),
    ]
    lacks = [{"name": name, "signature": f"{name}(x)"} for name in ("elu", "size")]
    text = markdown.render(external(cases, [step("found"), step("loads", False, missing=lacks)]))
    assert (
        "### my.module: what to do next\n\n"
        "- **dot** is wrong (2 failing cases): 1 error, 1 fail: wrong value: off by 12 ULP at (0, 1)\n"
        "  - <code>conform repro a/dot/x --backend my.module --path DIR</code>\n"
        "- **elu** is missing (1 failing case): elu(x)\n"
        "- 1 more, without a failing case here: size\n"
    ) in text
    assert "what to do next" not in markdown.render(external([case("a/dot/x")], [step("found")]))


def test_a_registered_backend_is_reproduced_without_a_path(write_journal):
    text = markdown.render(merge_journals([write_journal("cntk", [case("a/dot/x", "fail")])]))
    assert "<code>conform repro a/dot/x --backend cntk</code>" in text


def test_the_text_fits_into_a_step_summary_and_counts_what_is_left(write_journal, tmp_path):
    said = "wrong " * 60
    cases = [case(f"area{n // 20}/function{n:04d}/{'x' * 200}", "fail", f"{n} {said}") for n in range(400)]
    paths = [write_journal(f"column{column}", cases) for column in range(20)]
    text = markdown.render(merge_journals(paths))
    assert len(text.encode()) < 1 << 20
    last = text.rstrip().splitlines()[-1]
    assert re.fullmatch(
        r"This text is cut: \d+ more lines are in `conform report --format terminal -v`\.", last
    )
    assert text.count("<details>") == text.count("</details>")


def test_a_text_that_is_cut_within_a_fold_closes_it(matrix, monkeypatch):
    whole = markdown.render(matrix)
    monkeypatch.setattr(markdown, "MOST_BYTES", whole.index("</details>") + 400)
    text = markdown.render(matrix)
    assert text.count("<details>") == text.count("</details>") == 1
    assert "This text is cut" in text
