"""What keeps the processes that a backend runs in out of the judge."""
import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4
_PR_CAPBSET_DROP = 24
_CAPABILITY_VERSION = 0x20080522
_KILL, _SETGID, _SETUID = 5, 6, 7
_LAST = 63


def protect():
    """Keep processes of the same user out of this one's descriptors and memory: /proc/<pid>/fd and mem of an
    undumpable process are closed to them."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def become(user):
    """Be the user and group of that number for good, undumpable and without any capability. Raises OSError
    where this process may not."""
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)
    protect()


def keep_capabilities():
    """Keep of root's capabilities only those that start and end processes of another user, and give none of
    them on. Raises OSError."""
    library = ctypes.CDLL(None, use_errno=True)
    kept = 1 << _KILL | 1 << _SETGID | 1 << _SETUID
    for number in range(_LAST + 1):
        if not kept >> number & 1:
            library.prctl(_PR_CAPBSET_DROP, number, 0, 0, 0)  # of a number too high the kernel knows nothing
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    # Effective, permitted and inheritable, the lower 32 of each, then the higher.
    sets = (ctypes.c_uint32 * 6)(kept, kept, 0, 0, 0, 0)
    if library.capset(header, sets):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
