"""Row 31, what comes over the line: too slow, too much, or not as HTTP has it; others are answered meanwhile."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.patience import PlainBodies
from api.serving import Bounded, bounds
from tests.api.conftest import settings_in
from tests.attacks.serving import server

LIVE = b"GET /api/v1/health/live HTTP/1.1\r\nHost: api\r\n"
POST = b"POST /api/v1/codec/ui/x/decode HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\n"
PATIENCE = 0.5
TOO_MUCH = 2_000_000
"""Bytes of a head. One that comes whole with the first reading of the line (256 kB) is taken, whatever its size."""


class Hurried(Bounded):
    """As in production, but for the time that it waits."""

    head_seconds = PATIENCE


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where an API listens that waits half a second."""
    app = create_app(settings_in(Path(tmp_path_factory.mktemp("var"))))
    for layer in app.user_middleware:
        if getattr(layer.cls, "__name__", "") == PlainBodies.__name__:
            layer.kwargs["grace_seconds"] = PATIENCE
    with server(Path(), app, **(bounds() | {"http": Hurried, "timeout_keep_alive": 1})) as found:
        yield found


def connected(port: int) -> socket.socket:
    """A connection that a broken test does not wait on for ever."""
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def answer(line: socket.socket) -> bytes:
    """All that comes until the other end hangs up."""
    found = b""
    while piece := line.recv(65536):
        found += piece
    return found


def one_answer(line: socket.socket) -> bytes:
    """What comes until the process has said that it lives; the line stays open."""
    found = b""
    while not found.endswith(b'{"state":"up"}'):
        piece = line.recv(65536)
        assert piece, found
        found += piece
    return found


def said(port: int, *pieces: bytes) -> bytes:
    """The answer to these bytes on a connection of their own."""
    with connected(port) as line:
        for piece in pieces:
            line.sendall(piece)
        return answer(line)


def status(heard: bytes) -> int:
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", heard)
    assert found, heard
    return int(found[1])


def lives(port: int) -> bool:
    return status(said(port, LIVE + b"Connection: close\r\n\r\n")) == 200


def test_what_is_quick_enough_is_answered(port: int) -> None:
    assert lives(port)
    with connected(port) as line:
        for _ in range(3):
            line.sendall(LIVE + b"\r\n")
            assert status(one_answer(line)) == 200


def test_two_hundred_that_never_finish_their_headers_are_hung_up_on_and_keep_nobody_out(port: int) -> None:
    slow = [connected(port) for _ in range(200)]
    for line in slow:
        line.sendall(LIVE + b"X-Slow: ")
    assert lives(port)
    assert [answer(line) for line in slow] == [b""] * 200
    for line in slow:
        line.close()


def test_a_letter_of_a_header_now_and_then_buys_no_time(port: int) -> None:
    with connected(port) as line:
        line.sendall(LIVE + b"X-Slow: ")
        assert any(hung_up(line) for _ in range(400))


def hung_up(line: socket.socket) -> bool:
    """Sends one more letter, and tells whether nobody listens any more."""
    line.settimeout(0.05)
    try:
        line.sendall(b"x")
        return line.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def test_one_who_says_nothing_at_all_is_hung_up_on(port: int) -> None:
    assert said(port) == b""


def test_a_second_request_on_the_same_line_must_come_in_time_too(port: int) -> None:
    with connected(port) as line:
        line.sendall(LIVE + b"\r\n")
        assert status(one_answer(line)) == 200
        line.sendall(LIVE + b"X-Slow: ")
        assert answer(line) == b""


def test_a_body_that_does_not_come_is_given_up_and_told(port: int) -> None:
    heard = said(port, POST + b"Content-Length: 100\r\n\r\n{")
    assert status(heard) == 408
    assert b"application/problem+json" in heard
    assert b"nosniff" in heard


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: -1\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: 5, 6\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 0x5\r\n",
        b"Content-Length: 99999999999999999999999\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"X: a\x00b\r\n",
        b"X Y: z\r\n",
    ],
    ids=lambda lengths: lengths.decode("latin-1").strip().replace("\x00", "0"),
)
def test_a_request_that_could_be_read_in_two_ways_is_refused(port: int, lengths: bytes) -> None:
    assert status(said(port, POST + lengths + b"Connection: close\r\n\r\n12345")) in (400, 413, 501)
    assert lives(port)


def test_a_length_and_chunks_at_once_are_refused_and_not_two_requests(port: int) -> None:
    smuggled = b"0\r\n\r\n" + LIVE + b"\r\n"
    head = POST + b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n" % len(smuggled)
    heard = said(port, head + smuggled)
    assert [int(one) for one in re.findall(rb"HTTP/1\.1 (\d{3}) ", heard)] == [400]


@pytest.mark.parametrize(
    "head",
    [b"GET /" + b"x" * TOO_MUCH, LIVE + b"X: " + b"x" * TOO_MUCH, LIVE + b"X: y\r\n" * (TOO_MUCH // 6)],
    ids=["address", "header", "headers"],
)
def test_a_head_that_is_too_large_is_refused(port: int, head: bytes) -> None:
    with connected(port) as line:
        try:
            line.sendall(head + b"\r\n\r\n")
            heard = answer(line)
        except OSError:  # hung up on in the middle of it
            heard = b"HTTP/1.1 400 "
    assert status(heard) == 400
    assert lives(port)


def test_nothing_says_what_serves(port: int) -> None:
    heard = said(port, LIVE + b"Connection: close\r\n\r\n").lower()
    assert b"uvicorn" not in heard
    assert b"\r\nserver:" not in heard
