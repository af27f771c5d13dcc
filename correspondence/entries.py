"""The calendar entry that comes with a message about an event on a day."""

from datetime import timedelta

from icalendar import Calendar, Event

from contracts.rows import Delivery
from correspondence.inert import header_safe

PRODUCT = "-//Alliance 8.7//Pathfinder//EN"


def calendar_entry(delivery: Delivery, host: str) -> bytes | None:
    """An iCalendar file with the order's event as an all-day entry, or None where there is no event.

    The UID comes from the order, not the recipient: the same event is the same entry for everybody.
    """
    order = delivery.order
    if order.event_on is None:
        return None
    event = Event()
    event.add("uid", f"{order.country}-{order.cycle}-{order.kind}-{order.step}@{host}")
    event.add("dtstamp", order.made_at)
    event.add("dtstart", order.event_on)
    event.add("dtend", order.event_on + timedelta(days=1))
    event.add("summary", header_safe(f"{order.event_title or order.kind} ({order.country})"))
    if place := order.values.get("place"):
        event.add("location", header_safe(str(place)))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
