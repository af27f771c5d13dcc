#!/bin/sh
# install.sh FOLDER STAMP: what requirements-dev.lock names and Pathfinder itself, into that virtual environment.
# The stamp holds a checksum of what was installed: another checkout of the same content needs no network.
set -eu
folder=$1
stamp=$2
wanted=$(cat pyproject.toml requirements-dev.lock | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    echo "Installing Pathfinder and what it needs into $folder ..."
    # Compiled once, here: many processes start, and where Python may not write each would compile all of it anew.
    "$folder/bin/uv" pip sync --quiet --compile-bytecode --python "$folder/bin/python" \
        --require-hashes requirements-dev.lock
    "$folder/bin/uv" pip install --quiet --python "$folder/bin/python" --no-deps -e .
fi
echo "$wanted" >"$stamp"
