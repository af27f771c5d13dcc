"""What people's calendars say of deadlines and meetings, in their language; in mails and in feeds alike."""

from dataclasses import dataclass
from datetime import datetime

from contracts.dates import Dated
from contracts.names import ALLIANCE_CODE
from contracts.rows import Delivery
from contracts.state import MailOrder
from correspondence import dates
from correspondence.entries import Item, method_of, single
from correspondence.facts import Site, due_date, whose
from correspondence.matters import Matters, colon
from correspondence.rendering import TEXT, environment
from framework.terms import Language

DESCRIPTION = "frame/entry.jinja"
HOST = "pathfinder.invalid"
"""Stands in identities where an installation has no address of its own."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """For whom an entry is written, and where it leads."""

    language: Language
    site: Site


@dataclass(frozen=True, kw_only=True)
class CalendarFile:
    """An iCalendar file that goes with a message; `method` tells mail programs what to do with it."""

    name: str
    method: str
    content: bytes


def calendar_files(delivery: Delivery, site: Site) -> list[CalendarFile]:
    """The files that a message brings: one for each date, since mail programs only offer the first entry of a file."""
    order, reader = delivery.order, Reader(language=delivery.language, site=site)
    known_as = str(order.values.get("country_name") or "")
    items = [
        item(one, reader, code=order.country, known_as=known_as, stamp=order.made_at)
        for one in dates_of(order)
    ]
    return [
        CalendarFile(
            name=f"event-{number}.ics" if number > 1 else "event.ics",
            method=method_of(one),
            content=single(one, site.helper),
        )
        for number, one in enumerate(items, 1)
    ]


def dates_of(order: MailOrder) -> list[Dated]:
    """The dates that an order brings; its own due date as well where the process did not tell of it, and its event."""
    found = list(order.dates)
    day, key = due_date(order), order.task or f"{order.kind}-{order.step}"
    if day is not None and all(one.key != key for one in found):
        kind = str(order.values.get("task_kind") or key.partition("-")[0].partition(".")[0])
        until = dates.as_moment(order.values.get("deadline"))
        found.insert(0, Dated(key=key, kind=kind, on=day, year=_year(order), until=until))
    if order.event_on is not None:
        place = str(order.values.get("place") or "")
        event = Dated(
            key=f"{order.kind}-{order.step}",
            kind=order.kind,
            on=order.event_on,
            event=True,
            title=order.event_title,
            place=place,
        )
        found.insert(0, event)
    return found


def item(
    dated: Dated, reader: Reader, *, code: str, known_as: str, stamp: datetime, opened: bool = True
) -> Item:
    """A date of a country (or of the Alliance) as an entry. Its identity comes from the country and from what it is.

    It leads to its task, or to the country where it has none or that is not `opened` yet.
    """
    matters, about = Matters(reader.language), whose(code, reader.language, known_as)
    link = _link(reader.site.url, code, dated.key if opened and not dated.event else "")
    host = reader.site.helper.rpartition("@")[2] or HOST
    return Item(
        uid=f"{code}-{'event-' if dated.event else ''}{dated.key}@{host}",
        on=dated.on,
        summary=f"{about}{colon(reader.language)} {_matter(dated, matters)}",
        description=_description(dated, reader.language, link),
        url=link,
        stamp=stamp,
        place=dated.place,
        sequence=dated.sequence,
        cancelled=dated.cancelled,
    )


def _matter(dated: Dated, matters: Matters) -> str:
    thing = matters.thing(f"{dated.kind}-{dated.year}" if dated.year else dated.kind)
    return f"{thing} ({dated.title})" if dated.event and dated.title else thing


def _description(dated: Dated, language: Language, link: str) -> str:
    end = dates.end_of(dated.on, dated.until)
    assert end is not None  # there is a day
    context = {
        "dated": dated,
        "day": dates.written(dated.on, language),
        "in_geneva": dates.moment_in(dates.GENEVA, end, language),
        "link": link,
    }
    return environment(TEXT, language).get_template(DESCRIPTION).render(context)


def _link(url: str, code: str, task: str) -> str:
    base = f"{url.rstrip('/')}/desk"
    if code == ALLIANCE_CODE:
        return base
    return f"{base}/tasks/{code}/{task}" if task else f"{base}/countries/{code}"


def _year(order: MailOrder) -> int | None:
    year = order.values.get("year")
    return year if isinstance(year, int) else None
