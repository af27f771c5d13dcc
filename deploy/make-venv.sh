#!/bin/sh
# make-venv.sh FOLDER PYTHON...: a virtual environment made by the first Python of the list that is 3.11 or later.
# Debian's Python comes without ensurepip, so an environment without pip will do: its pip is found by install-uv.sh.
set -eu
folder=$1
shift
for python in "$@"; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    "$python" -m venv "$folder" >/dev/null 2>&1 || "$python" -m venv --clear --without-pip "$folder"
    "$python" -c 'import sys; print(sys.executable)' >"$folder/made-by"
    exit 0
done
echo "Pathfinder needs Python 3.11 or later, and none of these is one: $*." >&2
echo "Install it (Debian: apt-get install python3 python3-pip), or name yours: make setup PYTHONS=/path/to/python3" >&2
exit 1
