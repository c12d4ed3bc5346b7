"""Which runtime is used, and what is said where none can be."""

from __future__ import annotations

import socket

import pytest

from harness.errors import EnvironmentProblem, UsageError
from harness.exitcodes import ExitCode
from harness.runtimes import choose


@pytest.fixture
def no_daemon(monkeypatch, tmp_path):
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")


def test_auto_takes_venv_where_no_daemon_answers_and_says_why(no_daemon):
    runtime, sentence = choose("auto")
    assert runtime.name == "venv"
    assert "no Docker daemon answers" in sentence
    assert "nobody.sock" in sentence


def test_docker_without_a_daemon_says_how_to_start_one_or_use_venv(no_daemon):
    with pytest.raises(EnvironmentProblem) as caught:
        choose("docker")
    assert caught.value.exit_code == ExitCode.NOT_RUN
    assert "start a daemon" in caught.value.message
    assert "--runtime venv" in caught.value.message
    assert "\n" not in caught.value.message


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


def test_an_unknown_runtime_is_refused_with_the_known_ones():
    with pytest.raises(UsageError, match="auto, docker, venv"):
        choose("podman")


@pytest.mark.docker
def test_auto_takes_docker_where_a_daemon_answers(daemon):
    runtime, sentence = choose("auto")
    assert runtime.name == "docker"
    assert sentence == "Runtime docker, because a Docker daemon answers."
