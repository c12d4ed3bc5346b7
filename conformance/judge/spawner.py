"""Starts workers as another user than the judge: a process that keeps root and the three capabilities that
takes, and was there before anything of a backend ran.

It reads what a judge sends and what the kernel says, and nothing that a worker can write: a connection is
looked at only when the kernel names the judge's user at its other end. Each connection is served by a fork of
its own, which ends, with everything it has started, when the connection does.
"""
import array
import binascii
import json
import os
import signal
import socket
import struct
import sys
import time

from conformance.judge import descendants
from conformance.judge.children import Children, NoRoom
from conformance.judge.protection import become, keep_capabilities, protect

_LENGTH = struct.Struct(">I")
_CREDENTIALS = struct.Struct("3i")  # process, user, group
_MOST = 4 << 20
_DESCRIPTORS = 3
_WAITING = 64
_PR_SET_PDEATHSIG = 1


class Gone(Exception):
    """The other end of the connection is gone."""


def divide(judge, worker):
    """Become the user `judge` for good, with a spawner beside that starts processes as the user `worker`; the
    name under which `Spawner` finds it.

    It has to be called as root, before anything of a backend has run. Raises OSError where root lacks the
    capabilities.
    """
    name = binascii.hexlify(os.urandom(16)).decode("ascii")
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind("\0" + name)
    listening.listen(_WAITING)
    parent = os.getpid()
    keep_capabilities()
    if os.fork() == 0:
        try:
            _die_with(parent)
            protect()
            _leave_streams()
            _accept(listening, judge, worker)
        finally:
            os._exit(1)
    listening.close()
    become(judge)
    return name


def _leave_streams():
    """Keep of the three streams only that for errors: the journal is the judge's, and ends with it."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)


def _die_with(parent):
    import ctypes
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _accept(listening, judge, worker):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # of how they end nothing is asked
    own = os.getpid()
    while True:
        connection, _ = listening.accept()
        size = _CREDENTIALS.size
        user = _CREDENTIALS.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))[1]
        if user == judge:
            _fork_for(connection, listening, worker, own)
        connection.close()


def _fork_for(connection, listening, worker, own):
    try:
        child = os.fork()
    except OSError:
        return  # the judge finds the connection closed, and asks again
    if child == 0:
        try:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            listening.close()
            _die_with(own)
            protect()
            descendants.adopt()
            _serve(connection, Children(worker))
        finally:
            os._exit(0)


def _serve(connection, children):
    try:
        while True:
            request, descriptors = _receive(connection)
            try:
                answer = {"answer": getattr(children, request["op"])(*request["arguments"], *descriptors)}
            except NoRoom as error:
                answer = {"no room": str(error)}
            finally:
                for descriptor in descriptors:
                    os.close(descriptor)
            _send(connection, answer)
    except Gone:
        children.close()
        children.strays()


class Spawner:
    """Children that the spawner of that name starts, from the judge's side: the same methods."""

    # A fork bomb may have left the spawner without a process to serve a connection with.
    _SECONDS = 5.0

    def __init__(self, name):
        self._name = name
        self._connection = None

    def start(self, command, environment, directory, requests, answers, output):
        """As Children.start."""
        return self._ask("start", command, environment, directory, descriptors=(requests, answers, output))

    def poll(self, pid):
        """As Children.poll."""
        return self._ask("poll", pid)

    def end(self, pid, dying=False):
        """As Children.end."""
        return self._ask("end", pid, dying)

    def strays(self):
        """As Children.strays."""
        return self._ask("strays")

    def _ask(self, op, *arguments, **more):
        request, descriptors = {"op": op, "arguments": arguments}, more.get("descriptors", ())
        deadline = time.monotonic() + self._SECONDS
        while True:
            fresh = self._connection is None
            try:
                if fresh:
                    self._connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                    self._connection.connect("\0" + self._name)
                _send(self._connection, request, descriptors)
                answer, _ = _receive(self._connection)
                break
            except (Gone, OSError) as error:
                # What a connection has started ends with it: only one that has started nothing is replaced.
                if not fresh or time.monotonic() > deadline:
                    raise NoRoom("the spawner is gone: {}".format(error or "it closed the connection"))
                self._connection.close()
                self._connection = None
                time.sleep(0.1)
        if "no room" in answer:
            raise NoRoom(answer["no room"])
        return answer["answer"]


def _send(connection, message, descriptors=()):
    content = json.dumps(message).encode("ascii")
    content = _LENGTH.pack(len(content)) + content
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
    try:
        # The descriptors travel with the first byte.
        connection.sendmsg([content[:1]], rights)
        connection.sendall(content[1:])
    except (BrokenPipeError, ConnectionResetError):
        raise Gone()


def _receive(connection):
    """A message and the descriptors that came with it. Raises Gone."""
    held = array.array("i")
    space = socket.CMSG_SPACE(_DESCRIPTORS * held.itemsize)
    try:
        first, rights, _, _ = connection.recvmsg(1, space, getattr(socket, "MSG_CMSG_CLOEXEC", 0))
        for level, kind, data in rights:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                held.frombytes(data[:len(data) - len(data) % held.itemsize])
        (length,) = _LENGTH.unpack(first + _exactly(connection, _LENGTH.size - 1)) if first else (None,)
        if length is None or length > _MOST:
            raise Gone()
        return json.loads(_exactly(connection, length).decode("ascii")), list(held)
    except ConnectionResetError:
        raise Gone()


def _exactly(connection, size):
    chunks = []
    while size:
        chunk = connection.recv(min(size, 1 << 16))
        if not chunk:
            raise Gone()
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def available():
    """Whether this process is one that can divide itself: root's, on Linux."""
    return sys.platform.startswith("linux") and os.getuid() == 0
