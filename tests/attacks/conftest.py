"""The API before a living server, as the tests of the API have it."""

from pathlib import Path

import pytest
import pytest_asyncio

from tests.api.conftest import database, documents, installation, patient, settings, temporal

__all__ = ["database", "documents", "installation", "patient", "settings", "temporal"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests here run on the loop on which the server was started."""
    for item in items:
        if Path(__file__).parent in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
