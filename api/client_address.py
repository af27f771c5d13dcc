"""From where somebody calls: the connection, or what the proxies that are trusted say of it."""

import ipaddress
from collections.abc import Sequence

from starlette.requests import Request

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

MOST_PROXIES = 20
"""Steps of X-Forwarded-For that are looked at, from the nearest on."""


def client_address(request: Request) -> str:
    """The address of whoever calls; empty when the server does not know it. Personal data: for the audit and limits."""
    return str(address_of(request, request.app.state.parts.settings.proxies) or "")


def address_of(request: Request, proxies: Sequence[Network]) -> Address | None:
    """From where somebody calls: the address of the connection, or, behind proxies that are trusted, what they say."""
    address = _parsed(request.client.host if request.client else "")
    for said in reversed(request.headers.get("X-Forwarded-For", "").split(",")[-MOST_PROXIES:]):
        if address is None or not any(address in one for one in proxies):
            break
        address = _parsed(said.strip()) or address
    return address


def _parsed(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
