"""A message of every kind, about an invented country: for previews, and for the tests that look at all of them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from contracts.names import mail_key
from contracts.rows import Delivery
from contracts.state import MailOrder
from framework.terms import Language

SPECIMENS = Path(__file__).parent / "specimens.yaml"
COUNTRY = "XAA"
COUNTRY_NAME = "Exampleland"
READER = "Ada Ejemplo"
ADDRESS = "focal.point@exampleland.example"
ZONE = "America/Lima"
MADE_ON = date(2027, 4, 23)


def kinds() -> list[str]:
    """The kinds of which there is a specimen."""
    return sorted(_specimens())


def specimen(
    kind: str, language: Language, *, country: str = COUNTRY, name: str = COUNTRY_NAME, reader: str = READER
) -> Delivery:
    """The message of a kind to one reader, as it would be on its way. Raises KeyError for a kind that has no specimen."""
    order = order_of(kind, country=country, name=name)
    return Delivery(
        key=mail_key(order.country, order.cycle, kind, order.step, ADDRESS),
        order=order,
        to_name=reader,
        to_email=ADDRESS,
        language=language,
        time_zone=ZONE,
    )


def order_of(kind: str, *, country: str = COUNTRY, name: str = COUNTRY_NAME) -> MailOrder:
    """The order of a specimen. Raises KeyError for a kind that has none."""
    found = _specimens()[kind]
    about: dict[str, Any] = dict(found.get("about") or {})
    made_at = datetime.combine(about.pop("made_at", MADE_ON), time(8), tzinfo=UTC)
    values = {"country_name": name, **_plain(found.get("values") or {})}
    about = {"country": country, "cycle": "2027", "step": "1"} | about
    return MailOrder(kind=kind, to=[], values=values, due_at=made_at, made_at=made_at, **about)


@cache
def _specimens() -> Mapping[str, Mapping[str, Any]]:
    read: dict[str, dict[str, Any]] = yaml.safe_load(SPECIMENS.read_text(encoding="utf-8"))
    return read


def _plain(value: Any) -> Any:
    """Values as an order carries them: dates as ISO text."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
