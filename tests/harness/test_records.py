from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.journal import decode_record, encode_record
from harness.records import Begin, Case

SEGMENT = st.text("aZ09_.,+=-", min_size=1, max_size=8).filter(lambda text: text.strip("."))


@given(
    st.lists(SEGMENT, min_size=2, max_size=4), st.sampled_from(["pass", "fail", "crash"]), st.floats(0, 1e300)
)
def test_records_survive_a_round_trip(segments, verdict, ulp):
    record = Case(id="/".join(segments), area="a", function="f", verdict=verdict, ulp=ulp)
    assert decode_record(encode_record(record)) == record


@pytest.mark.parametrize(
    "bad", ["", "a", "a//b", "/a/b", "a/b/", "a/../b", "a/./b", "a/b\n", "a/b c", "a/\u202e", "a/b;rm"]
)
def test_ids_that_are_none(bad):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"kind": "begin", "id": bad}, Begin)


def test_a_verdict_and_an_aspect_are_of_their_lists():
    record = {
        "kind": "case",
        "id": "a/f",
        "area": "a",
        "function": "f",
        "verdict": "fail",
        "aspects": ["dtype"],
    }
    assert msgspec.convert(record, Case).aspects == ("dtype",)
    for field, bad in (("verdict", "great"), ("aspects", ["colour"]), ("seconds", -1), ("ulp", -0.5)):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({**record, field: bad}, Case)
