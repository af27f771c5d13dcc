"""What holds for all tests: their Temporal servers, and what collecting them leaves in memory."""

import gc
from collections.abc import Iterator

import pytest

from rehearsal import server
from tests.servers import SERVERS


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Nothing that collecting makes is garbage before the tests end, and it is a lot.

    A full search through half a million objects takes half a second here, several on a machine with more to do than it can.
    It stops every thread: the Temporal SDK then takes the workflow in which the search happened to begin for stuck,
    and interrupts it.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_sessionstart() -> None:
    """From now on whoever asks for a throwaway server gets a namespace of one that stays."""
    server.opener = SERVERS.open


def pytest_sessionfinish() -> None:
    """The servers end with the tests."""
    SERVERS.end()
