from __future__ import annotations

import msgspec

from harness.baseline import check, load_baseline
from harness.baseline_update import rewrite
from tests.fakes import case
from tests.harness.baselines import PRINT, entry


def update(cntk, matrix):
    """What `conform baseline --update` does; the new text and what is left to say."""
    baseline = load_baseline(cntk)
    old = cntk.baseline.read_text() if cntk.baseline.exists() else ""
    cntk.baseline.write_text(rewrite(old, cntk, matrix, 0, baseline, check(matrix, 0, baseline)))
    return cntk.baseline.read_text(), check(matrix, 0, load_baseline(cntk)).problems


def test_update_writes_a_baseline_from_nothing(cntk, column):
    text, problems = update(
        cntk, column(case("a/f/x", "fail"), case("a/f/y", "fail"), case("a/g/z", "unsupported"))
    )
    assert msgspec.toml.decode(text)["known"] == [
        {
            "cases": ["a/f/x", "a/f/y"],
            "verdict": "fail",
            "aspects": ["value"],
            "messages": [PRINT],
            "reason": "",
        },
        {"cases": ["a/g/z"], "verdict": "unsupported", "messages": [PRINT], "reason": ""},
    ]
    assert len(problems) == 2
    assert all("has no reason" in problem for problem in problems)


def test_update_keeps_what_holds_to_the_letter(cntk, listed, column):
    comment = "# Seen on every CPU.\n# Not worth fixing.\n"
    listed(entry(["a/f/*"], comment=comment), entry(["a/gone/*"]))
    before = cntk.baseline.read_text()
    text, problems = update(cntk, column(case("a/f/x", "fail")))
    assert text.strip() == before[: before.index("\n\n[[known]]")].strip()
    assert problems == ()
    assert text.startswith('# What CNTK does.\nschema = 2\nbackend = "cntk"\napi = "k"\n')
    assert comment in text


def test_update_turns_a_glob_that_fits_no_more_into_ids(cntk, listed, column):
    listed(entry(["a/f/*", "a/g/*"], comment="# Half of it is fixed.\n", issue="https://example.org/1"))
    text, problems = update(
        cntk, column(case("a/f/x", "fail"), case("a/f/y"), case("a/f/z", "fail"), case("a/g/x", "fail"))
    )
    assert msgspec.toml.decode(text)["known"] == [
        {
            "cases": ["a/f/x", "a/f/z", "a/g/*"],
            "verdict": "fail",
            "messages": [PRINT],
            "reason": "CNTK rounds the other way",
            "issue": "https://example.org/1",
        }
    ]
    assert "# Half of it is fixed.\n[[known]]" in text
    assert problems == ()


def test_update_asks_for_a_new_reason_when_a_case_deviates_in_another_way(cntk, listed, column):
    listed(entry(["a/f/*"]))
    text, problems = update(cntk, column(case("a/f/x", "fail"), case("a/f/y", "fail", message="wrong shape")))
    kept, fresh = msgspec.toml.decode(text)["known"]
    assert (kept["cases"], kept["reason"]) == (["a/f/x"], "CNTK rounds the other way")
    assert (fresh["cases"], fresh["messages"], fresh["reason"]) == (["a/f/y"], ["wrong shape"], "")
    assert "# Deviated in another way before: CNTK rounds the other way" in text
    assert len(problems) == 1


def test_update_twice_changes_nothing_more(cntk, listed, column):
    listed(entry(["a/f/*"]), entry(["a/f/x"]))
    matrix = column(case("a/f/x", "fail"), case("a/f/y"), case("b/g/z", "crash", message='died: "\\ \x1b[0m'))
    once, _ = update(cntk, matrix)
    assert update(cntk, matrix)[0] == once


def test_cases_that_depart_in_different_aspects_are_different_entries(cntk, column):
    cases = [case("a/f/x", "fail"), case("a/f/y", "fail", aspects=["dtype", "value"]), case("a/f/z", "crash")]
    text, _ = update(cntk, column(*cases))
    found = msgspec.toml.decode(text)["known"]
    assert [(item["cases"], item.get("aspects")) for item in found] == [
        (["a/f/x"], ["value"]),
        (["a/f/y"], ["dtype", "value"]),
        (["a/f/z"], None),
    ]


def test_an_entry_that_shrinks_keeps_its_aspects(cntk, listed, column):
    listed(entry(["a/f/*"], aspects=["value"]))
    text, _ = update(cntk, column(case("a/f/x", "fail"), case("a/f/y")))
    (kept,) = msgspec.toml.decode(text)["known"]
    assert (kept["cases"], kept["aspects"]) == (["a/f/x"], ["value"])


def test_a_file_of_schema_1_becomes_one_of_schema_2_and_keeps_the_rest(cntk, column):
    cntk.baseline.write_text('# Ours.\nschema = 1\nbackend = "cntk"\n\n' + entry(["a/f/*"]))
    text, problems = update(cntk, column(case("a/f/x", "fail")))
    assert text == '# Ours.\nschema = 2\nbackend = "cntk"\napi = "k"\n\n' + entry(["a/f/*"])
    assert problems == ()
