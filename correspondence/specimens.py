"""A message of every kind, about an invented country: for previews, and for the tests that look at all of them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from contracts.letters import Letter, LetterAddressee
from contracts.names import mail_key
from contracts.rows import Delivery
from contracts.state import MailOrder
from correspondence.letter_pdf import pdf
from correspondence.letter_text import Sheet, sheet_of, text_of
from correspondence.message import Attachment
from framework.terms import Language, LetterKind

SPECIMENS = Path(__file__).parent / "specimens.yaml"
LETTER_SPECIMEN = Path(__file__).parent / "letter_specimen.yaml"
LETTER = "letter"
APART = ":"
"""Between `letter` and the kind of letter: `letter:granted`."""

COUNTRY = "XAA"
COUNTRY_NAME = "Exampleland"
READER = "Ada Ejemplo"
ADDRESS = "focal.point@exampleland.example"
ZONE = "America/Lima"
MADE_ON = date(2027, 4, 23)


def kinds() -> list[str]:
    """The kinds of message of which there is a specimen."""
    return sorted(_specimens())


def letter_kinds() -> list[str]:
    """The kinds of letter, each as the message that brings it: `letter:granted`."""
    return [f"{LETTER}{APART}{kind.value}" for kind in LetterKind]


def specimen(
    kind: str, language: Language, *, country: str = COUNTRY, name: str = COUNTRY_NAME, reader: str = READER
) -> Delivery:
    """The message of a kind to one reader, as it would be on its way. Raises KeyError for a kind that has no specimen.

    `kind` may name the letter that it brings: `letter:granted`.
    """
    kind, _, brought = kind.partition(APART)
    order = order_of(kind, country=country, name=name)
    if brought:
        order.values["letter_kind"] = LetterKind(brought).value
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


def attachments(message: Delivery) -> list[Attachment]:
    """What comes with the specimen of a message: the letter that it brings, set in type."""
    order, name = message.order, str(message.order.values["country_name"])
    if order.kind != LETTER:
        return []
    brought = LetterKind(order.values["letter_kind"])
    content = pdf(letter_sheet(brought, message.language, code=order.country, name=name))
    return [Attachment(name=f"{brought.value}.pdf", media_type="application/pdf", content=content)]


def letter_sheet(
    kind: LetterKind, language: Language, *, code: str = COUNTRY, name: str = COUNTRY_NAME
) -> Sheet:
    """The specimen of a letter of record, ready to be set in type."""
    made_at = datetime.combine(MADE_ON, time(8), tzinfo=UTC)
    letter = Letter(
        number=f"A8.7/{code}/{MADE_ON.year}/3",
        kind=kind,
        language=language,
        drafted_at=made_at,
        draft="",
        approved_at=made_at,
        signed_by="Sam Muestra",
        signed_post="Head of the Alliance 8.7 Secretariat",
        addressee=LetterAddressee(name=READER, post="Director of Labour", ministry="Ministry of Labour"),
    )
    values = _plain(yaml.safe_load(LETTER_SPECIMEN.read_text(encoding="utf-8")))
    return sheet_of(
        letter, text_of(letter, code, name, {"year": MADE_ON.year, "values": values}, None), code, name
    )


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
