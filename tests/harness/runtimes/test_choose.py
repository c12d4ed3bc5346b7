"""Which runtime is used, and what is said where none can be."""

from __future__ import annotations

import socket

import pytest

from harness import runtimes
from harness.errors import EnvironmentProblem, UsageError
from harness.exitcodes import ExitCode
from harness.runtimes import RUNTIMES, choose
from harness.runtimes.venv import VenvRuntime
from tests.fakes import FakeRuntime


@pytest.fixture
def no_daemon(monkeypatch, tmp_path):
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")


def test_auto_takes_venv_where_no_daemon_answers_and_says_why(no_daemon):
    runtime, sentence = choose("auto")
    assert runtime.name == "venv"
    assert sentence.lower().count("no docker daemon answers") == 1
    assert "nobody.sock" in sentence
    # It is not advised to do what is done.
    assert "--runtime venv" not in sentence


def test_docker_without_a_daemon_says_how_to_start_one_or_use_venv(no_daemon):
    with pytest.raises(EnvironmentProblem) as caught:
        choose("docker")
    assert caught.value.exit_code == ExitCode.NOT_RUN
    assert "start a daemon" in caught.value.message
    assert "--runtime venv" in caught.value.message
    assert "\n" not in caught.value.message


def test_without_a_runtime_to_use_instead_none_is_advised(no_daemon, monkeypatch):
    monkeypatch.setattr(VenvRuntime, "available", lambda _: "uv is missing: install it.")
    with pytest.raises(EnvironmentProblem, match=r"or set DOCKER_HOST\.$"):
        choose("docker")


def test_a_socket_that_nobody_answers_is_no_daemon(monkeypatch, tmp_path):
    path = tmp_path / "dead.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{path}")
    with pytest.raises(EnvironmentProblem, match="connection refused"):
        choose("docker")


@pytest.mark.parametrize("host", ["unix://", "tcp://127.0.0.1:1", "gopher://nowhere", "tcp://"])
def test_a_useless_docker_host_ends_in_one_sentence(monkeypatch, host):
    monkeypatch.setenv("DOCKER_HOST", host)
    with pytest.raises(EnvironmentProblem) as caught:
        choose("docker")
    assert "\n" not in caught.value.message


def test_the_current_docker_context_is_honoured(monkeypatch, tmp_path):
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    monkeypatch.setenv("DOCKER_CONTEXT", "no-such-context")
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with pytest.raises(EnvironmentProblem, match="no-such-context"):
        choose("docker")


def test_where_no_runtime_can_be_used_every_reason_is_said_once(no_daemon, monkeypatch):
    monkeypatch.setattr(VenvRuntime, "available", lambda _: "uv is missing: install it.")
    with pytest.raises(EnvironmentProblem) as caught:
        choose("auto")
    assert caught.value.message.startswith(
        "uv is missing: install it. (Runtime docker cannot be used either: "
    )
    assert caught.value.message.count("No Docker daemon answers") == 1
    with pytest.raises(EnvironmentProblem, match=r"^uv is missing: install it\.$"):
        choose("venv")


def test_venv_as_asked_says_what_it_does_not_do():
    runtime, sentence = choose("venv")
    assert runtime.name == "venv"
    assert sentence == "Runtime venv, as asked: it does not isolate the backend from this machine."


def test_a_new_runtime_is_one_entry_of_the_table(no_daemon, monkeypatch):
    made = FakeRuntime({})
    monkeypatch.setitem(runtimes._REGISTERED, "here", runtimes._Registration(lambda: made))
    assert runtimes.every_runtime()["here"] is made
    monkeypatch.setattr(runtimes, "RUNTIMES", (*RUNTIMES, "here"))
    assert choose("here") == (made, "Runtime here, as asked.")
    # Who does not ask to be tried is not.
    assert choose("auto")[0].name == "venv"


def test_an_unknown_runtime_is_refused_with_the_known_ones():
    with pytest.raises(UsageError, match="auto, docker, venv"):
        choose("podman")


@pytest.mark.docker
def test_auto_takes_docker_where_a_daemon_answers(daemon):
    runtime, sentence = choose("auto")
    assert runtime.name == "docker"
    assert sentence == "Runtime docker, because a Docker daemon answers."
