#!/bin/sh
# What the tests need beyond Python packages: docker-compose, which checks docker-compose.yml without an engine.
# On Debian and Ubuntu it is installed when this runs as root; elsewhere this says what to install, and the test fails.
set -eu
command -v docker-compose >/dev/null 2>&1 && exit 0
docker compose version >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing docker-compose, which a test needs ..."
    export DEBIAN_FRONTEND=noninteractive
    if output=$(apt-get update 2>&1 && apt-get install --yes --no-install-recommends docker-compose 2>&1); then
        exit 0
    fi
    echo "$output" | tail -5 >&2
fi
echo "Install docker-compose (Debian: apt-get install docker-compose; elsewhere: Docker's own), or its test fails." >&2
