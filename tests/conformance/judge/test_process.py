"""One worker process: asked and answered, bounded, and ended with all that it has started."""

import os
import time
from pathlib import Path

import pytest

from conformance import wire
from tests.conformance.table import MINIATURES

FIND = {"op": "find", "module": "json"}


def test_it_answers_the_question_it_was_asked(process):
    asked = process()
    assert asked.ask(FIND, 30)["file"].endswith("json/__init__.py")
    assert asked.ask({"op": "hello"}, 30)["identity"]["file"] == str(MINIATURES / "small.py")
    assert asked.number == 2
    assert asked.wounded is None


def test_an_answer_to_another_question_is_none(process):
    asked = process()
    asked.post(FIND, time.monotonic() + 10)
    asked.post(FIND, time.monotonic() + 10)
    with pytest.raises(wire.Garbage, match="another question"):
        asked.answer(time.monotonic() + 30)


def test_it_is_waited_for_as_long_as_it_was_given(process):
    asked = process("slow_start")
    assert asked.ask(FIND, 30)
    began = time.monotonic()
    with pytest.raises(wire.Expired):
        asked.ask({"op": "hello"}, 0.3)
    assert time.monotonic() - began < 5


def run(source, seconds=10, names=("got",)):
    return {"op": "script", "source": source, "inputs": {}, "names": list(names)}, seconds


def test_it_dies_and_how_is_known(process):
    asked = process()
    asked.ask({"op": "hello"}, 30)
    with pytest.raises(wire.Closed):
        asked.ask(*run("import os; print('last words', flush=True); os._exit(7)"))
    assert asked.end(dying=True) == "exited with status 7"
    assert asked.end() == "exited with status 7"
    assert "last words" in asked.tail()


def test_its_directories_are_its_own_and_go_with_it(process):
    asked = process()
    asked.ask({"op": "hello"}, 30)
    source = "import os, tempfile\ngot = [os.getcwd(), os.environ['HOME'], tempfile.gettempdir()]"
    found = asked.ask(*run(source))["values"]["got"]
    assert found == [asked.directory] * 3
    asked.end()
    assert not Path(asked.directory).exists()


def test_what_it_has_started_ends_with_it(process):
    """Children that have changed their session and their parent, too."""
    asked = process()
    asked.ask({"op": "hello"}, 30)
    source = ("import os, time\n"
              "reading, writing = os.pipe()\n"
              "if os.fork() == 0:\n"
              "    os.setsid()\n"
              "    if os.fork() == 0:\n"
              "        os.write(writing, str(os.getpid()).encode())\n"
              "        time.sleep(1000)\n"
              "    os._exit(0)\n"
              "os.wait()\n"
              "got = int(os.read(reading, 20).decode())\n")
    pid = asked.ask(*run(source))["values"]["got"]
    os.kill(pid, 0)
    asked.end()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_flood_blocks_nothing_and_only_its_end_is_kept(process):
    asked = process()
    asked.ask({"op": "hello"}, 30)
    asked.ask(*run("import sys\nsys.stdout.write('x' * (1 << 22)); print('end'); sys.stdout.flush()"), )
    deadline = time.monotonic() + 5
    while not asked.tail().endswith("end\n") and time.monotonic() < deadline:
        time.sleep(0.01)
    assert asked.tail().endswith("end\n")
    assert len(asked.printed) <= 32 << 10


def test_a_process_without_its_streams_is_wounded(process):
    asked = process()
    asked.ask({"op": "hello"}, 30)
    asked.ask(*run("import os\nos.close(1)"))
    assert "Bad file descriptor" in asked.wounded


def test_sets_have_one_order_in_every_process(process):
    assert [hash_of(process) for _ in range(2)] == [hash_of(process)] * 2


def hash_of(process):
    asked = process()
    asked.ask({"op": "hello"}, 30)
    return asked.ask(*run("got = hash('x')"))["values"]["got"]
