"""The releases that --keras names, and the backend that each of them makes."""

from __future__ import annotations

import pytest

from harness.backends import load_backends
from harness.errors import UsageError
from harness.releases import column_of, of_release, read_releases, version_numbers

KERAS = ["2.1.6", "2.2.0", "2.2.4", "2.3.0", "2.3.1"]


@pytest.fixture
def cntk():
    return load_backends()["cntk"]


def published(distribution, bounds, python):
    assert (distribution, python) == ("keras", "3.6")
    first, last = bounds.split(",")
    at_most = last.startswith("<=")
    end = version_numbers(last.lstrip("<="))
    return [
        version
        for version in KERAS
        if version_numbers(version) >= version_numbers(first.removeprefix(">="))
        and (version_numbers(version) < end or (at_most and version_numbers(version) == end))
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2.2.4", ["2.2.4"]),
        ("2.2.4, 2.0.8,2.2.4", ["2.2.4", "2.0.8"]),
        ("2.2.0..2.3.0", ["2.2.0", "2.2.4", "2.3.0"]),
        ("2.2..2.3", ["2.2.0", "2.2.4", "2.3.0", "2.3.1"]),
        ("2.1..2.1,2.3.1", ["2.1.6", "2.3.1"]),
        ("2..2", KERAS),
        ("3.16.0.dev2026102704", ["3.16.0.dev2026102704"]),
    ],
)
def test_versions_and_ranges(cntk, text, wanted):
    assert list(read_releases(text, cntk, published)) == wanted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("newest", "'newest' is not a version; give a version such as 2.3.1, or a range"),
        ("2.3.1; rm -rf", "is not a version"),
        ("2.2..", "'' is not a version"),
        ("..2.2", "'' is not a version"),
        ("2.3..2.2", "no release of keras for Python 3.6 is between 2.3 and 2.2: name other versions"),
        ("", "names no version"),
        (",", "names no version"),
    ],
)
def test_what_is_no_release_is_refused(cntk, text, words):
    with pytest.raises(UsageError) as raised:
        read_releases(text, cntk, published)
    assert words in raised.value.message


def test_another_release_is_a_column_of_its_own_and_the_pinned_one_is_the_backend_itself(cntk):
    other = of_release(cntk, "2.2.4")
    assert (other.keras, other.release, column_of(other)) == ("2.2.4", "2.2.4", "cntk-keras-2.2.4")
    assert other.name == "cntk"
    assert other.preload == cntk.preload
    assert of_release(cntk, "2.3.1") is cntk
    assert column_of(cntk) == "cntk"


@pytest.mark.parametrize(
    ("release", "helped"), [("2.1.6", False), ("2.2.0", True), ("2.2.2", True), ("2.2.3", False)]
)
def test_the_releases_that_need_a_function_of_older_packages_get_it(cntk, release, helped):
    assert ("conformance.apis.k.submodules:accept" in of_release(cntk, release).preload) == helped
