from __future__ import annotations

import pytest

from harness.cleaning import age_text, seconds, size_text
from harness.errors import UsageError


def test_an_age_is_hours_days_or_weeks():
    assert [seconds(age) for age in ("0h", "12h", "7d", "2w")] == [0, 43200, 604800, 1209600]


@pytest.mark.parametrize("age", ["", "7", "d", "-1d", "1m", "1.5d", "9999999d"])
def test_what_is_not_an_age(age):
    with pytest.raises(UsageError, match="such as 12h, 7d or 2w"):
        seconds(age)


def test_sizes_and_ages_for_a_reader():
    assert [size_text(size) for size in (0, 999, 4096, 53_000_000, 1_640_000_000)] == [
        "0 B",
        "999 B",
        "4.1 kB",
        "53 MB",
        "1.6 GB",
    ]
    assert [age_text(passed) for passed in (-5, 0, 119 * 60, 7300, 200_000)] == [
        "0 min",
        "0 min",
        "119 min",
        "2 h",
        "2 d",
    ]
