#!/bin/sh
# Makes or updates Temporal's two databases. Doing it again is harmless: an existing database is kept, and only the
# versions that are missing are applied, so this also carries an upgrade of the server.
set -eu

tool() {
    temporal-sql-tool --plugin postgres12 --endpoint "$POSTGRES_HOST" --port 5432 --user "$POSTGRES_USER" "$@"
}

prepare() {
    database=$1
    versions=$2
    tool --database "$database" create
    tool --database "$database" setup-schema --version 0.0
    tool --database "$database" update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$versions/versioned"
}

prepare temporal temporal
prepare temporal_visibility visibility
