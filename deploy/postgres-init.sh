#!/bin/sh
# Run once by the PostgreSQL image, when its volume is empty: a database and an account of Pathfinder's own, so that
# it cannot reach what is Temporal's.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set password="$PATHFINDER_DB_PASSWORD" <<'SQL'
CREATE ROLE pathfinder LOGIN PASSWORD :'password';
CREATE DATABASE pathfinder OWNER pathfinder;
SQL
