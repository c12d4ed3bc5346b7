"""Results from elsewhere are untrusted: whatever stands in them is bounded, refused in a sentence, or
inert."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.journal import read_journal
from harness.matrixio import encode_matrix, read_matrix
from harness.merge import merge_journals
from harness.reports import junit, markdown, terminal
from tests.fakes import case, encode, journal, step
from tests.hostile import check_reports, check_site, inert

ATTACKS = (
    "\x1b]0;owned\x07\x1b[2J\x1b[31m",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u202egnp.exe\u2066",
    "\x00\x9b1m\x85\u2028\u2029",
    "../../../etc/passwd",
    "]]></testcase><!--",
    "| --- | `x` | [a](javascript:alert(1)) @everyone <b>",
    "{{ 7 * 7 }}{% raw %}[bold red]x[/]",
    "\ud800",
)
TEXT = st.one_of(
    st.sampled_from(ATTACKS), st.text(max_size=30), st.text(st.characters(codec=None), max_size=10)
)
CASE = st.builds(
    lambda name, verdict, message, reason, unspecified: case(
        f"a/f/{name}",
        verdict,
        message=message,
        reason=reason,
        unspecified=unspecified,
    ),
    st.integers(0, 6),
    st.sampled_from(["pass", "fail", "error", "crash", "skip", "unsupported"]),
    TEXT,
    TEXT,
    st.booleans(),
)
NAME = st.fixed_dictionaries({"name": TEXT, "signature": TEXT}, optional={"got": TEXT, "message": TEXT})
STEP = st.builds(
    lambda name, holds, message, missing, wrong: step(
        name, holds, message=message, missing=missing, wrong=wrong
    ),
    st.one_of(st.sampled_from(["found", "loads", "signatures", "core"]), TEXT),
    st.booleans(),
    TEXT,
    st.lists(NAME, max_size=2),
    st.lists(NAME, max_size=2),
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "versions": st.dictionaries(TEXT, TEXT, max_size=3),
        "started": TEXT,
        "select": TEXT,
        "runtime": TEXT,
        "device": TEXT,
        "backend": TEXT,
        "unknown": st.recursive(
            TEXT, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2)
        ),
    },
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    cases=st.lists(CASE, max_size=6, unique_by=lambda item: item["id"]),
    steps=st.lists(STEP, max_size=3),
    fields=FIELDS,
    reason=TEXT,
    complete=st.booleans(),
)
def test_whatever_a_journal_says_its_reports_are_inert(cases, steps, fields, reason, complete):
    end = {"kind": "end", "complete": complete, "reason": reason, "seconds": 1}
    # A lone surrogate cannot be written as UTF-8, but as the escape that json makes of it.
    collected = [*(item["id"] for item in cases), "a/f/lost"]
    content = encode(journal("cntk", cases, collected=collected, steps=steps, end=end, **fields))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cntk.jsonl"
        path.write_bytes(content)
        try:
            matrix = merge_journals([path])
        except UsageError as refused:
            inert(refused.message)
            assert "\n" not in refused.message
            return
        check_reports(matrix)
        document = b"".join(encode_matrix(matrix))
        file = Path(folder) / "matrix.json"
        file.write_bytes(document)
        again = read_matrix(file)
        check_reports(again)
        assert b"".join(encode_matrix(again)) == document


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", ["id", "column"])
def test_names_are_refused_where_they_could_be_paths_or_markup(tmp_path, attack, place):
    records = journal("cntk", [case("a/f/x")])
    if place == "id":
        records[4]["id"] = attack
    else:
        records[0]["column"] = attack
    path = tmp_path / "foreign.jsonl"
    path.write_bytes(encode(records))
    with pytest.raises(UsageError) as refused:
        list(read_journal(path))
    inert(refused.value.message)


@pytest.mark.parametrize("depth", [50, 5_000, 500_000])
def test_depth_is_bounded(tmp_path, depth):
    path = tmp_path / "deep.jsonl"
    records = encode(journal("cntk", [case("a/f/x")])).splitlines(keepends=True)
    deep = records[0][:-2] + b',"deep":' + b"[" * depth + b"]" * depth + b"}\n"
    path.write_bytes(deep + b"".join(records[1:]))
    try:
        check_reports(merge_journals([path]))
    except UsageError as refused:
        inert(refused.message)


def test_the_number_of_cases_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("harness.stream.MAX_CASES", 3)
    path = tmp_path / "many.jsonl"
    path.write_bytes(encode(journal("cntk", [case(f"a/f/{number}") for number in range(4)])))
    with pytest.raises(UsageError, match="more than 3 cases"):
        merge_journals([path])


def test_the_size_of_a_file_is_bounded(tmp_path, monkeypatch):
    path = tmp_path / "large.jsonl"
    path.write_bytes(encode(journal("cntk", [case("a/f/x")])))
    monkeypatch.setattr("harness.journal.MAX_FILE", 100)
    with pytest.raises(UsageError, match="is larger than"):
        list(read_journal(path))
    monkeypatch.setattr("harness.matrixio.MAX_FILE", 1)
    with pytest.raises(UsageError, match="is larger than"):
        read_matrix(path)


def test_a_matrix_that_says_more_than_it_may_is_refused_or_inert(tmp_path):
    path = tmp_path / "cntk.jsonl"
    path.write_bytes(encode(journal("cntk", [case("a/f/x", "fail")])))
    document = json.loads(b"".join(encode_matrix(merge_journals([path]))))
    for attack in ATTACKS:
        hostile = json.loads(json.dumps(document))
        hostile["columns"][0].update(
            reason=attack, problems=[attack], versions={attack: attack}, infrastructure=True
        )
        hostile["cases"][0]["evidence"]["cntk"].update(
            message=attack, reason=attack, issue=attack, known=True
        )
        hostile["cases"][0].update(area=attack, function=attack)
        file = tmp_path / "matrix.json"
        file.write_text(json.dumps(hostile))
        try:
            found = read_matrix(file)
        except UsageError as refused:
            inert(refused.message)
        else:
            check_reports(found)


def test_no_report_lets_anything_of_a_backend_act(matrix, rendered):
    check_site(matrix)
    text, document, xml = (
        rendered(matrix),
        markdown.render(matrix),
        b"".join(junit.render(matrix)).decode(),
    )
    for report in (text, document, xml, terminal.render(matrix)):
        assert not set(report) & set("\x1b\x07\x00\u202e")
    assert "<script" not in document
    assert "<script" not in xml
    assert "@team" not in document
