from __future__ import annotations

import msgspec
import pytest

from harness.baseline import load_baseline, versions_of
from harness.baseline_check import check
from harness.baseline_update import rewrite
from harness.errors import UsageError
from tests.fakes import case
from tests.harness.baselines import PRINT, entry


def update(cntk, matrix, again=None):
    """What `conform baseline --update` does; the new text and what is left to say. `again` has the wrong
    answers of a second run."""
    baseline = load_baseline(cntk)
    old = cntk.baseline.read_text() if cntk.baseline.exists() else ""
    versions = versions_of(matrix.columns[0], external=False)
    cntk.baseline.write_text(rewrite(old, cntk.baseline, matrix, 0, baseline, versions, again))
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
    assert text.startswith('# What CNTK does.\nschema = 3\nbackend = "cntk"\napi = "k"\n')
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


def test_a_file_of_schema_1_becomes_one_of_schema_3_and_keeps_the_rest(cntk, column):
    cntk.baseline.write_text('# Ours.\nschema = 1\nbackend = "cntk"\n\n' + entry(["a/f/*"]))
    text, problems = update(cntk, column(case("a/f/x", "fail")))
    head = (
        '# Ours.\nschema = 3\nbackend = "cntk"\napi = "k"\nversions = { keras = "2.3.1", cntk = "2.7" }\n\n'
    )
    assert text == head + entry(["a/f/*"])
    assert problems == ()


def test_the_versions_become_those_of_the_run(cntk, listed, column):
    listed(entry(["a/f/*"]))
    newer = {"keras": "2.4.0", "cntk": "2.7", "numpy": "1.19.5", 'my "own"': "1"}
    text, problems = update(cntk, column(case("a/f/x", "fail"), versions=newer))
    assert '\nversions = { keras = "2.4.0", cntk = "2.7" }\n' in text
    assert problems == ()


def test_versions_that_are_not_on_one_line_are_not_rewritten(cntk, column):
    head = 'schema = 3\nbackend = "cntk"\napi = "k"\n\n[versions]\nkeras = "2.3.1"\n\n'
    cntk.baseline.write_text(head + entry(["a/f/*"]))
    with pytest.raises(UsageError, match=r"on one line, versions = \{"):
        update(cntk, column(case("a/f/x", "fail")))
    assert cntk.baseline.read_text().startswith(head)


ONE, NOISY, OTHER = "0123abcd 1.5 0.01", "0123abcd 1.509 0.01", "0123abcd 2.5 0.01"


def test_answers_that_came_twice_are_listed(cntk, column):
    matrix = column(
        case("a/f/x", "fail", answer=ONE), case("a/f/y", "fail", answer=ONE), case("a/g/z", "fail")
    )
    text, _ = update(cntk, matrix, {"a/f/x": NOISY, "a/f/y": OTHER})
    (listed,) = msgspec.toml.decode(text)["known"]
    assert listed["cases"] == ["a/f/x", "a/f/y", "a/g/z"]
    assert listed["answers"] == {"a/f/x": ONE}


def test_an_answer_that_still_comes_keeps_its_digits(cntk, listed, column):
    listed(entry(["a/f/x"], comment="# Kept.\n", answers={"a/f/x": ONE}))
    before = cntk.baseline.read_text()
    for again in (None, {"a/f/x": NOISY}):
        text, problems = update(cntk, column(case("a/f/x", "fail", answer=NOISY)), again)
        assert text.strip() == before.strip()
        assert not problems


def test_an_answer_that_did_not_come_twice_is_taken_out(cntk, listed, column):
    listed(entry(["a/f/x"], comment="# Kept.\n", answers={"a/f/x": ONE}), entry(["a/g/x"]))
    matrix = column(case("a/f/x", "fail", answer=ONE), case("a/g/x", "fail", answer=ONE))
    text, problems = update(cntk, matrix, {"a/f/x": OTHER, "a/g/x": ONE})
    first, second = msgspec.toml.decode(text)["known"]
    assert "answers" not in first
    assert second["answers"] == {"a/g/x": ONE}
    assert "# Kept." in text
    assert not problems


def test_another_wrong_answer_waits_for_a_reason(cntk, listed, column):
    listed(entry(["a/f/x", "a/f/y"], answers={"a/f/x": ONE, "a/f/y": ONE}))
    matrix = column(case("a/f/x", "fail", answer=OTHER), case("a/f/y", "fail", answer=ONE))
    text, problems = update(cntk, matrix, {"a/f/x": OTHER, "a/f/y": ONE})
    first, second = msgspec.toml.decode(text)["known"]
    assert (first["cases"], first["answers"]) == (["a/f/y"], {"a/f/y": ONE})
    assert (second["cases"], second["answers"], second["reason"]) == (["a/f/x"], {"a/f/x": OTHER}, "")
    assert "Deviated in another way before: CNTK rounds" in text
    assert any("has no reason" in problem for problem in problems)
