"""The Dockerfile that a folder gets, and what is left of one written by hand."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from harness.backends import load_backends
from harness.errors import UsageError
from harness.folders import generated
from harness.folders.blocks import block
from harness.folders.dockerfile import dockerfile, quoted
from harness.runtimes.base import SuiteRequest, suite_environment

HEAD = """\
# By hand.
ARG BASE=python:2.7
FROM ${BASE}
RUN echo made
"""


def instructions(text, word):
    """The words of every instruction `word`, as a shell would take them apart."""
    lines = text.replace("\\\n", " ").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith(f"{word} ")]


def pairs(text, word):
    (words,) = instructions(text, word)
    return dict(item.split("=", 1) for item in words)


def test_a_folder_without_a_dockerfile_gets_a_whole_one(newcomer):
    text = dockerfile(newcomer())
    assert instructions(text, "FROM") == [["${BASE}"]]
    assert "ARG BASE=python:3.12-slim-bookworm\n" in text
    assert "COPY dockerfiles/newcomer/requirements.txt /opt/\n" in text
    assert "prepare.py" not in text
    assert (
        text.index("\nFROM")
        < text.index("\nENV")
        < text.index("\nUSER conform\n")
        < text.index("\nENTRYPOINT")
    )
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_the_image_sets_what_a_run_would_tell_the_suite(newcomer):
    backend = newcomer()
    env = pairs(dockerfile(backend), "ENV")
    start = {"column": "newcomer", "backend": "newcomer", "runtime": "docker", "device": "cpu"}
    assert json.loads(env["CONFORM_START"]) == start
    told = suite_environment(backend, SuiteRequest("full", None, 1, None, start, Path()))
    for of_the_run in ("CONFORM_START", "CONFORM_PROFILE"):
        told.pop(of_the_run)
    assert env.items() >= told.items()
    assert told["NEWCOMER_FLAGS"] == 'say "hello" to $USER \\ {}'
    assert "CONFORM_PROFILE" not in env


def test_the_labels_state_the_pinned_versions(newcomer):
    labels = pairs(dockerfile(newcomer()), "LABEL")
    assert labels["org.opencontainers.image.title"] == "Keras backend conformance: Newcomer's engine 3"
    assert labels["org.opencontainers.image.version"] == "3.1"
    assert labels["io.keras-conformance.keras"] == "2.21.0"
    assert labels["io.keras-conformance.engine"] == "newcomer==3.1"


def test_an_environment_with_a_build_base_is_made_there_and_copied(newcomer):
    backend = newcomer(
        'build_base = "python:3.12-bookworm"\nlibraries = ["/usr/lib/a.so"]\nleave_out = ["a/include"]'
    )
    (backend.folder / "prepare.py").touch()
    (backend.folder / "helper.py").touch()
    text = dockerfile(backend)
    assert instructions(text, "FROM") == [["${BUILD_BASE}", "AS", "environment"], ["${BASE}"]]
    copied = instructions(text, "COPY")
    assert copied[0] == [
        "dockerfiles/newcomer/requirements.txt",
        "dockerfiles/newcomer/helper.py",
        "dockerfiles/newcomer/prepare.py",
        "/opt/",
    ]
    assert ["--from=environment", "/usr/lib/a.so", "/usr/lib/a.so"] in copied
    assert ["--from=environment", "/opt/env", "/opt/env"] in copied
    assert " && /opt/env/bin/python /opt/prepare.py \\\n" in text
    assert " && rm -r /opt/env/lib/python3.12/site-packages/a/include\n" in text


def test_libraries_come_from_a_build_base(newcomer):
    with pytest.raises(UsageError, match="copied from build_base"):
        newcomer('libraries = ["/usr/lib/a.so"]')


def test_a_gpu_image_asks_for_what_it_needs_of_the_driver(newcomer):
    gpu = '[gpu]\ncuda = "12.9"\nmin_compute_capability = "6.0"\nmax_compute_capability = "9.0"'
    env = pairs(dockerfile(newcomer(more=f'device = "gpu"\n{gpu}')), "ENV")
    assert env["NVIDIA_DRIVER_CAPABILITIES"] == "compute,utility"
    assert env["CONFORM_DEVICE"] == "gpu"


def test_a_head_written_by_hand_stays_and_gets_the_folders_base_and_the_tail(newcomer):
    backend = newcomer()
    backend.dockerfile.write_text(HEAD)
    text = dockerfile(backend)
    assert text.startswith(HEAD.replace("python:2.7", "python:3.12-slim-bookworm"))
    assert pairs(text, "ENV")["KERAS_BACKEND"] == "newcomer"
    assert text.endswith('ENTRYPOINT ["python", "-m", "conformance"]\n# -- end of tail --\n')
    backend.dockerfile.write_text(text)
    assert dockerfile(backend) == text


def test_a_stage_that_needs_the_variables_has_them_once(newcomer):
    backend = newcomer()
    backend.dockerfile.write_text(f"{HEAD}{block('variables', 'RUN old' + chr(10))}FROM ${{BASE}} AS later\n")
    text = dockerfile(backend)
    assert "RUN old" not in text
    assert pairs(text, "ENV")["KERAS_BACKEND"] == "newcomer"
    assert text.index("\nENV") < text.index("AS later") < text.index("\nLABEL")


def test_what_stands_in_a_block_is_replaced_and_nothing_else(newcomer):
    backend = newcomer()
    backend.dockerfile.write_text(f"{HEAD}\n{block('tail', 'RUN edited' + chr(10))}RUN kept\n")
    text = dockerfile(backend)
    assert "RUN edited" not in text
    assert "RUN echo made\n" in text
    assert text.endswith("\nRUN kept\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "# -- tail: generated by make folders; do not edit --\n", "stands alone"),
        (HEAD + "# -- end of tail --\n", "stands alone"),
        (HEAD + block("feet", ""), "unknown block 'feet'"),
        (HEAD + block("tail", "") * 2, "twice"),
        ("FROM python:3.12\n", "base arguments none"),
        (HEAD + "ARG BUILD_BASE=b\n", "base arguments BASE, BUILD_BASE"),
    ],
)
def test_a_dockerfile_that_cannot_be_filled_is_refused(newcomer, text, said):
    backend = newcomer()
    backend.dockerfile.write_text(text)
    with pytest.raises(UsageError, match=said) as caught:
        dockerfile(backend)
    assert caught.value.message.startswith("newcomer/Dockerfile")


@pytest.mark.parametrize(
    ("requirements", "said"),
    [
        ("newcomer==3.1\ntf-keras==2.20.0\n", "pins tf-keras to 2.20.0, and the folder says 2.21.0"),
        ("newcomer==3.1\n", "pins tf-keras to nothing"),
        ("tf-keras==2.21.0\n", "does not pin the engine, newcomer"),
        (None, "cannot be read"),
    ],
)
def test_requirements_without_the_front_end_or_the_engine_are_refused(newcomer, requirements, said):
    backend = newcomer()
    backend.requirements.unlink()
    if requirements is not None:
        backend.requirements.write_text(requirements)
    with pytest.raises(UsageError, match=said):
        dockerfile(backend)


@pytest.mark.parametrize("text", ["plain", "a b", "it's", '"$HOME"', 'it\'s "so" \\', "{}", "", "a=b,c:d/e"])
def test_a_quoted_value_is_one_word_again(text):
    assert shlex.split(f"X={quoted(text)}") == [f"X={text}"]


def test_a_variable_in_a_value_is_not_replaced():
    assert quoted("$HOME") == "'$HOME'"
    assert quoted("it's $HOME") == '"it\'s \\$HOME"'


def test_a_value_with_a_line_break_is_refused():
    with pytest.raises(UsageError, match="line break"):
        quoted("a\nb")


def test_what_modules_from_outside_are_run_with_names_no_backend(newcomer):
    backend = newcomer()
    toml = (backend.folder / "backend.toml").read_text()
    (backend.folder / "external.toml").write_text(
        toml.replace('keras_backend = "newcomer"', 'keras_backend = ""')
    )
    (backend.folder / "backend.toml").unlink()
    assert not load_backends(backend.folder.parent)
    text = generated(backend.folder.parent)[backend.dockerfile]
    assert not {"KERAS_BACKEND", "CONFORM_START"} & set(pairs(text, "ENV"))
    assert pairs(text, "ENV")["CONFORM_API"] == "k"
    assert not {"io.keras-conformance.backend", "io.keras-conformance.engine"} & set(pairs(text, "LABEL"))
