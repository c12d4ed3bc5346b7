#!/bin/sh
# Makes stand-ins for the public base images on a Debian host that reaches its package mirror but no image registry:
#
#   conform-base/python3.6      for python:3.6-slim-bullseye
#   conform-base/python3.6-gcc  for python:3.6-bullseye (with g++)
#   conform-base/python3.12     for python:3.12-slim-bookworm
#   conform-base/python3.12-gcc for python:3.12-bookworm (with g++)
#
# They hold this host's Debian release, a copy of this host's CPython at the path it was built for, and this host's CA
# bundle. The names are their own, so a stand-in never passes for the public image it replaces. A Python that this host
# lacks costs its own images only, and is named.
#
#   PYTHONS  the interpreters to copy       (default: of each version `pyenv`'s newest, else the one on PATH)
#   MIRROR   a Debian mirror                (default: mmdebstrap's)
set -eu

versions="3.6 3.12"

fail() {
    echo "base-images: $*" >&2
    exit 3
}

for tool in mmdebstrap docker; do
    command -v "$tool" >/dev/null || fail "$tool is needed and not installed: apt-get install mmdebstrap docker.io"
done
docker version >/dev/null 2>&1 || fail "no Docker daemon answers: start one, or set DOCKER_HOST"

find_python() { # <version>
    newest=
    for candidate in "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
        [ ! -x "$candidate" ] || newest=$candidate
    done
    [ -n "$newest" ] || newest=$(command -v "python$1") || return 1
    echo "$newest"
}

if [ -z "${PYTHONS:-}" ]; then
    PYTHONS=
    for version in $versions; do
        if python=$(find_python "$version"); then
            PYTHONS="$PYTHONS $python"
        else
            echo "base-images: no Python $version to copy, so no image of it: install one (pyenv install $version)" >&2
        fi
    done
fi
[ -n "$PYTHONS" ] || fail "no Python to copy: install one of $versions, or set PYTHONS"

codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
[ -n "$codename" ] || fail "this host does not say which Debian release it is: run this on Debian"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# The Debian packages that hold what a CPython links to. Its tkinter is left out, and with it all of X.
packages_of() { # <prefix>
    find "$1/lib" \( -path '*/lib-dynload/*.so' -o -name 'libpython*.so.*' \) ! -name '_tkinter*' -exec ldd {} + |
        awk '$3 ~ /^\// {print $3}' | sort -u |
        while read -r library; do
            case $library in "$1"/*) continue ;; esac
            # dpkg knows a file by one of its two names where /lib is a link to /usr/lib.
            dpkg-query -S "$library" 2>/dev/null || dpkg-query -S "/usr$library" 2>/dev/null ||
                dpkg-query -S "$(readlink -f "$library")"
        done | cut -d: -f1 | sort -u
}

# What the copy leaves out: tests, caches, the static library, and whatever was pip-installed into it.
copy_of() { # <prefix> <tar>
    tar -cf "$2" -C / \
        --exclude='__pycache__' --exclude='test' --exclude='tests' --exclude='*.a' --exclude='site-packages/*' \
        --exclude='idlelib' --exclude='lib2to3/tests' --exclude='_tkinter*' "${1#/}"
}

found=
: >"$work/packages"
for python in $PYTHONS; do
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') || fail "$python does not run: set PYTHONS"
    prefix=$("$python" -c 'import sys; print(sys.base_prefix)')
    [ "$prefix" != /usr ] || fail "$python belongs to this system's packages and cannot be copied: install one under a prefix of its own"
    packages_of "$prefix" >"$work/own"
    [ -s "$work/own" ] || fail "the libraries of $python belong to no Debian package: set PYTHONS to ones built on this host"
    cat "$work/own" >>"$work/packages"
    copy_of "$prefix" "$work/python$version.tar"
    echo "$prefix" >"$work/python$version.prefix"
    found="$found $version"
done
# One Debian serves every Python.
packages=$(sort -u "$work/packages" | paste -sd, -)
cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$work/ca.crt"

bootstrap() { # <name> <further packages>
    mmdebstrap --quiet --variant=minbase --include="ca-certificates,$packages$2" \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        "$codename" "$work/$1.tar" ${MIRROR:+"$MIRROR"}
}

# Every parent of the prefix must be readable by the image's user, also where it is private here (/root).
parents_of() { # <prefix>
    directory=$(dirname "$1")
    while [ "$directory" != / ]; do
        printf '%s ' "$directory"
        directory=$(dirname "$directory")
    done
}

build() { # <debian> <version> <public image> <stand-in>
    case " $found " in *" $2 "*) ;; *) return 0 ;; esac
    prefix=$(cat "$work/python$2.prefix")
    context=$work/$1-$2
    mkdir "$context"
    ln "$work/python$2.tar" "$context/python.tar"
    ln "$work/ca.crt" "$context"
    cat >"$context/Dockerfile" <<END
FROM conform-base/debian-$1
ADD python.tar /
COPY ca.crt /etc/ssl/certs/ca-certificates.crt
RUN chmod a+rx $(parents_of "$prefix") && $prefix/bin/python$2 -m ensurepip \
 && ln -sf python$2 $prefix/bin/python && ln -sf python$2 $prefix/bin/python3 && ldconfig
ENV PATH=$prefix/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt PIP_CERT=/etc/ssl/certs/ca-certificates.crt
CMD ["python3"]
LABEL io.keras-conformance.standin-for="$3"
END
    docker build --network none --tag "$4" "$context" >"$context.log" 2>&1 || {
        cat "$context.log" >&2
        fail "$4 did not build: the output above says why"
    }
    echo "$4 $(docker image inspect --format '{{.Size}}' "$4" | awk '{printf "%.0f MB", $1 / 1e6}') (stands in for $3)"
}

bootstrap slim "" &
slim=$!
bootstrap gcc ",g++,libc6-dev"
docker import "$work/gcc.tar" conform-base/debian-gcc >/dev/null
build gcc 3.6 python:3.6-bullseye conform-base/python3.6-gcc
build gcc 3.12 python:3.12-bookworm conform-base/python3.12-gcc
docker rmi conform-base/debian-gcc >/dev/null
wait "$slim"
docker import "$work/slim.tar" conform-base/debian-slim >/dev/null
build slim 3.6 python:3.6-slim-bullseye conform-base/python3.6
build slim 3.12 python:3.12-slim-bookworm conform-base/python3.12
docker rmi conform-base/debian-slim >/dev/null
