"""What a digest says: the messages that waited, country by country, and what is late now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.rows import Delivery
from contracts.state import MailOrder, Task
from correspondence.dates import short
from correspondence.facts import Site, country_of, link_of
from correspondence.matters import Matters, colon
from correspondence.rendering import rendered
from framework.digests import Digest
from framework.terms import Language

MOST_MESSAGES = 200
MOST_LATE = 100
"""Lines of one digest; a person reads no more, and the rest of the messages waits for the next one."""


@dataclass(frozen=True, kw_only=True)
class LateTask:
    """A late task with the country that it belongs to."""

    country: str
    country_name: str
    task: Task


def digest_values(
    waiting: Sequence[Delivery],
    late: Sequence[LateTask],
    *,
    choice: Digest,
    language: Language,
    site: Site,
    now: datetime,
    more: bool = False,
) -> dict[str, Any]:
    """The values of a digest's order. `waiting` are the messages that it includes; `more`: some wait on."""
    return {
        "period": choice.value,
        "day": now.date().isoformat(),
        "changes": _changes(waiting, language, site),
        "late": [_late(one, language, site) for one in late[:MOST_LATE]],
        "more": more,
        "more_late": len(late) > MOST_LATE,
    }


def _changes(waiting: Sequence[Delivery], language: Language, site: Site) -> list[dict[str, Any]]:
    """The messages by country, in the order of their coming, each with its subject and where it leads."""
    found: dict[str, list[dict[str, str]]] = {}
    for one in waiting:
        own = one.model_copy(update={"language": language})
        line = {"text": rendered(own, site, one.order.made_at).subject, "link": link_of(one.order, site.url)}
        found.setdefault(country_of(one.order, language), []).append(line)
    return [{"title": title, "lines": found[title]} for title in sorted(found)]


def _late(one: LateTask, language: Language, site: Site) -> dict[str, str]:
    task, about = one.task, _about(one)
    thing = Matters(language).thing(f"{task.kind}-{task.year}" if task.year else task.kind)
    due = short(task.due_on, language) if isinstance(task.due_on, date) else ""
    text = ", ".join(
        part for part in (f"{country_of(about, language)}{colon(language)} {thing}", due) if part
    )
    return {"text": text, "link": link_of(about, site.url)}


def _about(one: LateTask) -> MailOrder:
    """A message about the task, as far as its country and its place are concerned."""
    return MailOrder(
        kind=one.task.kind,
        country=one.country,
        cycle="",
        to=[],
        values={"country_name": one.country_name},
        task=one.task.key,
        due_at=one.task.opened_at,
        made_at=one.task.opened_at,
    )
