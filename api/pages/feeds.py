"""Atom feeds (RFC 4287) of what happened: changes of status, final reports. An event keeps its id for ever."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as xml

from api.pages.catalogues import N_, words
from correspondence.places import country_name
from framework.terms import Language, Status
from storage.publishing import PublicProfile, PublicStatus

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
MOST = 100
"""Events in a feed, the newest."""

NAMESPACE = "http://www.w3.org/2005/Atom"
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BECAME = {
    Status.CANDIDATE: N_("%(country)s is a candidate Pathfinder Country"),
    Status.ACTIVE: N_("%(country)s is an active Pathfinder Country"),
    Status.INACTIVE: N_("%(country)s is an inactive Pathfinder Country"),
    Status.WITHDRAWN: N_("%(country)s has withdrawn"),
}
TAKEN_BACK = N_("%(said)s (an earlier entry is corrected)")
REPORTED = N_("%(country)s: final report for %(year)s")
ALL = N_("Status of Pathfinder Countries")
BY = N_("Alliance 8.7 Secretariat")


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened on a day. `key` never changes; `address` is the page on which it stands."""

    key: str
    on: date
    title: str
    address: str


def said(country: PublicStatus, language: Language) -> Iterator[Event]:
    """Every change of a country's status as an event, the beginning of its candidacy too."""
    say, address = words(language).gettext, f"/countries/{country.code}"
    names = {"country": country_name(country.code, language, country.name)}
    if country.candidate_since:
        title = say(BECAME[Status.CANDIDATE]) % names
        yield Event(key=f"{address}#candidate", on=country.candidate_since, title=title, address=address)
    for place, change in enumerate(country.changes):
        title = say(BECAME[change.after]) % names
        if change.corrects:
            title = say(TAKEN_BACK) % {"said": title}
        yield Event(key=f"{address}#{place}", on=change.on, title=title, address=address)


def published(country: PublicProfile, language: Language) -> Iterator[Event]:
    """Every final report of a country as an event."""
    say, name = words(language).gettext, country_name(country.code, language, country.name)
    for report in country.reports:
        address = f"/countries/{country.code}/reports/{report.year}"
        title = say(REPORTED) % {"country": name, "year": report.year}
        yield Event(key=f"{address}#{report.version}", on=report.on, title=title, address=address)


def feed(
    events: list[Event], site: str, address: str, language: Language, country: PublicStatus | None = None
) -> bytes:
    """A feed at an address of this site. Without events it is dated at the Alliance's founding."""
    newest = sorted(events, key=lambda one: (one.on, one.key), reverse=True)[:MOST]
    xml.register_namespace("", NAMESPACE)
    root = xml.Element(f"{{{NAMESPACE}}}feed", {"xml:lang": language.value})
    say = words(language).gettext
    title = country_name(country.code, language, country.name) if country else say(ALL)
    _put(root, "title", title)
    _put(root, "id", _id(site + address))
    _put(root, "updated", _moment(newest[0].on if newest else date(2016, 9, 21)))
    _put(_put(root, "author"), "name", say(BY))
    _put(root, "link", rel="self", href=site + address)
    _put(
        root,
        "link",
        rel="alternate",
        type="text/html",
        href=site + (f"/countries/{country.code}" if country else "/countries"),
    )
    for event in newest:
        _enter(root, event, site)
    made: bytes = xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _enter(root: xml.Element, event: Event, site: str) -> None:
    entry = _put(root, "entry")
    _put(entry, "title", event.title)
    _put(entry, "id", _id(site + event.key))
    _put(entry, "updated", _moment(event.on))
    _put(entry, "link", rel="alternate", type="text/html", href=site + event.address)
    _put(entry, "summary", event.title)


def _put(parent: xml.Element, name: str, text: str = "", **attributes: str) -> xml.Element:
    made = xml.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    made.text = _UNPRINTABLE.sub("", text) or None
    return made


def _id(address: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, address).urn


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
