"""A list of excluded tests is held against what the tests do: on a small checkout of Keras, made here."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

import pytest

from harness.errors import EnvironmentProblem, UsageError
from harness.exclusions import Entry, meant, read, rewritten, run, sentences
from tests import ROOT

TESTS = """
    import os, time, unittest

    import pytest


    class ThingTest(unittest.TestCase):
        def test_add(self):
            pass

        def test_add_more(self):
            pass

        def test_wrong(self):
            assert os.environ["KERAS_BACKEND"] == "another"

        def test_wrong0(self):
            assert False

        def test_half1(self):
            assert False

        def test_half2(self):
            pass

        @pytest.mark.skip
        def test_skipped(self):
            assert False

        def test_late(self):
            time.sleep(60)


    class OtherThingTest(unittest.TestCase):
        def test_add(self):
            assert False
"""
LIST = """\
# why these
ThingTest::test_add
ThingTest::test_wrong

ThingTest::test_half
ThingTest::test_skipped
ThingTest::test_late
ThingTest::test_renamed
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checkout")
    place = folder / "keras" / "src" / "ops"
    place.mkdir(parents=True)
    (place / "thing_test.py").write_text(textwrap.dedent(TESTS))
    (place / "broken_test.py").write_text("raise ImportError('ThingTest needs what is not here')\n")
    return folder


@pytest.fixture(scope="module")
def entries(checkout):
    texts = [text for text in map(meant, LIST.splitlines()) if text]
    return run(sys.executable, checkout, texts, {"KERAS_BACKEND": "mine"}, 2.0)


def test_each_entry_is_told_what_it_is_worth(entries):
    assert {name.partition("::")[2]: entry.state for name, entry in entries.items()} == {
        "test_add": "passes in part",
        "test_wrong": "fails",
        "test_half": "passes in part",
        "test_skipped": "is skipped",
        "test_late": "fails",
        "test_renamed": "matches nothing",
    }


def test_what_a_line_matches_in_the_middle_of_a_name_is_an_accident(entries):
    assert [name.partition("::")[2] for name in entries["ThingTest::test_add"].accidents] == [
        "OtherThingTest::test_add",
        "ThingTest::test_add_more",
    ]
    assert entries["ThingTest::test_wrong"].accidents == []  # the number of a parameter belongs to the name
    assert entries["ThingTest::test_half"].accidents == []


def test_the_list_anew_keeps_what_fails_and_comments(entries):
    assert list(rewritten(LIST.splitlines(), entries)) == [
        "# why these",
        "OtherThingTest::test_add",
        "ThingTest::test_wrong",
        "",
        "ThingTest::test_half1",
        "ThingTest::test_late",
    ]


def test_an_entry_that_passes_is_told_to_go():
    entry = Entry("A::test_x", {"a_test.py::A::test_x[1]": "passed", "a_test.py::A::test_x[2]": "passed"})
    assert list(sentences(entry)) == ["A::test_x (2 tests) passes by now: remove it"]


@pytest.mark.parametrize("text", ["", "\n# only a comment\n"])
def test_a_list_that_names_nothing_is_refused(tmp_path, text):
    (tmp_path / "list.txt").write_text(text)
    with pytest.raises(UsageError, match=r"list.txt names no test: a line is a part of a name"):
        read(tmp_path / "list.txt")


def test_a_list_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read(tmp_path / "none.txt")


def test_a_folder_without_tests_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"no tests of Keras \(keras/\*\*/\*_test.py\): name a checkout"):
        run(sys.executable, tmp_path, ["x"], {}, 1.0)


def test_a_backend_that_is_not_there_is_said(checkout):
    with pytest.raises(EnvironmentProblem, match="without a result"):
        run(sys.executable, checkout, ["ThingTest"], {"CONFORM_PRELOAD": "no_such_package"}, 1.0)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--backend", "cntk"], "cntk is a backend of Keras 2, and such lists name tests of Keras 3"),
        (["--backend", "ops-nump"], "did you mean 'ops-numpy'"),
    ],
)
def test_another_backend_is_refused(tmp_path, arguments, sentence):
    (tmp_path / "list.txt").write_text("A::test_x\n")
    done = subprocess.run(
        [sys.executable, "-m", "harness", "exclusions", tmp_path / "list.txt", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert sentence in " ".join(done.stderr.split())


@pytest.mark.venv
def test_the_verb_runs_the_tests_of_an_installed_keras(tmp_path):
    from harness.backends import load_backends
    from harness.runtimes.venv import VenvRuntime

    if problem := VenvRuntime().problem(load_backends()["ops-numpy"]):
        pytest.skip(problem)
    (tmp_path / "list.txt").write_text("NNOpsCorrectnessTest::test_elu\nNNOpsCorrectnessTest::test_gone\n")
    command = [sys.executable, "-m", "harness", "exclusions", tmp_path / "list.txt", "--backend", "ops-numpy"]
    done = subprocess.run(
        [*command, "--json", "--out", tmp_path / "new.txt"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    found = {item["entry"]: item["state"] for item in json.loads(done.stdout)["entries"]}
    assert found == {
        "NNOpsCorrectnessTest::test_elu": "passes",
        "NNOpsCorrectnessTest::test_gone": "matches nothing",
    }
    assert (tmp_path / "new.txt").read_text() == ""
