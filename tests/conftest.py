"""What holds for all tests: their Temporal servers, and what collecting them leaves in memory."""

import gc
import itertools
from collections.abc import Iterator

import pytest

from rehearsal import server
from tests.servers import SERVERS

TESTS_BETWEEN_SEARCHES = 300
NEVER_BY_ITSELF = (700, 10, 1_000_000)
_ended = itertools.count(1)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Full searches for garbage happen between tests, and not through what collecting has made.

    A search through half a million objects takes half a second here, several on a machine with more to do than it can. It
    begins in whichever thread happens to make an object and stops all others: the Temporal SDK then takes a workflow for
    stuck, and interrupts it.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(*NEVER_BY_ITSELF)
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Now and then everything is searched, while no workflow is at work."""
    if next(_ended) % TESTS_BETWEEN_SEARCHES == 0:
        gc.collect()


def pytest_sessionstart() -> None:
    """From now on whoever asks for a throwaway server gets a namespace of one that stays."""
    server.opener = SERVERS.open


def pytest_sessionfinish() -> None:
    """The servers end with the tests."""
    SERVERS.end()
