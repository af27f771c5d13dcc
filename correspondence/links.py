"""Links in messages that do one thing without signing in: they are signed, name their reader and end with the year.

A link confirms the very contacts that its message listed. It carries no name and no address: the reader is named by
a digest, as in the ledger's keys.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import OctKey

from contracts.names import address_digest
from contracts.rows import Delivery
from correspondence.dates import as_date
from framework.cycle import end_of_day

CONTACTS = "contacts_confirmation"
PAGE = "/confirm/contacts"
_ALGORITHM = "HS256"
_AUDIENCE = "pathfinder-contacts"


class LinkInvalid(Exception):
    """A link that is not ours, or was changed on its way."""


class LinkExpired(LinkInvalid):
    """A link of a year that is over."""


@dataclass(frozen=True, kw_only=True)
class ContactsLink:
    """What a link confirms: a country's contacts (by their fingerprint) in a year; and to whom it was sent."""

    country: str
    year: int
    fingerprint: str
    reader: str


def contacts_link(delivery: Delivery, url: str, secret: str) -> str | None:
    """The link of a message that asks for the contacts; None for any other message, or without a secret.

    The same message has the same link in every attempt.
    """
    order = delivery.order
    year, until = order.values.get("year"), as_date(order.values.get("valid_until"))
    if order.kind != CONTACTS or not secret or not isinstance(year, int) or until is None:
        return None
    claims: dict[str, object] = {
        "aud": _AUDIENCE,
        "sub": order.country,
        "year": year,
        "contacts": str(order.values.get("fingerprint")),
        "reader": address_digest(delivery.to_email),
        "exp": int(end_of_day(until).timestamp()) + 1,
    }
    token = jwt.encode({"alg": _ALGORITHM}, claims, _key(secret), algorithms=[_ALGORITHM])
    return f"{url.rstrip('/')}{PAGE}/{token}"


def read_contacts_link(token: str, secret: str, now: datetime) -> ContactsLink:
    """What a link confirms. Raises LinkExpired or LinkInvalid. `now` is aware."""
    try:
        claims = jwt.decode(token, _key(secret), algorithms=[_ALGORITHM]).claims
        _registry(now).validate(claims)
        return ContactsLink(
            country=str(claims["sub"]),
            year=int(claims["year"]),
            fingerprint=str(claims["contacts"]),
            reader=str(claims["reader"]),
        )
    except ExpiredTokenError:
        raise LinkExpired from None
    except (JoseError, ValueError, TypeError, RecursionError):
        raise LinkInvalid from None


def _registry(now: datetime) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        aud={"essential": True, "value": _AUDIENCE},
        exp={"essential": True},
        sub={"essential": True},
        year={"essential": True},
        contacts={"essential": True},
        reader={"essential": True},
    )


def _key(secret: str) -> OctKey:
    """A key of its own: a link never passes for a token of the API, nor a token for a link."""
    return OctKey.import_key(hmac.digest(secret.encode(), b"pathfinder contacts link", hashlib.sha256))
