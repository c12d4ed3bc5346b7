"""Makes PyTorch of the Python index importable without CUDA: small libraries in place of CUDA's.

The index has one wheel, made for CUDA, whose own libraries have 4 GB. PyTorch links with them and calls them
only when there is a GPU. Each library that is missing becomes a shared object of the same name, with the
symbols (and their versions) that PyTorch refers to; every function returns 100, CUDA's "no device". This is
for the CPU alone.
"""

import collections
import os
import re
import subprocess
import sys
import sysconfig
import tempfile

NO_DEVICE = 100
# Those of a CUDA that the machine has are left alone: what is installed there changes no verdict.
_CUDA = re.compile(r"lib(cu|nv|nccl)")
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_VERSION_OF = re.compile(r"File: (\S+)|Name: (\S+)")


def main():
    """Build what is missing beside PyTorch's own libraries, and import it."""
    folder = os.path.join(sysconfig.get_path("purelib"), "torch", "lib")
    own = sorted(
        name for name in os.listdir(folder) if ".so" in name and os.path.isfile(os.path.join(folder, name))
    )
    paths = [os.path.join(folder, name) for name in own]
    needed = sorted({name for path in paths for name in _NEEDED.findall(told("readelf", "-dW", path))})
    missing = [name for name in needed if name not in own and _CUDA.match(name)]
    if not missing:
        return
    symbols = wanted(paths, missing)
    with tempfile.TemporaryDirectory() as scratch:
        for name in missing:
            build(name, symbols[name], scratch, os.path.join(folder, name))
    print("built in place of CUDA: " + ", ".join(missing))
    subprocess.run([sys.executable, "-c", "import torch; assert not torch.cuda.is_available()"], check=True)


def told(*command):
    """What a command prints."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, universal_newlines=True).stdout


def wanted(paths, missing):
    """The symbols that each missing library has to have, by the version they carry ("" for none).

    Only a versioned symbol says which library it is from; the rest are in all of them.
    """
    found = collections.defaultdict(lambda: collections.defaultdict(set))
    defined, unversioned = set(), set()
    for path in paths:
        file, library = None, {}
        for match in _VERSION_OF.finditer(told("readelf", "-VW", path)):
            if match.group(1):
                file = match.group(1)
            else:
                library[match.group(2)] = file
        for line in told("nm", "-D", path).splitlines():
            kind, symbol = line.split()[-2:]
            name, _, version = symbol.partition("@")
            version = version.lstrip("@")
            if kind not in "Uw":
                defined.add(name)
            elif version and library.get(version) in missing:
                found[library[version]][version].add(name)
            elif not version and kind == "U":
                unversioned.add(name)
    for name in missing:
        found[name][""] = {symbol for symbol in unversioned - defined if not symbol.startswith("_")}
    return found


def build(name, versions, scratch, path):
    """A shared object called `name` with these symbols."""
    source, script = os.path.join(scratch, "stub.c"), os.path.join(scratch, "versions")
    symbols = sorted(set().union(*versions.values()))
    with open(source, "w") as stream:
        stream.writelines("int {}(void) {{ return {}; }}\n".format(symbol, NO_DEVICE) for symbol in symbols)
    with open(script, "w") as stream:
        for version in sorted(filter(None, versions)):
            stream.write("{} {{ {}; }};\n".format(version, "; ".join(sorted(versions[version]))))
    compiler = ["gcc", "-shared", "-fPIC", "-w", "-fno-builtin", "-Wl,-soname," + name, "-o", path, source]
    if any(versions):
        compiler.append("-Wl,--version-script," + script)
    subprocess.run(compiler, check=True)


if __name__ == "__main__":
    main()
