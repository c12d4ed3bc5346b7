"""The suite is told everything in variables, which it reads back as they were meant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from conformance import settings
from harness.backends import ModuleSource
from harness.runtimes.base import SuiteRequest, suite_environment

ONLY = ["a/f/x", "a/f/y/variable"]


def test_the_suite_reads_what_it_is_told(backends):
    backend = replace(
        backends["cntk"],
        device="gpu",
        preload=("first", "second:run"),
        api_module="other.backend",
        env={"OWN": "1"},
        module=ModuleSource("my.module", Path()),
    )
    start = {"column": "mine", "api": "k"}
    request = SuiteRequest("core", "a and b", 3, 7.5, start, Path(), start_timeout=60.0, only=ONLY)
    told = suite_environment(backend, request)
    assert (told["OWN"], told["KERAS_BACKEND"]) == ("1", "cntk")
    read = settings.read(told)
    assert (read.api, read.profile, read.select, read.jobs) == ("k", "core", "a and b", 3)
    assert (read.case_seconds, read.start_seconds) == (7.5, 60.0)
    assert (read.start, read.only) == (start, tuple(ONLY))
    assert (read.device, read.preload) == ("gpu", ("first", "second:run"))
    assert (read.api_module, read.module) == ("other.backend", "my.module")


def test_what_is_not_asked_for_is_left_to_the_suite(backends):
    told = suite_environment(backends["cntk"], SuiteRequest("full", None, 1, None, {}, Path()))
    assert set(told) == {
        *("KERAS_BACKEND", "CONFORM_API", "CONFORM_API_MODULE", "CONFORM_PROFILE", "CONFORM_START")
    }
    read, default = settings.read(told), settings.read({})
    assert (read.jobs, read.case_seconds, read.only) == (default.jobs, default.case_seconds, None)


def test_no_cases_at_all_is_not_every_case(backends):
    told = suite_environment(backends["cntk"], SuiteRequest("full", None, 1, None, {}, Path(), only=[]))
    assert settings.read(told).only == ()
