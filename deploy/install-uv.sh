#!/bin/sh
# install-uv.sh FOLDER VERSION: uv into that virtual environment, by its own pip or by that of the Python that made it.
set -eu
folder=$1
version=$2
if "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$version"
elif made_by=$(cat "$folder/made-by" 2>/dev/null) && "$made_by" -m pip --version >/dev/null 2>&1; then
    "$made_by" -m pip --python "$folder/bin/python" install --quiet --disable-pip-version-check "uv==$version"
else
    echo "There is no pip for ${made_by:-this Python}. Install it (Debian: apt-get install python3-pip), then try again." >&2
    exit 1
fi
