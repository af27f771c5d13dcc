"""Fixtures of the storage tests."""

from pathlib import Path

import pytest

from storage.documents import Documents
from tests.storage.databases import (
    database,
    database_url,
    empty_url,
    migrated,
    postgresql,
    postgresql_migrated,
    unmigrated,
)

__all__ = [
    "database",
    "database_url",
    "documents",
    "empty_url",
    "migrated",
    "postgresql",
    "postgresql_migrated",
    "unmigrated",
]


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    """An empty document store that takes 1 MB at most."""
    return Documents((tmp_path / "documents").as_uri(), limit=1_000_000)
