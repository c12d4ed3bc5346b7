"""Other releases of the front end on a registered backend, from the package index, as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from harness.backends import load_backends
from harness.releases import of_release
from harness.runtimes.frontends import front_end, published

CASES = ["--cases", "arithmetic/batch_dot/2d-2d-axes-none/*", "--cases", "config/backend/KERAS_BACKEND-*"]


def conform(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "harness", *arguments], capture_output=True, text=True, check=False
    )


def loaded(journal):
    records = [json.loads(line) for line in journal.read_text().splitlines()]
    verdicts = {record["id"]: record["verdict"] for record in records if record["kind"] == "case"}
    identity = next(record for record in records if record["kind"] == "loaded")
    return identity["versions"], verdicts, records[-1]["complete"]


@pytest.mark.venv
def test_the_index_lists_the_releases_of_a_range_in_their_order():
    assert published("keras", ">=2.2.3,<=2.3.1", "3.6") == ["2.2.3", "2.2.4", "2.2.5", "2.3.0", "2.3.1"]
    assert published("keras", ">=2.3.2,<2.4", "3.6") == []


@pytest.mark.venv
def test_two_releases_stand_beside_the_pinned_one(cntk_environment, tmp_path):
    done = conform(
        *("run", "cntk", "--keras", "2.2.2,2.2.5,2.3.1", "--runtime", "venv", "--out", str(tmp_path)),
        *("--profile", "full", *CASES),
    )
    assert done.returncode == 1, done.stdout + done.stderr
    ids = {}
    for column, version in (("cntk-keras-2.2.2", "2.2.2"), ("cntk-keras-2.2.5", "2.2.5"), ("cntk", "2.3.1")):
        versions, ids[column], complete = loaded(tmp_path / "selected" / f"{column}.jsonl")
        assert versions["keras"] == version
        assert complete
    # Without the function that it calls at import, 2.2.2 would load in no process of its own.
    assert all(
        verdict == "pass" for name, verdict in ids["cntk-keras-2.2.2"].items() if name.startswith("config/")
    )
    old, new = ids["cntk-keras-2.2.2"], ids["cntk"]
    changed = [name for name in new if name.startswith("arithmetic/") and old[name] != new[name]]
    assert changed, "batch_dot of two matrices was mended after 2.2"
    assert "its baseline is for keras 2.3.1, cntk 2.7 and is not applied to keras 2.2.2" in done.stdout
    assert "--backend cntk --keras 2.2." in done.stdout


@pytest.mark.venv
def test_a_script_of_a_release_shows_the_case_without_the_suite(cntk_environment, tmp_path):
    case = "arithmetic/batch_dot/2d-2d-axes-none/known"
    script = conform("repro", case, "--backend", "cntk", "--keras", "2.2.2").stdout
    assert "#     keras==2.2.2" in script
    assert "import conformance" not in script
    told = json.loads(conform("env", "cntk", "--keras", "2.2.2", "--json").stdout)
    env = {"PATH": os.defpath, "HOME": str(tmp_path), **told["env"]}
    (tmp_path / "case.py").write_text(script)
    done = subprocess.run(
        [told["python"], "case.py"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr


@pytest.mark.venv
@pytest.mark.parametrize(
    ("release", "words"),
    [
        ("2.2.99", "there is no version of keras==2.2.99"),
        ("2.0.4", "AssertionError"),  # it does not know CNTK yet
    ],
)
def test_a_release_that_is_not_there_or_does_not_load_says_why_and_the_others_run(
    cntk_environment, tmp_path, release, words
):
    done = conform(
        *("run", "cntk", "--keras", f"{release},2.3.1", "--runtime", "venv", "--out", str(tmp_path)),
        *("--cases", "activation/softmax/**"),
    )
    assert done.returncode == 3, done.stdout + done.stderr
    said = " ".join(done.stdout.split())
    assert f"cntk-keras-{release} did not run: " in said
    assert words in said
    assert loaded(tmp_path / "selected" / "cntk.jsonl")[2]


@pytest.mark.venv
def test_a_front_end_that_was_changed_is_made_anew(cntk_environment, tmp_path):
    backend = of_release(load_backends()["cntk"], "2.2.4")
    folder = front_end(backend, print, cntk_environment.python)
    (folder / "keras" / "planted.py").write_text("")
    arguments = (
        "run",
        "cntk",
        "--keras",
        "2.2.4",
        "--runtime",
        "venv",
        "--out",
        str(tmp_path),
        "-k",
        "softmax",
    )
    done = conform(*arguments)
    assert done.returncode == 3
    assert "was changed since it was made" in " ".join(done.stdout.split())
    assert conform(*arguments).returncode in (0, 1)
    assert not (folder / "keras" / "planted.py").exists()


@pytest.mark.docker
def test_a_release_is_a_layer_on_the_image(daemon, tmp_path):
    done = conform(
        *("run", "cntk", "--keras", "2.2.2", "--runtime", "docker", "--out", str(tmp_path)),
        *("--profile", "full", *CASES),
    )
    versions, verdicts, complete = loaded(tmp_path / "selected" / "cntk-keras-2.2.2.jsonl")
    assert (done.returncode, versions["keras"], complete) == (1, "2.2.2", True), done.stdout + done.stderr
    assert verdicts["config/backend/KERAS_BACKEND-over-file"] == "pass"
    for image in daemon.images.list(name="conform/cntk-keras-2.2.2"):
        daemon.images.remove(image.id, force=True)
