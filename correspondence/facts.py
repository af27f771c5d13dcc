"""What every message knows about its matter: country, task, deadline in three zones, days left, link, who helps."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from contracts.names import ALLIANCE_CODE
from contracts.rows import Delivery
from contracts.state import MailOrder
from correspondence import dates
from correspondence.inert import clean, header_safe, shortened
from correspondence.links import contacts_link
from correspondence.places import country_name
from correspondence.signing_in import sign_in_code, sign_in_link
from framework.terms import Language

SENT_WITHIN = timedelta(days=6)
"""A message is sent within days of being made. A clock further away than that is another one: a rehearsal's or a test's."""

DESK = "/desk"
SIGN_IN = "/sign-in"

NAME_LENGTH = 80
"""Of a name, as much as leaves room in a subject for what the message is about."""

PARTS = frozenset({"p", "items", "quote", "fact", "facts", "links", "action", "sign", "small"})
"""What the templates' own parts are called: a value of that name must not take their place."""


@dataclass(frozen=True)
class Site:
    """Where messages lead: the public address of Pathfinder, and the address at which the Secretariat helps.

    `link_secret` signs links that do something by themselves; without it messages lead to the record.
    """

    url: str
    helper: str = ""
    link_secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Deadline:
    """A due date as its reader needs it: the day, its end in Geneva and (where that is another) in the reader's zone."""

    day: str
    in_geneva: str
    there: str = ""
    zone: str = ""
    days_left: int | None = None


def known(delivery: Delivery, site: Site, now: datetime | None = None) -> dict[str, Any]:
    """What the templates of a message may mention, beside the values of its order."""
    order = delivery.order
    short = {name: shortened(value) for name, value in order.values.items()}
    values = {name: clean(value) for name, value in short.items()}
    confirms = contacts_link(delivery, site.url, site.link_secret)
    signs_in = sign_in_link(delivery, site.url, site.link_secret)
    return {name: value for name, value in values.items() if name not in PARTS} | {
        "items_given": values.get("items"),
        "with_name": _name_of(values.get("with_country"), delivery.language),
        "values": {name: value for name, value in values.items() if name != "country_name"},
        "cut": short != order.values,
        "kind": order.kind,
        "code": "" if order.country == ALLIANCE_CODE else order.country,
        "country": country_of(order, delivery.language),
        "cycle": order.cycle,
        "name": header_safe(delivery.to_name)[:NAME_LENGTH],
        "task": order.task,
        "task_kind": values.get("task_kind") or order.task.partition("-")[0].partition(".")[0],
        "due": _deadline(delivery, values, now),
        "link": confirms or signs_in or link_of(order, site.url),
        "sign_in_code": sign_in_code(delivery, site.link_secret),
        "sign_in_asked": _moment(order.values.get("asked_at"), delivery),
        "sign_in_until": _moment(order.values.get("works_until"), delivery),
        "confirms": bool(confirms),
        "helper": site.helper,
    }


def link_of(order: MailOrder, url: str) -> str:
    """The one place to which a message leads: its document, its item, its letter, its task, or its country.

    Somebody who is new is led to where they sign in; a new focal point to the brief of the country.
    """
    base, leads_to = url.rstrip("/"), order.values.get("leads_to")
    if leads_to == "sign_in":
        return base + SIGN_IN
    if leads_to == "brief":
        return f"{base}/countries/{order.country}/brief"
    if document := order.values.get("document"):
        return f"{base}{DESK}/documents/{document}"
    if order.country == ALLIANCE_CODE:
        return f"{base}{DESK}"
    if item := order.values.get("item"):
        return f"{base}{DESK}/items/{order.country}/{item}"
    if order.values.get("attachment"):
        return f"{base}{DESK}/countries/{order.country}/letters"
    task = f"{DESK}/tasks/{order.country}/{order.task}"
    return base + (task if order.task else f"{DESK}/countries/{order.country}")


def due_date(order: MailOrder) -> date | None:
    """The day by which an order asks for something; an extension's is the new one."""
    until = order.values.get("until") if order.kind == "extension_granted" else None
    return dates.as_date(until or order.values.get("due_on"))


def whose(code: str, language: Language, known_as: str = "") -> str:
    """Whose matter it is: a country's, by its name, or that of the whole Alliance."""
    if code == ALLIANCE_CODE:
        return "Alliance 8.7" if language is not Language.SPANISH else "Alianza 8.7"
    return _name_of(code, language, known_as)


def country_of(order: MailOrder, language: Language) -> str:
    """The country that a message is about, by its name in a language; the Alliance for what concerns all."""
    return whose(order.country, language, str(clean(order.values.get("country_name")) or ""))


def _name_of(code: Any, language: Language, known_as: str = "") -> str:
    return header_safe(country_name(str(code), language, known_as))[:NAME_LENGTH] if code else ""


def _moment(value: Any, delivery: Delivery) -> str:
    """A moment as the reader's clock shows it: a sign-in is over in minutes, a day would say nothing."""
    moment = dates.as_moment(value)
    if moment is None:
        return ""
    zone = dates.zone_of(delivery.time_zone)
    place = dates.city_of(zone, delivery.language) if zone else GENEVA_IN[delivery.language]
    return f"{dates.moment_in(zone or dates.GENEVA, moment, delivery.language)} ({place})"


GENEVA_IN = {Language.ENGLISH: "Geneva", Language.FRENCH: "Genève", Language.SPANISH: "Ginebra"}


def _deadline(delivery: Delivery, values: dict[str, Any], now: datetime | None) -> Deadline | None:
    day, language = due_date(delivery.order), delivery.language
    if day is None:
        return None
    end, zone = dates.end_of(day, values.get("deadline")), dates.zone_of(delivery.time_zone)
    assert end is not None  # there is a day
    today = _today(delivery.order, now)
    left = (day - today.astimezone(UTC).date()).days
    return Deadline(
        day=dates.written(day, language),
        in_geneva=dates.moment_in(dates.GENEVA, end, language),
        there=dates.moment_in(zone, end, language) if zone else "",
        zone=dates.city_of(zone, language) if zone else "",
        days_left=max(left, 0) if today <= end else min(left, -1),
    )


def _today(order: MailOrder, now: datetime | None) -> datetime:
    return now if now and timedelta(0) <= now - order.made_at <= SENT_WITHIN else order.made_at
