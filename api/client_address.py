"""From where somebody calls."""

from fastapi import Request


def client_address(request: Request) -> str:
    """The address of whoever is connected; empty when the server does not know it. Personal data: for the audit alone."""
    return request.client.host if request.client else ""
