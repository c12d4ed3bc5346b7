"""Give TensorFlow the CUDA 10.0 and cuDNN 7.6 that it opens by name; its own wheel has none of it.

Run once with the environment's own Python, right after the requirements are installed (image and venv alike).
No index has CUDA 10.0 as packages of its own, but two wheels carry it: CNTK's the runtime, cuBLAS, cuRAND and
cuSPARSE, and CuPy's cuDNN 7.6.5 (CNTK's is 7.3.1, and TensorFlow 1.15 refuses to convolve with one older than
its 7.6). They are moved beside TensorFlow's own libraries, where its run path finds them, and the rest of
both wheels is removed.

TensorFlow registers no GPU unless it can open cuFFT and cuSOLVER as well, which neither wheel has. Where this
machine has the real ones, they are used. Elsewhere empty libraries stand in: K has no function that
transforms or factorises, and a symbol that is looked up in an empty library ends the process, which the suite
sees. They need a C compiler, once.
"""

import ctypes
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import warnings

import importlib_metadata

CARRIERS = {
    "cntk-gpu": ["libcudart.so.10.0", "libcublas.so.10.0", "libcurand.so.10.0", "libcusparse.so.10.0"],
    "cupy-cuda100": ["libcudnn.so.7"],
}
ABSENT = ["libcufft.so.10.0", "libcusolver.so.10.0"]
TOOLKIT = "/usr/local/cuda-10.0/lib64"


def main():
    """Moves, links or stands in for the seven libraries, and lets TensorFlow open each of them."""
    site_packages = sysconfig.get_paths()["purelib"]
    beside = os.path.join(site_packages, "tensorflow_core")
    for carrier, names in CARRIERS.items():
        unpack(carrier, names, beside)
    for name in ABSENT:
        provide(name, os.path.join(beside, name))

    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # It uses what NumPy has deprecated, and says so for every type.
    warnings.simplefilter("ignore")
    import tensorflow

    for name in sorted(sum(CARRIERS.values(), ABSENT)):
        # The way in which TensorFlow itself opens them, and from the same library, whose run path counts.
        tensorflow.load_op_library(name)
        print("TensorFlow opens {}".format(name))


def unpack(carrier, names, beside):
    """Moves the libraries `names` of an installed distribution to `beside`, and removes what else it
    installed.
    """
    distribution = importlib_metadata.distribution(carrier)
    files = [str(distribution.locate_file(file)) for file in distribution.files]
    for path in files:
        if os.path.basename(path) in names:
            shutil.move(path, os.path.join(beside, os.path.basename(path)))
        elif os.path.lexists(path):
            os.remove(path)
    # What is left are folders, empty but for the bytecode of what they held.
    own = {os.path.relpath(path, os.path.dirname(beside)).split(os.sep)[0] for path in files}
    for name in own - {os.pardir}:
        shutil.rmtree(os.path.join(os.path.dirname(beside), name), ignore_errors=True)


def provide(name, path):
    """Links the library if this machine has it, else builds an empty one of its name."""
    if os.path.lexists(path):
        os.remove(path)
    found = os.path.join(TOOLKIT, name)
    if os.path.exists(found):
        os.symlink(found, path)
        return
    try:
        ctypes.CDLL(name)
    except OSError:
        build_empty(name, path)


def build_empty(name, path):
    """A shared library without symbols."""
    candidates = [shutil.which(cc) for cc in (os.environ.get("CC"), "cc", "gcc", "clang") if cc]
    compiler = next(filter(None, candidates), None)
    if compiler is None:
        sys.exit(
            "{} is nowhere on this machine and no C compiler to stand in for it is on PATH: "
            "install CUDA 10.0, or gcc (Debian: apt-get install gcc libc6-dev)".format(name)
        )
    with tempfile.TemporaryDirectory() as scratch:
        source = os.path.join(scratch, "empty.c")
        with open(source, "w") as out:
            out.write("typedef int nothing;\n")
        command = [compiler, "-shared", "-fPIC", "-nostdlib", "-Wl,-soname," + name, "-o", path, source]
        built = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
        )
    if built.returncode:
        sys.exit("{} could not be stood in for with {}: {}".format(name, compiler, built.stdout.strip()))


if __name__ == "__main__":
    main()
