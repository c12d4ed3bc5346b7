#!/bin/sh
# Makes stand-ins for the public base images on a Debian host that reaches its package mirror but no image registry:
#
#   conform-base/python3.6      for python:3.6-slim-bullseye
#   conform-base/python3.6-gcc  for python:3.6-bullseye (with g++)
#
# They hold this host's Debian release, a copy of this host's CPython 3.6 at the path it was built for, and this host's
# CA bundle. The names are their own, so a stand-in never passes for the public image it replaces.
#
#   PYTHON   the interpreter to copy        (default: `pyenv`'s newest, else python3.6 on PATH)
#   MIRROR   a Debian mirror                (default: mmdebstrap's)
set -eu

version=3.6

fail() {
    echo "base-images: $*" >&2
    exit 3
}

for tool in mmdebstrap docker; do
    command -v "$tool" >/dev/null || fail "$tool is needed and not installed: apt-get install mmdebstrap docker.io"
done
docker version >/dev/null 2>&1 || fail "no Docker daemon answers: start one, or set DOCKER_HOST"

find_python() {
    for candidate in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version"*/bin/python; do
        [ -x "$candidate" ] && newest=$candidate
    done
    if [ -z "${newest:-}" ]; then
        newest=$(command -v "python$version") || return 1
    fi
    echo "$newest"
}
python=${PYTHON:-$(find_python)} || fail "no Python $version to copy: install one (pyenv install $version), or set PYTHON"
prefix=$("$python" -c 'import sys; print(sys.base_prefix)')
[ "$prefix" != /usr ] || fail "$python belongs to this system's packages and cannot be copied: install one under a prefix of its own"

codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
[ -n "$codename" ] || fail "this host does not say which Debian release it is: run this on Debian"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# The Debian packages that hold what this CPython links to. Its tkinter is left out, and with it all of X.
packages=$(
    find "$prefix/lib" \( -path '*/lib-dynload/*.so' -o -name 'libpython*.so.*' \) ! -name '_tkinter*' -exec ldd {} + |
        awk '$3 ~ /^\// {print $3}' | sort -u |
        while read -r library; do
            case $library in "$prefix"/*) continue ;; esac
            # dpkg knows a file by one of its two names where /lib is a link to /usr/lib.
            dpkg-query -S "$library" 2>/dev/null || dpkg-query -S "/usr$library" 2>/dev/null ||
                dpkg-query -S "$(readlink -f "$library")"
        done | cut -d: -f1 | sort -u | paste -sd, -
)
[ -n "$packages" ] || fail "the libraries of $python belong to no Debian package: set PYTHON to one built on this host"

bootstrap() { # <name> <further packages>
    mmdebstrap --quiet --variant=minbase --include="ca-certificates,$packages$2" \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        "$codename" "$work/$1.tar" ${MIRROR:+"$MIRROR"}
}

# What the copy leaves out: tests, caches, the static library, and whatever was pip-installed into it.
tar -cf "$work/python.tar" -C / \
    --exclude='__pycache__' --exclude='test' --exclude='tests' --exclude='*.a' --exclude='site-packages/*' \
    --exclude='idlelib' --exclude='lib2to3/tests' --exclude='_tkinter*' "${prefix#/}"
cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$work/ca.crt"

# Every parent of the prefix must be readable by the image's user, also where it is private here (/root).
parents=
directory=$(dirname "$prefix")
while [ "$directory" != / ]; do
    parents="$directory $parents"
    directory=$(dirname "$directory")
done

build() { # <name>
    docker import "$work/$1.tar" "conform-base/debian-$1" >/dev/null
    mkdir "$work/$1"
    ln "$work/python.tar" "$work/ca.crt" "$work/$1"
    cat >"$work/$1/Dockerfile" <<END
FROM conform-base/debian-$1
ADD python.tar /
COPY ca.crt /etc/ssl/certs/ca-certificates.crt
RUN chmod a+rx $parents && $prefix/bin/python$version -m ensurepip \
 && ln -sf python$version $prefix/bin/python && ln -sf python$version $prefix/bin/python3 && ldconfig
ENV PATH=$prefix/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt PIP_CERT=/etc/ssl/certs/ca-certificates.crt
CMD ["python3"]
LABEL io.keras-conformance.standin-for="$2"
END
    docker build --network none --tag "$3" "$work/$1" >"$work/$1.log" 2>&1 || {
        cat "$work/$1.log" >&2
        fail "$3 did not build: the output above says why"
    }
    docker rmi "conform-base/debian-$1" >/dev/null
    echo "$3 $(docker image inspect --format '{{.Size}}' "$3" | awk '{printf "%.0f MB", $1 / 1e6}') (stands in for $2)"
}

bootstrap slim "" &
slim=$!
bootstrap gcc ",g++,libc6-dev"
wait "$slim"
build slim "python:$version-slim-bullseye" "conform-base/python$version"
build gcc "python:$version-bullseye" "conform-base/python$version-gcc"
