from __future__ import annotations

import unicodedata
from datetime import datetime, timezone

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from harness.text import age, clean, clean_json, markdown, markdown_link, one_line, suggestion

ANYTHING = st.text(st.characters(codec=None), max_size=300)


HOSTILE = "\x1b]0;owned\x07\x1b[31m\u202eabc\u2066\x00\x9b1m\ud800\u2028<script>alert(1)</script>"


@given(ANYTHING)
def test_clean_leaves_nothing_invisible_and_changes_nothing_twice(text):
    assert clean(clean(text, 50), 50) == clean(text, 50)
    cleaned = clean(text)
    assert all(
        unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} or char in "\n\t" for char in cleaned
    )
    assert clean(cleaned, 10_000) == cleaned
    cleaned.encode("utf-8")


@given(ANYTHING, st.integers(2, 50))
def test_one_line_is_one_bounded_line(text, limit):
    line = one_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert "\t" not in line


def test_what_is_escaped_can_still_be_read():
    assert clean("\x1b[31m\u202e\x00 é ✓ 漢") == "\\x1b[31m\\u202e\\x00 é ✓ 漢"


def test_long_text_ends_in_an_ellipsis():
    assert clean("x" * 20, 10) == "x" * 9 + "…"


@given(ANYTHING)
def test_markdown_is_literal(text):
    escaped = markdown(text)
    assert not set("<>|`*_[]\\~$@") & set(escaped)
    assert "://" not in escaped
    assert "\n" not in escaped


def test_markdown_of_the_usual_attacks():
    text = markdown("<img src=x> [a](http://b) @team #1 `|` www.example.org")
    assert text.startswith("&#60;img src=x&#62; &#91;a&#93;(http&#58;//b) &#64;team &#35;1")
    assert "www&#46;example" in text


def test_only_plain_https_addresses_become_links():
    assert (
        markdown_link("https://github.com/keras-team/keras/issues/1")
        == "<https://github.com/keras-team/keras/issues/1>"
    )
    assert "<" not in markdown_link("javascript:alert(1)")
    assert "<" not in markdown_link("https://a> <b")


def test_json_is_cleaned_in_depth_and_cut_where_it_is_too_deep():
    deep = {"a": ["\x1b", {"\u202e": 1}]}
    assert clean_json(deep) == {"a": ["\\x1b", {"\\u202e": 1}]}
    nested: object = "end"
    for _ in range(50):
        nested = [nested]
    assert "end" not in str(clean_json(nested))


def test_a_terminal_sees_no_escape():
    console = Console(force_terminal=True, width=80)
    with console.capture() as captured:
        console.print(clean(HOSTILE), markup=False, highlight=False, style=None)
    assert "\x1b]" not in captured.get()


def test_age():
    now = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
    assert age("2026-11-22T11:30:00Z", now) == ""
    assert age("2026-11-22T07:00:00Z", now) == " (5 h old)"
    assert age("2026-11-12T07:00:00Z", now) == " (10 days old)"
    assert age("2026-11-24T07:00:00Z", now) == " (in the future)"
    assert age("yesterday", now) == " (no date)"


def test_a_suggestion_is_the_nearest_name_and_all_names():
    assert suggestion("Cnkt", ["theano", "cntk"]) == "did you mean 'cntk'? (known: cntk, theano)"
    assert suggestion("zzz", ["theano", "cntk"]) == "known are cntk, theano"
    assert suggestion("zzz", []) == "no name is known"
