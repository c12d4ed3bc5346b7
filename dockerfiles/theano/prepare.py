"""Configure Theano for this environment: compiler flags, BLAS, and a compile directory that stays warm.

Run once with the environment's own Python, right after the requirements are installed (image and venv alike). Writes
``<prefix>/theanorc`` and a start-up hook that makes every interpreter of the environment use it, so that nothing has to
be set by hand. The compile directory is ``<prefix>/compiled``, or what CONFORM_COMPILED names.
"""

import glob
import os
import shutil
import sys
import sysconfig

# compiledir_format and cxxflags are pinned: by default both name this machine's kernel release and CPU, and a directory
# warmed elsewhere would be cold. age_thresh_use (seconds): by default an op not used for 24 days is thrown away.
THEANORC = """\
[global]
floatX=float32
base_compiledir={compiled}
compiledir_format=compiledir

[cmodule]
age_thresh_use=315360000

[blas]
ldflags=-L{blas} -lopenblas -Wl,-rpath,{libs}

[gcc]
cxxflags=-march=x86-64
"""

HOOK = """\
import os; os.environ.setdefault("THEANORC", {theanorc!r})
"""


def main():
    """Writes the configuration and the hook, or ends the program with one sentence about what is missing."""
    if not shutil.which("g++"):
        sys.exit("Theano compiles C++ and no g++ is on PATH: install it (Debian: apt-get install g++)")
    if not os.path.exists(os.path.join(sysconfig.get_paths()["include"], "Python.h")):
        sys.exit(
            "Theano compiles against Python.h, which this Python {} came without: use a Python built from source, "
            "such as pyenv's".format(sys.version.split()[0])
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
        out.write(THEANORC.format(compiled=compiled, blas=blas, libs=libs))
    with open(os.path.join(site_packages, "theanorc.pth"), "w") as out:
        out.write(HOOK.format(theanorc=theanorc))


if __name__ == "__main__":
    main()
