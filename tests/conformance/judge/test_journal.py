"""The journal: each record is there before the next thing happens, and nothing a backend prints gets into
it."""

import io
import json
import subprocess
import sys

import pytest

from conformance import suite
from conformance.judge.journal import Journal
from tests import ROOT

IDENTITY = {"backend": "b", "file": "b.py", "front": "f", "engine": "e", "versions": {"e": "1"},
            "more": "left out"}


class Seen(io.StringIO):
    """A stream that counts how much was flushed."""

    flushed = 0

    def flush(self):
        self.flushed = len(self.getvalue())


def test_every_record_is_flushed_as_it_happens():
    stream = Seen()
    journal = Journal(stream)
    steps = [lambda: journal.start(api="k", backend="b"),
             lambda: journal.step({"step": "found", "holds": True}),
             lambda: journal.loaded(IDENTITY), lambda: journal.collected(["a/b/c"]),
             lambda: journal.begin("a/b/c"),
             lambda: journal.case({"id": "a/b/c", "verdict": "pass"}),
             lambda: journal.end(1.23456, {"pass": 1}, True, None)]
    for number, step in enumerate(steps, 1):
        step()
        assert stream.flushed == len(stream.getvalue())
        assert stream.getvalue().count("\n") == number
    records = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [record["kind"] for record in records] == [
        "start", "step", "loaded", "collected", "begin", "case", "end"]
    assert "more" not in records[2]
    assert records[2]["signatures"] == {}
    assert (records[-1]["seconds"], records[-1]["complete"], records[-1]["reason"]) == (1.235, True, None)


def test_the_signatures_of_a_backend_are_text_and_bounded():
    stream = io.StringIO()
    told = {"f" * 200: "(x)", "g": ["no text"], "h": "x" * 1000}
    Journal(stream).loaded(dict(IDENTITY, signatures=told))
    assert json.loads(stream.getvalue())["signatures"] == {
        "f" * 100: "(x)", "g": "['no text']", "h": "x" * 300}


def test_the_start_says_what_is_about_to_be_judged():
    stream = io.StringIO()
    Journal(stream).start(api="k", backend="b", column="mine", runtime="docker")
    record = json.loads(stream.getvalue())
    assert (record["schema"], record["api"], record["suite"]) == (2, "k", suite.digest("k"))
    assert (record["column"], record["backend"], record["runtime"], record["device"]) == ("mine", "b",
                                                                                          "docker", "cpu")


def test_without_a_stream_it_counts_all_the_same():
    journal = Journal(None)
    journal.collected(["a/b/c", "a/b/d"])
    journal.end(0, {}, False, "why")
    assert (journal.expected, journal.has_collected, journal.ended) == (2, True, True)


def test_a_number_that_json_lacks_is_refused():
    """A line that a reader refuses would be a verdict lost."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        Journal(io.StringIO()).case({"id": "a/b/c", "ulp": float("nan")})


def test_what_else_is_printed_goes_to_stderr_and_no_child_inherits_the_stream():
    script = ("import os, subprocess, sys\n"
              "from conformance.judge.journal import private_stdout\n"
              "stream = private_stdout()\n"
              "print('from Python'); sys.stdout.flush(); os.write(1, b'from C\\n')\n"
              "subprocess.call([sys.executable, '-c', \"print('from a child')\"])\n"
              "ask = 'import os; os.write({}, b\"forged\")'.format(stream.fileno())\n"
              "silent = dict(stderr=subprocess.DEVNULL, close_fds=False)\n"
              "assert subprocess.call([sys.executable, '-c', ask], **silent)\n"
              "stream.write('the journal\\n'); stream.flush()\n")
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env={"PYTHONPATH": str(ROOT)},
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "the journal\n"
    assert {"from Python", "from C", "from a child"} <= set(done.stderr.splitlines())
