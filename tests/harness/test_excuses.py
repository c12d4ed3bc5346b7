from __future__ import annotations

import io

import pytest

from harness.baseline import Baseline, Entry
from harness.excuses import excuse_for, excuse_of
from harness.fingerprint import fingerprint
from harness.journal import decode_record
from harness.progress import PlainDisplay
from harness.run import Job, run_columns
from tests.fakes import FakeRuntime, case, encode, replay

MESSAGE = fingerprint("wrong value: off by 12 ULP at (0, 1)")
ENTRIES = (
    Entry(("a/f/*",), "fail", (MESSAGE,), "It rounds."),
    Entry(("a/g/x",), ("fail", "error"), (MESSAGE,), "It rounds too.", aspects=("value",)),
)


@pytest.mark.parametrize(
    ("record", "known"),
    [
        (case("a/f/x", "fail"), True),
        (case("a/f/x/known", "fail"), False),
        (case("a/f/x", "error"), False),
        (case("a/f/x", "fail", "another"), False),
        (case("a/g/x", "fail"), True),
        (case("a/g/x", "fail", aspects=["shape"]), False),
        (case("a/g/y", "fail"), False),
    ],
)
def test_what_an_entry_excuses_is_known_while_it_runs(record, known):
    excuse = excuse_of(Baseline(2, "cntk", known=ENTRIES))
    assert excuse(decode_record(encode([record]))) is known


def test_the_progress_tells_known_deviations_from_new_ones(backends, tmp_path):
    cases = [case("a/f/x", "fail"), case("a/f/y", "fail"), case("a/h/x", "error"), case("a/h/y")]
    given = {tmp_path / "b.toml": Baseline(2, "cntk", known=ENTRIES)}
    job = Job(backends["cntk"], "cntk", "full", excuse=excuse_for(backends["cntk"], given))
    stream = io.StringIO()
    runtime = FakeRuntime({"cntk": replay("cntk", cases)})
    run_columns([job], runtime, tmp_path, PlainDisplay(stream, interval=0.0))
    assert "cntk: 2/4 cases, 2 known deviations\n" in stream.getvalue()
    assert "cntk: 4/4 cases, 2 known, 1 new deviations\n" in stream.getvalue()


def test_without_a_given_baseline_the_backend_has_its_own(cntk, listed):
    listed(f'[[known]]\ncases = ["a/f/x"]\nverdict = "fail"\nmessages = ["{MESSAGE}"]\nreason = "r"')
    assert excuse_for(cntk, {})(decode_record(encode([case("a/f/x", "fail")])))
