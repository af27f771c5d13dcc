"""Whether the ports that `up` needs are free, asked before anything is started."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class NeededPort:
    """A TCP port that something of ours will listen on, and the environment variable that changes it."""

    purpose: str
    host: str
    port: int
    variable: str


class PortsTaken(Exception):
    """At least one needed port is taken, or asked for twice; the message names each with its variable."""


def check_ports(needed: Iterable[NeededPort]) -> None:
    """Raise PortsTaken unless every port is free and nobody needs the same one twice."""
    complaints: list[str] = []
    owners: dict[int, NeededPort] = {}
    for wanted in needed:
        other = owners.setdefault(wanted.port, wanted)
        if other is not wanted:
            complaints.append(_asked_twice(wanted, other))
        elif not is_free(wanted.host, wanted.port):
            complaints.append(_taken(wanted))
    if complaints:
        raise PortsTaken("\n".join(complaints))


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen on host:port now; a connection that is closing down does not count."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def _taken(wanted: NeededPort) -> str:
    return (
        f"Port {wanted.port} on {wanted.host}, needed for {wanted.purpose}, is not free."
        f" Stop what uses it, or choose another one: {wanted.variable}=<port>."
    )


def _asked_twice(wanted: NeededPort, other: NeededPort) -> str:
    return (
        f"Port {wanted.port} is asked for both by {other.purpose} ({other.variable})"
        f" and by {wanted.purpose} ({wanted.variable}): change one of the two."
    )
