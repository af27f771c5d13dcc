"""Tests of the API: the application itself with a real Temporal server, database and document store."""
