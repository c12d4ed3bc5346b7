"""Configure Theano as on the CPU (configure.py), then build libgpuarray and pygpu, by which it reaches a GPU.

Run once with the environment's own Python, right after the requirements are installed (image and venv alike).
Neither library is on the Python index, so the source of libgpuarray 0.7.6 is fetched from where
LIBGPUARRAY_SOURCE says (Debian's source package has it as libgpuarray_0.7.6.orig.tar.gz) and built against
nothing: it opens the driver, NVRTC and cuBLAS by name when it runs, and the last two come out of wheels.

LIBGPUARRAY says what happens where the source cannot be had: `auto` (the default) leaves a note in
<prefix>/no-gpu.txt, which the suite reads out instead of running; `required` ends here; `none` does not try.
"""

import configparser
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import urllib.request

# As in Debian's signed libgpuarray_0.7.6-13.dsc.
SHA256 = "ad1c00dd47c3d36ee1708e5167377edbfcdb7226e837ef9c68b841afbb4a4f6a"
SECONDS = 60
LARGEST = 16 << 20
NOTE = os.path.join(sys.prefix, "no-gpu.txt")


class NotHad(Exception):
    """The source could not be fetched; the text says why."""


def main():
    """Configures, links the CUDA libraries, and builds or says why not."""
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import configure

    configure.main()
    if os.path.exists(NOTE):
        os.remove(NOTE)
    wanted = os.environ.get("LIBGPUARRAY") or "auto"
    try:
        if wanted == "none":
            raise NotHad("as LIBGPUARRAY=none asks for")
        archive = fetch()
    except NotHad as reason:
        if wanted == "required":
            sys.exit("the source of libgpuarray could not be had: {}".format(reason))
        note(reason)
        return
    link_cuda()
    build(archive)
    add_to_theanorc()
    # It needs no GPU to be loaded.
    subprocess.run([sys.executable, "-c", "import pygpu; print('pygpu', pygpu.__version__)"], check=True)


def note(reason):
    """Leaves the sentence that a run ends with."""
    what = os.environ.get("CONFORM_WHAT", "environment")
    text = "this {} was built without libgpuarray ({}), so Theano has no GPU in it: ".format(what, reason)
    text += "build it again with LIBGPUARRAY_SOURCE naming its source"
    print(text)
    with open(NOTE, "w") as out:
        out.write(text + "\n")


def fetch():
    """The bytes of the source archive. Raises NotHad."""
    source = os.environ.get("LIBGPUARRAY_SOURCE")
    if not source:
        raise NotHad("LIBGPUARRAY_SOURCE names no address of its source")
    try:
        with urllib.request.urlopen(source, timeout=SECONDS) as answer:
            archive = answer.read(LARGEST)
    except (OSError, ValueError) as error:
        raise NotHad(
            "its source could not be fetched: {}".format(getattr(error, "reason", None) or error)
        ) from None
    if hashlib.sha256(archive).hexdigest() != (os.environ.get("LIBGPUARRAY_SHA256") or SHA256):
        raise NotHad("what LIBGPUARRAY_SOURCE names is another file")
    return archive


def link_cuda():
    """Gives NVRTC and cuBLAS the names by which libgpuarray opens them."""
    nvidia = os.path.join(sysconfig.get_paths()["purelib"], "nvidia")
    for folder, name in (("cuda_nvrtc", "libnvrtc.so"), ("cublas", "libcublas.so")):
        libs = os.path.join(nvidia, folder, "lib")
        (versioned,) = [file for file in os.listdir(libs) if file.startswith(name + ".")]
        link = os.path.join(sys.prefix, "lib", name)
        if os.path.lexists(link):
            os.remove(link)
        os.symlink(os.path.join(libs, versioned), link)


def build(archive):
    """Compiles the library into the environment's prefix, and pygpu against it."""
    with tempfile.TemporaryDirectory() as scratch:
        packed = os.path.join(scratch, "source.tar.gz")
        with open(packed, "wb") as out:
            out.write(archive)
        with tarfile.open(packed) as tar:
            tar.extractall(scratch)
        (source,) = [entry.path for entry in os.scandir(scratch) if entry.is_dir()]
        # The run path of the library is what opens the links above; the folders of cuBLAS and NVRTC, what
        # they load in turn.
        nvidia = os.path.join(sysconfig.get_paths()["purelib"], "nvidia")
        loaded = [os.path.join(nvidia, folder, "lib") for folder in ("cuda_nvrtc", "cublas")]
        tool = [sys.executable, "-c", "import sys, cmake; sys.exit(cmake.cmake())"]
        folder = os.path.join(source, "Build")
        run([*tool, "-S", source, "-B", folder,
             "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_INSTALL_PREFIX=" + sys.prefix,
             "-DCMAKE_INSTALL_RPATH=" + ":".join(["$ORIGIN", *loaded])])  # fmt: skip
        run([*tool, "--build", folder, "--target", "install"])
        prefix_lib = os.path.join(sys.prefix, "lib")
        flags = {
            "CFLAGS": "-I" + os.path.join(sys.prefix, "include"),
            "LDFLAGS": "-L{0} -Wl,-rpath,{0}".format(prefix_lib),
        }
        run([sys.executable, "setup.py", "--quiet", "install", "--single-version-externally-managed",
             "--record", os.path.join(scratch, "record")],
            cwd=source, env={**os.environ, **flags})  # fmt: skip


def run(command, **options):
    """Runs a step of the build; its output only where it fails."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, **options
    )
    if done.returncode:
        sys.exit(
            "libgpuarray did not build ({}): {}".format(" ".join(command[1:5]), done.stdout.strip()[-2000:])
        )


def add_to_theanorc():
    """Lets what Theano compiles find the library's headers and the library."""
    path = os.path.join(sys.prefix, "theanorc")
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(path)
    flags = " -I{0}/include -L{0}/lib -Wl,-rpath,{0}/lib".format(sys.prefix)
    parser.set("gcc", "cxxflags", parser.get("gcc", "cxxflags") + flags)
    with open(path, "w") as out:
        parser.write(out)


if __name__ == "__main__":
    if shutil.which("gcc") is None and os.environ.get("LIBGPUARRAY") != "none":
        sys.exit("libgpuarray is C and no gcc is on PATH: install it (Debian: apt-get install gcc libc6-dev)")
    main()
