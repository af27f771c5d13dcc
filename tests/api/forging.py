"""Makes tokens as an attacker would: libraries refuse to sign with what is no secret."""

import base64
import hashlib
import hmac
import json
from typing import Any


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def by_hand(secret: bytes, claims: dict[str, Any], **head: str) -> str:
    """A token signed by HS256 with any bytes, such as a public key that everybody knows."""
    said = ".".join(_part(json.dumps(one).encode()) for one in ({"alg": "HS256", **head}, claims))
    return f"{said}.{_part(hmac.digest(secret, said.encode(), hashlib.sha256))}"
