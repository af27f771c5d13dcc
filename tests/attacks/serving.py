"""A real server of the API on loopback, as `pathfinder api` runs it, for attacks on what lies below HTTP."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from tests.api.conftest import settings_in


@contextmanager
def server(folder: Path, app: FastAPI | None = None, **options: Any) -> Iterator[int]:
    """The port of an API without a Temporal server, in a thread of its own."""
    app = app or create_app(settings_in(folder))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        running = uvicorn.Server(uvicorn.Config(app, log_level="critical", **options))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not running.started:
                thread.join(0.01)
                assert thread.is_alive(), "the server could not start"
            yield int(listener.getsockname()[1])
        finally:
            running.should_exit = True
            thread.join()
