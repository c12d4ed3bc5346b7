#!/bin/sh
# Prints the path of a Python >= 3.11 that can make virtual environments, or one sentence and status 1.
# pyenv puts shims on PATH that fail for versions not chosen, so each candidate is run, not just found.
try() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || return 1
    "$1" -c 'import sys; print(sys.executable)'
}
for candidate in "$PYTHON" python3 python3.13 python3.12 python3.11 python3.14 python /usr/bin/python3 \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[1-9]*/bin/python; do
    [ -n "$candidate" ] && try "$candidate" && exit 0
done
echo "No Python 3.11 or newer with venv and ensurepip was found: install one (Debian 12: apt-get install python3 python3-venv) or name it with PYTHON=/path/to/python3." >&2
exit 1
