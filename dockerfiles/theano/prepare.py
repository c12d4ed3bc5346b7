"""Configure Theano for this environment: compiler flags, BLAS, and a compile directory that stays warm.

Run once with the environment's own Python, right after the requirements are installed (image and venv alike).
Writes ``<prefix>/theanorc`` and a start-up hook that makes every interpreter of the environment use it, so
that nothing has to be set by hand. The compile directory is ``<prefix>/compiled``, or what CONFORM_COMPILED
names; where that does not exist yet, it starts as a copy of what CONFORM_COMPILED_SEED names (the image is
read-only, and Theano writes even when nothing is compiled).
"""

import glob
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig

import numpy

# compiledir_format and cxxflags are pinned: by default both name this machine's kernel release and CPU, and a
# directory warmed elsewhere would be cold. -O1, and headers parsed once for all ops, make a cold compile
# three times as fast as Theano's own -O3 -g; without -ffast-math or fused multiply-add the arithmetic is the
# same. age_thresh_use (seconds): by default an op not used for 24 days is thrown away.
THEANORC = """\
[global]
floatX=float32
cxx={compiler}
base_compiledir={compiled}
compiledir_format=compiledir

[cmodule]
age_thresh_use=315360000

[blas]
ldflags=-L{blas} -lopenblas -Wl,-rpath,{libs}

[gcc]
cxxflags={cxxflags} -include {header}
"""

# Theano takes an operation whose class says `__props__ = ()` for one without a version (theano/gof/cc.py
# looks for empty entries in its key) and compiles it anew in every process: what was compiled from the same
# text with the same flags is found again. The name must have "g++" in it.
COMPILER = """\
#!/bin/sh
output= source= flags= previous=
for argument; do
    case $previous:$argument in
    -o:*) output=$argument ;;
    *:*.cpp) source=$argument ;;
    *) flags="$flags $argument" ;;
    esac
    previous=$argument
done
test -n "$source" && test -n "$output" || exec g++ "$@"
kept=$(dirname "$(dirname "$(dirname "$output")")")/kept
key=$({ echo "$flags"; cat "$source"; } | sha256sum | cut -d " " -f 1)
cp "$kept/$key" "$output" 2>/dev/null && exit
g++ "$@" || exit
mkdir -p "$kept" && cp "$output" "$kept/$key.$$" && mv "$kept/$key.$$" "$kept/$key"
"""

CXXFLAGS = "-march=x86-64 -O1 -g0 -w"

# What every generated file includes. The precompiled form is used only by compilations with the same flags,
# and is otherwise ignored by the compiler.
HEADER = """\
#include <Python.h>
#include <iostream>
#include <math.h>
#include <vector>
#include <algorithm>
#include <numpy/arrayobject.h>
#include <numpy/arrayscalars.h>
"""

# Run at the start of every interpreter of the environment.
HOOK = """\
import os

os.environ.setdefault("THEANORC", {theanorc!r})
compiled, seed = {compiled!r}, {seed!r}
if seed and os.path.isdir(seed) and not os.path.exists(compiled):
    import shutil

    scratch = "%s.%d" % (compiled, os.getpid())
    shutil.copytree(seed, scratch)
    try:
        os.rename(scratch, compiled)
    except OSError:
        # Another interpreter was first.
        shutil.rmtree(scratch)
"""


def main():
    """Writes the configuration and the hook, or ends the program with one sentence about what is missing."""
    if not shutil.which("g++"):
        sys.exit("Theano compiles C++ and no g++ is on PATH: install it (Debian: apt-get install g++)")
    if not os.path.exists(os.path.join(sysconfig.get_paths()["include"], "Python.h")):
        sys.exit(
            "Theano compiles against Python.h, which this Python {} came without: "
            "use a Python built from source, such as pyenv's".format(sys.version.split()[0])
        )
    site_packages = sysconfig.get_paths()["purelib"]
    libs = os.path.join(site_packages, "numpy.libs")
    (openblas,) = glob.glob(os.path.join(libs, "libopenblas*.so"))

    # Theano looks for lib<name>.so when it is told -l<name>; the wheel's file carries a hash in its name.
    blas = os.path.join(sys.prefix, "lib", "blas")
    if not os.path.isdir(blas):
        os.makedirs(blas)
    link = os.path.join(blas, "libopenblas.so")
    if os.path.lexists(link):
        os.remove(link)
    os.symlink(openblas, link)

    compiled = os.environ.get("CONFORM_COMPILED") or os.path.join(sys.prefix, "compiled")
    theanorc = os.path.join(sys.prefix, "theanorc")
    with open(theanorc, "w") as out:
        settings = {"compiler": write_compiler(), "cxxflags": CXXFLAGS, "header": precompile()}
        out.write(THEANORC.format(compiled=compiled, blas=blas, libs=libs, **settings))
    seed = os.environ.get("CONFORM_COMPILED_SEED")
    with open(os.path.join(site_packages, "theano_environment.py"), "w") as out:
        out.write(HOOK.format(theanorc=theanorc, compiled=compiled, seed=seed))
    with open(os.path.join(site_packages, "theano_environment.pth"), "w") as out:
        out.write("import theano_environment\n")


def write_compiler():
    """Writes the compiler that remembers; its path."""
    path = os.path.join(sys.prefix, "bin", "remembering-g++")
    with open(path, "w") as out:
        out.write(COMPILER)
    os.chmod(path, 0o755)
    return path


def precompile():
    """Parses the common headers once, with the flags Theano passes; the header's path."""
    header = os.path.join(sys.prefix, "theano_headers.h")
    with open(header, "w") as out:
        out.write(HEADER)
    theano = os.path.dirname(importlib.util.find_spec("theano").origin)
    includes = [numpy.get_include(), sysconfig.get_paths()["include"], os.path.join(theano, "gof", "c_code")]
    flags = ["-g", "-O3", "-fno-math-errno", *CXXFLAGS.split()]
    flags += ["-DNPY_NO_DEPRECATED_API=NPY_1_7_API_VERSION", "-m64", "-fPIC", "-fvisibility=hidden"]
    command = ["g++", "-x", "c++-header", *flags, *("-I" + path for path in includes), header]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    if done.returncode:
        sys.exit("g++ does not compile what Theano includes: {}".format(done.stdout.strip()))
    return header


if __name__ == "__main__":
    main()
