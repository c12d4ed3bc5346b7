"""What the spawner reads, and from whom: tests/attacks/test_container.py has it at work."""

import os
import signal
import socket
import struct
import time

import pytest

from conformance.judge import spawner
from conformance.judge.children import Children, NoRoom
from conformance.judge.spawner import Gone, Spawner


def listening():
    made = socket.socket(socket.AF_UNIX)
    name = f"conform-test-{os.getpid()}-{time.monotonic_ns()}"
    made.bind("\0" + name)
    made.listen(4)
    return made, name


@pytest.fixture
def serving():
    """A spawner that takes this user for the judge, or another one; its workers are this user's."""
    children = []

    def start(judge):
        made, name = listening()
        child = os.fork()
        if child == 0:
            try:
                spawner.Children = lambda worker: Children()
                spawner._accept(made, judge, None)
            finally:
                os._exit(1)
        made.close()
        children.append(child)
        return name

    yield start
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def start(made, source, folder):
    reading, writing = os.pipe()
    told = {"PATH": os.environ["PATH"]}
    pid = made.start(["/bin/sh", "-c", source], told, folder, writing, reading, writing)
    os.close(writing)
    return pid, reading


def test_it_starts_processes_tells_how_they_end_and_ends_them(serving, tmp_path):
    made = Spawner(serving(os.getuid()))
    pid, reading = start(made, "pwd; exec sleep 1000", str(tmp_path / "own"))
    assert os.read(reading, 100).decode().strip() == str(tmp_path / "own")
    assert made.poll(pid) is None
    assert made.end(pid) is None
    assert not (tmp_path / "own").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    other, _ = start(made, "exit 7", str(tmp_path / "other"))
    assert made.end(other, dying=True) == 7


def test_what_it_has_started_ends_with_the_connection(serving, tmp_path):
    made = Spawner(serving(os.getuid()))
    pid, _ = start(made, "exec sleep 1000", str(tmp_path / "own"))
    made._connection.close()
    deadline = time.monotonic() + 10
    while (tmp_path / "own").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_directory_that_is_there_already_is_nobodys(serving, tmp_path):
    made = Spawner(serving(os.getuid()))
    (tmp_path / "own").mkdir()
    with pytest.raises(NoRoom):
        start(made, "true", str(tmp_path / "own"))
    assert (tmp_path / "own").is_dir()


def test_another_users_connection_is_closed_unread(serving, monkeypatch):
    monkeypatch.setattr(Spawner, "_SECONDS", 0.3)
    name = serving(os.getuid() + 1)
    with pytest.raises(NoRoom, match="the spawner is gone"):
        Spawner(name).strays()
    with socket.socket(socket.AF_UNIX) as client:
        client.connect("\0" + name)
        assert client.recv(1) == b""


def test_a_message_arrives_whole_and_with_its_descriptors():
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    reading, writing = os.pipe()
    message = {"op": "start", "arguments": ["é" * 30000]}
    spawner._send(here, message, (writing,))
    got, (descriptor,) = spawner._receive(there)
    assert got == message
    os.write(descriptor, b"x")
    assert os.read(reading, 1) == b"x"
    here.close()
    with pytest.raises(Gone):
        spawner._receive(there)


def test_a_message_without_end_is_not_read():
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    here.sendall(struct.pack(">I", 1 << 30))
    with pytest.raises(Gone):
        spawner._receive(there)
