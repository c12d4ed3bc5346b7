from __future__ import annotations

import msgspec
import pytest

from harness.baseline import apply, check, load_baseline
from harness.baseline_update import rewrite
from harness.errors import UsageError
from harness.exitcodes import ExitCode
from harness.fingerprint import fingerprint
from harness.globs import matcher
from harness.merge import merge_journals
from harness.outcome import outcome
from tests.fakes import case

MESSAGE = "wrong value: off by 12 ULP at (0, 1)"
PRINT = fingerprint(MESSAGE)


def entry(
    cases, verdict="fail", messages=(PRINT,), reason="CNTK rounds the other way", issue=None, comment=""
):
    """An entry as somebody would write it."""
    quoted = ", ".join(f'"{item}"' for item in cases)
    said = ", ".join(f"'{item}'" for item in messages)
    text = f'{comment}[[known]]\ncases = [{quoted}]\nverdict = "{verdict}"\nmessages = [{said}]\nreason = "{reason}"\n'
    return text + (f'issue = "{issue}"\n' if issue else "")


@pytest.fixture
def cntk(backends):
    return backends["cntk"]


@pytest.fixture
def listed(cntk):
    """Writes the backend's baseline from entries."""

    def write(*entries):
        cntk.baseline.write_text('# What CNTK does.\nschema = 1\nbackend = "cntk"\n\n' + "\n".join(entries))
        return load_baseline(cntk)

    return write


@pytest.fixture
def column(write_journal):
    def build(*cases, **fields):
        return merge_journals([write_journal("cntk", cases, **fields)])

    return build


def test_a_listed_deviation_is_known(listed, column):
    baseline = listed(entry(["a/f/*"], issue="https://github.com/microsoft/CNTK/issues/1"))
    matrix = apply(column(case("a/f/x", "fail"), case("a/g/y")), 0, baseline)
    (found,) = matrix.deviations(0)
    assert found.evidence.known
    assert found.evidence.reason == "CNTK rounds the other way"
    assert found.evidence.issue == "https://github.com/microsoft/CNTK/issues/1"
    assert outcome(matrix) == ExitCode.OK
    assert matrix.rows[0].cells["cntk"].known == 1


STRICT = {
    "an unlisted deviation": ([case("a/f/x", "fail"), case("a/g/y", "fail")], "", "1 new deviation"),
    "a listed case that passes": ([case("a/f/x", "fail"), case("a/f/y")], "", "a/f/y no longer deviate"),
    "a pattern that matches nothing": ([case("a/g/x")], "", "'a/f/*' matches nothing"),
    "another message": ([case("a/f/x", "fail", message="wrong shape")], "", "deviate in another way now"),
    "another verdict": ([case("a/f/x", "error")], "", "deviate in another way now (error"),
    "an entry without a reason": (
        [case("a/f/x", "fail"), case("a/g/z", "fail")],
        entry(["a/g/z"], reason=" "),
        "has no reason",
    ),
    "a case listed twice": ([case("a/f/x", "fail")], entry(["a/f/x"]), "more than one baseline entry"),
    "a message that no case has any more": (
        [case("a/f/x", "fail"), case("a/g/x", "fail")],
        entry(["a/g/x"], messages=(PRINT, "TypeError: old")),
        "no case says 'TypeError: old' any more",
    ),
    "an unspecified case": (
        [case("a/f/x", "fail"), case("a/g/x", "fail", unspecified=True)],
        entry(["a/g/x"]),
        "are unspecified and belong in no baseline",
    ),
}


@pytest.mark.parametrize("what", STRICT)
def test_strict_both_ways(what, listed, column):
    from harness.outcome import findings

    cases, more, says = STRICT[what]
    matrix = apply(column(*cases), 0, listed(entry(["a/f/*"]), more))
    assert outcome(matrix) == ExitCode.DEVIATION
    assert any(says in sentence for _, sentence in findings(matrix)), list(findings(matrix))


def test_unspecified_cases_count_for_nobody(listed, column):
    silent = case("a/h/x", "error", unspecified=True, reason="K does not say")
    matrix = apply(column(case("a/f/x", "fail"), silent), 0, listed(entry(["a/f/*"])))
    assert outcome(matrix) == ExitCode.OK
    assert [deviation.new for deviation in matrix.deviations(0)] == [False, False]


def test_a_glob_reaches_over_unspecified_and_skipped_cases(listed, column):
    cases = [
        case("a/f/x", "fail"),
        case("a/f/y", "error", unspecified=True, reason="K does not say"),
        case("a/f/z", "skip", reason="no GPU"),
    ]
    assert outcome(apply(column(*cases), 0, listed(entry(["a/f/*"])))) == ExitCode.OK


@pytest.mark.parametrize("fields", [{"profile": "core"}, {"select": "dot"}, {"end": None}])
def test_what_a_partial_run_cannot_know_is_not_judged(fields, listed, column):
    baseline = listed(entry(["a/f/*"]), entry(["a/g/*"], messages=(PRINT, "other")))
    assert check(column(case("a/g/x", "fail"), **fields), 0, baseline).problems == ()


def test_messages_agree_when_numbers_paths_and_addresses_differ(listed, column):
    baseline = listed(entry(["a/f/*"]))
    matrix = apply(
        column(case("a/f/x", "fail", message="wrong value: off by 1.3e+05 ULP at (3, 1, 7)")), 0, baseline
    )
    assert outcome(matrix) == ExitCode.OK


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense", "not a baseline"),
        ('schema = 2\nbackend = "cntk"', "schema 2"),
        ('schema = 1\nbackend = "theano"', "belongs to another folder"),
        ('schema = 1\nbackend = "cntk"\nknwon = []', "not a baseline"),
        (
            'schema = 1\nbackend = "cntk"\n[[known]]\ncases = []\nverdict = "fail"\nmessages = ["x"]\nreason = ""',
            "not a baseline",
        ),
        ('schema = 1\nbackend = "cntk"\n' + entry(["a/f/x"], verdict="pass"), "no deviation"),
    ],
)
def test_a_malformed_baseline_is_refused_in_a_sentence(cntk, text, says):
    cntk.baseline.write_text(text)
    with pytest.raises(UsageError, match=says):
        load_baseline(cntk)


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
        {"cases": ["a/f/x", "a/f/y"], "verdict": "fail", "messages": [PRINT], "reason": ""},
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
    assert text.startswith("# What CNTK does.\nschema = 1\n")
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


@pytest.mark.parametrize(
    ("pattern", "matches", "not_"),
    [
        ("a/f/*", ["a/f/x"], ["a/f/x/y", "a/f", "a/fx/x"]),
        ("a/**", ["a/f/x", "a/f/x/y"], ["ab/f"]),
        ("a/f/?", ["a/f/x"], ["a/f/xy", "a/f//"]),
        ("a/f.+", ["a/f.+"], ["a/fxx"]),
        ("*/f/**/float16", ["a/f/x/float16", "a/f/x/y/float16"], ["a/f/float16", "a/b/f/x/float16"]),
    ],
)
def test_globs(pattern, matches, not_):
    assert all(matcher(pattern)(name) for name in matches)
    assert not any(matcher(pattern)(name) for name in not_)


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
