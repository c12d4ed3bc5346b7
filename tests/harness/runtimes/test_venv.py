"""Runtime venv: real environments, made by uv."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from harness.backends import load_backends
from harness.errors import EnvironmentProblem
from harness.runtimes.interpreters import find_interpreter
from harness.runtimes.venv import VenvRuntime

pytestmark = pytest.mark.venv

HERE = "{}.{}".format(*sys.version_info)


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """A backend without requirements, for this Python, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "requirements.txt").write_text("")
    return replace(load_backends()["cntk"], name="tiny", title="Tiny", python=HERE, folder=folder)


def test_the_suite_runs_in_a_private_home_and_its_journal_comes_back(cntk_environment, request_suite):
    keras = Path.home() / ".keras"
    before = keras.exists()
    request = request_suite("softmax")
    with VenvRuntime().run(cntk_environment, request) as output:
        records = [json.loads(line) for line in output]
        assert output.ending is None
    assert (records[0]["kind"], records[0]["column"]) == ("start", "cntk")
    assert records[-1]["kind"] == "end"
    assert records[-1]["complete"]
    assert keras.exists() == before


def test_the_plain_interpreter_imports_the_backend_with_nothing_set(cntk_environment, tmp_path):
    code = "import keras.backend as K; print(K.eval(K.ones((2,)) + 1))"
    env = {"KERAS_BACKEND": "cntk", "HOME": str(tmp_path), "PATH": os.defpath}
    done = subprocess.run(
        [cntk_environment.python, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("[2. 2.]\n")


def test_nothing_of_this_machines_environment_reaches_the_suite(tiny, request_suite, monkeypatch, tmp_path):
    suite = tmp_path / "suite" / "conformance"
    suite.mkdir(parents=True)
    (suite / "__main__.py").write_text(
        "import json, os, sys; print(json.dumps([dict(os.environ), sys.argv[1:]]))"
    )
    monkeypatch.setattr("harness.runtimes.venv.suite_root", lambda: suite.parent)
    monkeypatch.setenv("SECRET_TOKEN", "x")
    runtime = VenvRuntime()
    with runtime.run(runtime.prepare(tiny, print), request_suite("a or b")) as output:
        variables, arguments = json.loads(next(output))
    assert "SECRET_TOKEN" not in variables
    assert set(variables) <= {
        *(
            "PATH",
            "PYTHONPATH",
            "LANG",
            "LC_CTYPE",
            "HOME",
            "KERAS_HOME",
            "TMPDIR",
            "KERAS_BACKEND",
            *("CONFORM_WORKER", "CONFORM_WRITABLE"),
            *("CONFORM_API", "CONFORM_API_MODULE", "CONFORM_PROFILE", "CONFORM_SELECT", "CONFORM_START"),
        ),
        *tiny.env,
    }
    assert arguments == []
    assert (variables["CONFORM_PROFILE"], variables["CONFORM_SELECT"]) == ("examples", "a or b")
    assert not Path(variables["HOME"]).exists()


def test_an_environment_is_made_once_and_anew_when_its_requirements_change(tiny):
    runtime, reports = VenvRuntime(), []
    assert not runtime.prepared(tiny)
    first = runtime.prepare(tiny, reports.append)
    assert reports
    assert runtime.prepared(tiny)
    reports.clear()
    assert runtime.prepare(tiny, reports.append) == first
    assert reports == []
    tiny.requirements.write_text("# changed\n")
    assert not runtime.prepared(tiny)
    assert runtime.prepare(tiny, reports.append).identity != first.identity


def test_a_half_made_environment_is_made_anew(tiny):
    runtime = VenvRuntime()
    python = runtime.prepare(tiny, print).python
    assert python is not None
    folder = python.parent.parent
    (folder / ".conform-ready").unlink()
    (folder / "left-over").touch()
    assert not runtime.prepared(tiny)
    runtime.prepare(tiny, print)
    assert runtime.prepared(tiny)
    assert not (folder / "left-over").exists()


def test_two_harnesses_at_once_make_one_environment(tiny, tmp_path):
    (tiny.folder / "prepare.py").write_text(
        f"import time; time.sleep(1); open({str(tmp_path / 'made')!r}, 'a').write('x')"
    )
    code = f"""
import dataclasses, pathlib
from harness.backends import load_backends
from harness.runtimes.venv import VenvRuntime
tiny = dataclasses.replace(
    load_backends()["cntk"], name="tiny", python={HERE!r}, folder=pathlib.Path({str(tiny.folder)!r}))
print(VenvRuntime().prepare(tiny, lambda line: None).identity)
"""
    both = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(2)]
    answers = {process.communicate()[0] for process in both}
    assert [process.returncode for process in both] == [0, 0]
    assert len(answers) == 1
    assert (tmp_path / "made").read_text() == "x"


def test_a_requirement_that_does_not_install_is_named_with_the_log(tiny):
    tiny.requirements.write_text("./no-such-package-here\n")
    with pytest.raises(EnvironmentProblem) as caught:
        VenvRuntime().prepare(tiny, print)
    message = caught.value.message
    assert "Preparing tiny failed at the installation of its requirements" in message
    assert "no-such-package-here" in message
    assert "\n" not in message
    assert not VenvRuntime().prepared(tiny)


def test_a_cache_that_cannot_be_written_ends_in_one_sentence(tiny, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(EnvironmentProblem, match="XDG_CACHE_HOME"):
        VenvRuntime().prepare(tiny, print)


@pytest.mark.parametrize("name", ["cntk", "theano"])
def test_without_a_compiler_preparing_says_so_in_one_sentence(name, real_backends, tmp_path):
    interpreter = find_interpreter("3.6")
    if interpreter is None:
        pytest.skip("no Python 3.6 on this machine")
    script = real_backends[name].prepare
    assert script is not None
    site = tmp_path / "site"
    site.mkdir()
    (site / "numpy.py").write_text("")
    env = {"PATH": str(tmp_path), "PYTHONPATH": str(site)}
    done = subprocess.run([interpreter.path, script], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "is on PATH: install" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_the_key_is_stable_between_processes(tiny):
    code = (
        "import dataclasses, pathlib; from harness.backends import load_backends; "
        "from harness.runtimes import venv; "
        f"b = dataclasses.replace(load_backends()['cntk'], folder=pathlib.Path({str(tiny.folder)!r}));"
        f"print(venv._key(b, venv.find_interpreter({HERE!r})))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert len(outputs.pop().strip()) == hashlib.sha256().digest_size * 2


def test_uv_missing_is_said(monkeypatch):
    def missing():
        raise FileNotFoundError

    monkeypatch.setattr("uv.find_uv_bin", missing)
    assert "pip install uv" in str(VenvRuntime().available())
