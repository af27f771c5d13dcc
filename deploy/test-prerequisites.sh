#!/bin/sh
# What the tests need beyond Python packages: docker-compose, which checks docker-compose.yml without an engine, and
# Chromium, which shows mails and pages. On Debian and Ubuntu they are installed when this runs as root; elsewhere
# this says what to install, and their tests fail.
set -eu

has_compose() {
    command -v docker-compose >/dev/null 2>&1 || docker compose version >/dev/null 2>&1
}

has_chromium() {
    [ -z "${CHROMIUM:-}" ] || return 0
    for one in chromium-headless-shell chromium chromium-browser google-chrome; do
        ! command -v "$one" >/dev/null 2>&1 || return 0
    done
    return 1
}

missing() {
    has_compose || printf 'docker-compose '
    has_chromium || printf 'chromium '
}

# The Chromium without windows where there is one: the same pages take a quarter less processor time in it.
packages() {
    for one in $wanted; do
        [ "$one" != chromium ] || ! apt-cache show chromium-headless-shell >/dev/null 2>&1 || one=chromium-headless-shell
        printf '%s ' "$one"
    done
}

wanted=$(missing)
[ -n "$wanted" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing what tests need: $wanted..."
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # one word for each package
    if output=$(apt-get update 2>&1 && apt-get install --yes --no-install-recommends $(packages) 2>&1); then
        exit 0
    fi
    echo "$output" | tail -5 >&2
fi
for one in $(missing); do
    case $one in
    docker-compose) echo "Install docker-compose (Debian: apt-get install docker-compose; elsewhere: Docker's own), or its test fails." >&2 ;;
    chromium) echo "Install Chromium (Debian: apt-get install chromium), or name one in CHROMIUM, or the tests in a browser fail." >&2 ;;
    esac
done
