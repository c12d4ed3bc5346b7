"""The settings Keras keeps for every backend, and the names it counts.

Keras is asked when a setting is needed and not imported at the top: it is importing this package just then.
"""

import contextlib
import importlib

from .tensor import Placeholder

_UIDS = {}
_SCOPES = []
_PHASE = [None]


def _common():
    return importlib.import_module("keras.backend.common")


def floatx():
    """The default float type, a string."""
    return _common().floatx()


def epsilon():
    """The fuzz factor, a float."""
    return _common().epsilon()


def normalize_data_format(value):
    """'channels_last' or 'channels_first'; None gives the default. Raises ValueError for anything else."""
    return _common().normalize_data_format(value)


def get_uid(prefix=""):
    """1, 2, 3 ... for each prefix."""
    _UIDS[prefix] = _UIDS.get(prefix, 0) + 1
    return _UIDS[prefix]


def reset_uids():
    """Start counting again."""
    _UIDS.clear()


@contextlib.contextmanager
def name_scope(name):
    """Variables and placeholders made inside are called `name/...`."""
    _SCOPES.append(name)
    try:
        yield "/".join(_SCOPES)
    finally:
        _SCOPES.pop()


def scoped(name):
    """The name within the scopes around, or None for none."""
    return "/".join(_SCOPES + [name]) if name else None


def learning_phase():
    """0 or 1 when it was set, else a placeholder that is 0 unless it is fed."""
    if _PHASE[0] is None:
        _PHASE[0] = Placeholder((), "int32", name="learning_phase", default=0)
        _PHASE[0]._uses_learning_phase = True
    return _PHASE[0]


def set_learning_phase(value):
    """Fix the learning phase. Raises ValueError unless `value` is 0 or 1."""
    if value not in (0, 1):
        raise ValueError("The learning phase is 0 or 1, not {!r}.".format(value))
    _PHASE[0] = int(value)


def clear_session():
    """Forget the learning phase and the names counted."""
    _PHASE[0] = None
    reset_uids()
