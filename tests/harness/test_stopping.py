from __future__ import annotations

import os
import signal

from harness.stopping import Stop, uninterrupted
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


def test_a_second_interrupt_waits_until_the_first_is_dealt_with():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
