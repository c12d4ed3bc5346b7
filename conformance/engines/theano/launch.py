"""Theano compiles C into a directory that processes lock against each other; here it is decided which
directory that is."""
import configparser
import os
import shutil


def settle(environment, slot=None):
    """Point THEANO_FLAGS in `environment` at a compile directory that outlives the run and belongs to one
    worker.

    The worker's HOME is private and goes with it, so a directory below HOME would be cold every time. `slot`
    names a pytest-xdist worker: it gets a directory of its own, which starts as a copy of the common one.
    """
    base = configured(environment)
    if slot:
        own = "{}-{}".format(base, slot)
        if os.path.isdir(base) and not os.path.isdir(own):
            shutil.copytree(base, own)
        base = own
    flags = [flag for flag in environment.get("THEANO_FLAGS", "").split(",")
             if flag and not flag.startswith("base_compiledir=")]
    environment["THEANO_FLAGS"] = ",".join(flags + ["base_compiledir=" + base])


def configured(environment):
    """The directory THEANO_FLAGS or THEANORC asks for, else Theano's own default, `~/.theano`."""
    for flag in environment.get("THEANO_FLAGS", "").split(","):
        if flag.startswith("base_compiledir="):
            return flag.partition("=")[2]
    for path in reversed(environment.get("THEANORC", "").split(os.pathsep)):
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(path)
        if parser.has_option("global", "base_compiledir"):
            return os.path.expanduser(parser.get("global", "base_compiledir"))
    return os.path.join(environment.get("HOME", os.path.expanduser("~")), ".theano")


def hide_gpu(environment):
    """Compute on the CPU, whatever device the flags name."""
    if "THEANO_FLAGS" in environment:
        environment["THEANO_FLAGS"] += ",device=cpu"
