"""Give CNTK the Open MPI it was linked against, without a system package.

Run once with the environment's own Python, right after the requirements are installed (image and venv alike);
afterwards ``import cntk`` needs no LD_LIBRARY_PATH. Needs a C compiler, at this moment only.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile

# CNTK was built with Open MPI's C++ bindings, which Open MPI dropped. These are the four symbols it wants
# from them; a single process never calls one, so empty functions are enough for the loader.
BINDINGS = """
void _ZN3MPI4CommC2Ev(void) {}
void _ZN3MPI8Datatype4FreeEv(void) {}
void _ZN3MPI3Win4FreeEv(void) {}
void ompi_mpi_cxx_op_intercept(void) {}
"""

# The wheel's libmpi.so.40 needs these and finds them only through a run path that ours has to supply.
NEEDED = [
    "libopen-rte.so.40",
    "libopen-pal.so.40",
    "libucp.so.0",
    "libuct.so.0",
    "libucs.so.0",
    "libucm.so.0",
    "libfabric.so.1",
]


def compiler():
    """The path of a C compiler; ends the program with one sentence when there is none."""
    for name in (os.environ.get("CC"), "cc", "gcc", "clang"):
        found = name and shutil.which(name)
        if found:
            return found
    sys.exit(
        "CNTK needs a C compiler once and none is on PATH: "
        "install gcc (Debian: apt-get install gcc libc6-dev)"
    )


def main():
    """Links libmpi.so.12 to the wheel's library and builds libmpi_cxx.so.1 beside it."""
    command = [compiler(), "-shared", "-fPIC"]
    libs = os.path.join(sysconfig.get_paths()["purelib"], "cntk", "libs")
    prefix_lib = os.path.join(sys.prefix, "lib")
    up = os.path.relpath(prefix_lib, libs)

    link = os.path.join(libs, "libmpi.so.12")
    if os.path.lexists(link):
        os.remove(link)
    os.symlink(os.path.join(up, "libmpi.so.40"), link)

    # --disable-new-dtags: an RPATH, unlike a RUNPATH, also serves the libraries that the named ones load in
    # turn.
    command += ["-o", os.path.join(libs, "libmpi_cxx.so.1")]
    with tempfile.TemporaryDirectory() as scratch:
        source = os.path.join(scratch, "bindings.c")
        with open(source, "w") as out:
            out.write(BINDINGS)
        command += [
            source,
            "-L" + prefix_lib,
            "-L" + os.path.join(prefix_lib, "openmpi"),
            "-Wl,--no-as-needed",
        ]
        command += ["-l:" + name for name in NEEDED]
        command += ["-Wl,--disable-new-dtags", "-Wl,--allow-shlib-undefined"]
        command += ["-Wl,-rpath,$ORIGIN/{0}:$ORIGIN/{0}/openmpi".format(up)]
        built = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
        )
    if built.returncode:
        sys.exit("CNTK's MPI bindings did not compile with {}: {}".format(command[0], built.stdout.strip()))


if __name__ == "__main__":
    main()
