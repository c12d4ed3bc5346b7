"""Confines a process, and all that it starts, by Landlock, where the Linux kernel has it: no system privilege
is needed, and root is bound too.

A confined process may write only below the directories it is given, opens no TCP connection, and reaches no
process outside: neither by a signal, nor by ptrace, nor through /proc, nor by lowering its limits, which a
filter of system calls refuses. It reads what its user may read.
"""
import ctypes
import glob
import os
import platform
import struct
import sys

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1
_BELOW = 1
_PR_SET_NO_NEW_PRIVS = 38
_O_PATH = 0o10000000
# The rights of the file system by the ABI that brought them; those to read and to run are not among them.
_WRITE_FILE, _TRUNCATE = 1 << 1, 1 << 14
_WRITING = {1: sum(1 << bit for bit in (1, 4, 5, 6, 7, 8, 9, 10, 11, 12)), 2: 1 << 13, 3: _TRUNCATE}
_TCP = 0b11  # to bind, and to connect
_SCOPES = 0b11  # abstract sockets of others, and signals to others
_PR_SET_SECCOMP, _FILTER = 22, 2
# By machine: its number in the audit system, and that of prlimit64.
_PRLIMIT = {"x86_64": (0xC000003E, 302), "aarch64": (0xC00000B7, 261), "arm64": (0xC00000B7, 261)}
_EPERM = 1
# The devices that engines and libraries open for writing; making or removing one is refused.
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/ptmx",
            "/dev/nvidia*", "/dev/nvidia-caps/*", "/dev/dri/*", "/dev/kfd")


def abi():
    """The version of Landlock that this kernel has; 0 where there is none."""
    # Elsewhere the numbers of the system calls are other ones on a few old architectures.
    if not sys.platform.startswith("linux") or platform.machine() not in _PRLIMIT:
        return 0
    return max(0, _library().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION))


def confine(writable):
    """Confine this process; below `writable`, directories, it may write. Nothing happens where there is no
    Landlock. Raises OSError."""
    version = abi()
    if not version:
        return
    library = _library()
    rights = sum(bits for since, bits in _WRITING.items() if since <= version)
    ruleset = struct.pack("=QQQ", rights, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    ruleset = ruleset[:24 if version >= 6 else 16 if version >= 4 else 8]
    made = _checked(library.syscall(_CREATE_RULESET, ruleset, ctypes.c_size_t(len(ruleset)), 0))
    files = rights & (_WRITE_FILE | _TRUNCATE)
    devices = [(path, files) for pattern in _DEVICES for path in glob.glob(pattern)]
    for path, allowed in [(path, rights) for path in writable if os.path.isdir(path)] + devices:
        below = os.open(path, _O_PATH | os.O_CLOEXEC)
        rule = struct.pack("=Qi", allowed, below)
        _checked(library.syscall(_ADD_RULE, made, _BELOW, rule, 0))
        os.close(below)
    _checked(library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _checked(library.syscall(_RESTRICT_SELF, made, 0))
    os.close(made)
    _keep_limits(library)


def _keep_limits(library):
    """Refuse prlimit of any process but the caller, also by the calls of another architecture."""
    architecture, prlimit = _PRLIMIT[platform.machine()]
    # Load, compare and return, with how many instructions to skip when it is so, and when not.
    program = [(0x20, 0, 0, 4), (0x15, 0, 6, architecture),
               (0x20, 0, 0, 0), (0x35, 4, 0, 0x40000000), (0x15, 0, 2, prlimit),
               (0x20, 0, 0, 16), (0x15, 0, 1, 0),
               (0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x00050000 | _EPERM)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in program))
    whole = struct.pack("@HP", len(program), ctypes.addressof(code))
    library.prctl(_PR_SET_SECCOMP, _FILTER, whole, 0, 0)


def _library():
    return ctypes.CDLL(None, use_errno=True)


def _checked(result):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
