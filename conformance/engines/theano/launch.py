"""Theano compiles C into a directory that processes lock against each other; here it is decided which
directory that is."""
import configparser
import os
import shutil


def settle(environment, slot=None, home=None):
    """Point THEANO_FLAGS in `environment` at a compile directory that outlives the run and belongs to one
    worker.

    `home` is its user's: the worker's own HOME is private and goes with it, so a directory below that would
    be cold every time. `slot` names a pytest-xdist worker: it gets a directory of its own in the common one,
    of which it starts as a copy.
    """
    base = configured(environment, home or environment.get("HOME") or os.path.expanduser("~"))
    if slot:
        base = _own(base, slot)
    flags = [flag for flag in environment.get("THEANO_FLAGS", "").split(",")
             if flag and not flag.startswith("base_compiledir=")]
    environment["THEANO_FLAGS"] = ",".join(flags + ["base_compiledir=" + base])


def configured(environment, home):
    """The directory THEANO_FLAGS or THEANORC asks for, else Theano's own default, `~/.theano`."""
    for flag in environment.get("THEANO_FLAGS", "").split(","):
        if flag.startswith("base_compiledir="):
            return flag.partition("=")[2]
    for path in reversed(environment.get("THEANORC", "").split(os.pathsep)):
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(path)
        if parser.has_option("global", "base_compiledir"):
            found = parser.get("global", "base_compiledir")
            return home + found[1:] if found.startswith("~/") else found
    return os.path.join(home, ".theano")


def _own(base, slot):
    own = os.path.join(base, "slot-" + slot)
    if os.path.isdir(base) and not os.path.isdir(own):
        scratch = "{}.{}".format(own, os.getpid())
        shutil.copytree(base, scratch, ignore=shutil.ignore_patterns("slot-*", "lock_dir"))
        try:
            os.rename(scratch, own)
        except OSError:
            shutil.rmtree(scratch)  # another worker of this slot was first
    return own


def hide_gpu(environment):
    """Compute on the CPU, whatever device the flags name."""
    flags = environment.get("THEANO_FLAGS")
    environment["THEANO_FLAGS"] = flags + ",device=cpu" if flags else "device=cpu"
