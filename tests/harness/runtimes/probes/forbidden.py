"""Tries what the measures of hardening forbid, bounded, each in a process of its own, and prints what could
be done.

python forbidden.py NAME...      runs on Python 3.6, in a container
"""

import ctypes
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time


def network():
    """A route to anywhere (nothing is sent)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("192.0.2.1", 9))


def root():
    """A file of the image's."""
    with open("/usr/probe", "w") as out:
        out.write("x")


def tmpfs_run():
    """A program in the temporary directory."""
    with open("/tmp/probe", "w") as out:
        out.write("#!/bin/sh\n")
    os.chmod("/tmp/probe", 0o755)
    subprocess.check_call(["/tmp/probe"])


def memory_run():
    """A program that is in no file."""
    descriptor = ctypes.CDLL(None, use_errno=True).memfd_create(b"probe", 0)
    if descriptor == -1:
        raise OSError(ctypes.get_errno(), "memfd_create")
    with open("/bin/true", "rb") as program:
        os.write(descriptor, program.read())
    subprocess.check_call([f"/proc/self/fd/{descriptor}"], pass_fds=[descriptor])


def tmpfs_fill():
    """More in the temporary directory than it has."""
    try:
        with open("/tmp/filler", "wb", 0) as out:
            for _ in range(24):
                out.write(bytes(1 << 20))
        assert os.path.getsize("/tmp/filler") == 24 << 20
    finally:
        os.remove("/tmp/filler")


def user():
    """What only root may read."""
    with open("/etc/shadow") as stream:
        stream.read()


def capabilities():
    """Another root, which root may choose."""
    os.chroot("/")


def privileges():
    """Root by way of a set-uid program."""
    os.setuid(10001)
    assert subprocess.check_output(["/probe-id", "-u"]) == b"0\n"


def seccomp():
    """A system call that makes attacks easier: no address of this process is random any more."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.personality(0x0040000) == -1:
        raise OSError(ctypes.get_errno(), "personality")


def memory():
    """Twice the memory."""
    return b"\1" * (256 << 20)


def processes():
    """Two hundred processes."""
    children = []
    try:
        for _ in range(200):
            child = os.fork()
            if child == 0:
                time.sleep(60)
                os._exit(0)
            children.append(child)
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def processors():
    """The processors, by more processes than there are, until the kernel holds us up."""
    deadline = time.monotonic() + 2
    children = []
    for _ in range(4):
        child = os.fork()
        while child == 0:
            if time.monotonic() > deadline:
                os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    (path,) = filter(os.path.exists, ["/sys/fs/cgroup/cpu.stat", "/sys/fs/cgroup/cpu/cpu.stat"])
    with open(path) as stream:
        counts = dict(line.split() for line in stream)
    assert counts.get("nr_throttled", "0") == "0"


def files():
    """Five thousand open files."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    for _ in range(5000):
        os.open(os.devnull, os.O_RDONLY)


def cores():
    """A core dump, when it comes to that."""
    resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, 1 << 20))


def environment():
    """The proxy of the client's configuration, with its password."""
    assert "secret" in os.environ["HTTP_PROXY"]


def shared_memory():
    """A file that every process of the container may write to, beside the temporary directory."""
    with open("/dev/shm/probe", "w") as out:
        out.write("x")
    os.remove("/dev/shm/probe")


def mounts():
    """The files of the daemon's machine."""
    assert os.listdir("/host/etc")


def init():
    """A dead process that stays in the table."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        grandchild = os.fork()
        if grandchild:
            os.write(writing, str(grandchild).encode())
        else:
            time.sleep(0.2)
        os._exit(0)
    os.waitpid(child, 0)
    orphan = int(os.read(reading, 16))
    time.sleep(0.6)
    with open(f"/proc/{orphan}/stat") as stream:
        assert stream.read().rpartition(")")[2].split()[0] == "Z"


def succeeds(probe):
    """Whether the probe could do it, found out in a child, which may not survive."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            probe()
        except BaseException as error:
            sys.stderr.write(f"{probe.__name__}: {error!r}\n")
            os._exit(1)
        os._exit(0)
    while True:
        ended, status = os.waitpid(child, 0)
        if ended == child:
            return status == 0


if __name__ == "__main__":
    print(json.dumps({name: succeeds(globals()[name]) for name in sys.argv[1:]}))
