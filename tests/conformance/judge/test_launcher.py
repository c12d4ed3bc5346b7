"""Starting workers: what answers, why nothing does, and which environment each gets."""

import time

import pytest

from conformance.judge.launcher import packages
from conformance.judge.process import NotLoaded
from tests.conformance.table import MINIATURES


def test_what_answers_is_known_once_it_has_loaded(launcher):
    made = launcher()
    assert made.identity is None
    process = made.launch("process")
    assert made.identity["file"] == str(MINIATURES / "small.py")
    assert made.identity["versions"].keys() >= {"python", "numpy"}
    process.end()


def test_an_exception_without_a_message_is_told_with_its_line(launcher):
    with pytest.raises(NotLoaded) as caught:
        launcher("no_words").launch("process")
    line = (MINIATURES / "no_words.py").read_text().splitlines().index("assert CONFIGURED") + 1
    place = f"{MINIATURES / 'no_words.py'}, line {line}: assert CONFIGURED"
    assert str(caught.value) == f"AssertionError ({place})"


def test_a_module_that_is_not_there_is_named(launcher):
    with pytest.raises(NotLoaded, match="No module named 'absent_module'"):
        launcher("absent_module").launch("process")


def test_an_import_that_does_not_end_is_given_up(launcher):
    with pytest.raises(NotLoaded, match=r"^the import took longer than 0\.5 s"):
        launcher("slow_start", CONFORM_START_TIMEOUT="0.5").launch("process")


def test_an_import_that_ends_the_process_says_how_and_its_last_line(launcher, tmp_path):
    (tmp_path / "leaves.py").write_text("import os\nprint('goodbye', flush=True)\nos._exit(5)\n")
    with pytest.raises(NotLoaded) as caught:
        launcher("leaves", PYTHONPATH=str(tmp_path)).launch("process")
    assert str(caught.value) == "the import ended the process: exited with status 5 (its last line: goodbye)"


def test_another_backend_than_the_one_asked_for_is_refused_and_named(launcher, tmp_path):
    """A silent fallback would pass for conformance."""
    (tmp_path / "falls_back.py").write_text("from small import *\ndef backend(): return 'theano'\n")
    made = launcher("falls_back", PYTHONPATH=f"{tmp_path}:{MINIATURES}", KERAS_BACKEND="cntk")
    with pytest.raises(NotLoaded, match=r"^KERAS_BACKEND asks for cntk, but theano answered") as caught:
        made.launch("process")
    assert caught.value.identity["backend"] == "theano"


def test_an_import_that_fails_once_is_tried_again(launcher, tmp_path):
    (tmp_path / "moody.py").write_text(
        f"import os\nfrom small import *\nif not os.path.exists({str(tmp_path / 'been')!r}):\n"
        f"    open({str(tmp_path / 'been')!r}, 'w').close()\n    raise OSError('not today')\n")
    made = launcher("moody", PYTHONPATH=f"{tmp_path}:{MINIATURES}")
    made.launch_again("process").end()
    assert made.identity is not None
    (tmp_path / "been").unlink()
    with pytest.raises(NotLoaded, match="not today"):
        made.launch("process")


def test_a_process_that_was_woken_is_the_one_that_is_launched(launcher):
    made = launcher()
    made.wake("zygote")
    assert made.woken("zygote")
    deadline = time.monotonic() + 30
    while made.waking("zygote") and time.monotonic() < deadline:
        time.sleep(0.01)
    woken = made._waking["zygote"][0]
    assert made.launch("zygote") is woken
    assert not made.woken("zygote")
    woken.end()


def test_what_is_for_the_judge_alone_does_not_reach_the_backend(launcher):
    made = launcher(CONFORM_SELECT="x", CONFORM_START='{"column": "c"}', CONFORM_PRELOAD="json")
    assert "CONFORM_PRELOAD" in made.environment
    assert not {"CONFORM_SELECT", "CONFORM_START", "CONFORM_ONLY"} & made.environment.keys()


def test_only_the_worker_of_a_gpu_column_sees_the_gpu(launcher):
    made = launcher(CONFORM_DEVICE="gpu")
    assert made.device == "gpu"
    # A forked process cannot use the GPU its parent opened, so the one whose children are forked has none.
    zygote = made.launch("zygote")
    answer = zygote.ask({"op": "script", "source": "import os\ngot = os.environ.get('CUDA_VISIBLE_DEVICES')",
                         "inputs": {}, "names": ["got"]}, 30)
    zygote.end()
    assert answer["values"]["got"] == "-1"
    assert launcher().device == "cpu"


def test_another_interpreters_front_end_is_read_where_it_is_installed(tmp_path):
    """The judge's own environment has none."""
    installed = tmp_path / "lib" / "python3.6" / "site-packages"
    installed.mkdir(parents=True)
    python = str(tmp_path / "bin" / "python")
    assert packages(python, {"PYTHONPATH": "/patched"}) == ["/patched", str(installed)]
    assert packages(None, {"PYTHONPATH": "/patched"}) is None
