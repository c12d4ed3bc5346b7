from __future__ import annotations

from harness.stopping import Stop
from tests.fakes import Output


def test_a_request_stops_every_suite_that_runs_and_none_that_has_ended():
    stop, running, ended = Stop(), Output([]), Output([])
    stop.watch(running)
    stop.watch(ended)
    stop.forget(ended)
    stop.request()
    assert running.stopped.is_set()
    assert not ended.stopped.is_set()


def test_a_suite_that_starts_after_the_request_is_stopped_at_once():
    stop, late = Stop(), Output([])
    stop.request()
    stop.watch(late)
    assert late.stopped.is_set()
