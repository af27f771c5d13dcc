"""What the completeness checks know of a country, and the small words in which they are written."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from framework.findings import Finding, Findings, problem, together
from framework.letters import LetterFacts
from framework.members import is_invented, is_member
from framework.policy import Policy
from framework.records import Contact, DocumentRef
from framework.terms import Category, Status
from framework.time_zones import is_time_zone

TOLERANCE = timedelta(days=1)
"""Somewhere on Earth it is tomorrow already: a letter may bear that date."""

FIRST_YEAR = 2016
"""The Alliance was founded in that year: nothing here speaks of an earlier one."""

LONGEST_EMAIL = 254


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a check must know. `today` is the date in UTC; the tuples hold what is on record of this country.

    `priorities` and `next_steps` are keys of the roadmap (and last report), `comment_numbers` the comments
    without an answer, `cycle_years` the years open for reporting, `tasks` the keys of the open tasks, `letters`
    those of record by number.
    """

    status: Status
    today: date
    categories_identified: tuple[Category, ...] = ()
    bodies: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    comment_numbers: tuple[int, ...] = ()
    cycle_years: tuple[int, ...] = ()
    tasks: tuple[str, ...] = ()
    samples_allowed: bool = False
    policy: Policy = field(default_factory=Policy)
    letters: Mapping[str, LetterFacts] = field(default_factory=dict)


def given(text: str | None) -> bool:
    """True when a text says something: white space and invisible characters alone do not."""
    return any(character.isprintable() and not character.isspace() for character in text or "")


def attached(document: DocumentRef | None) -> bool:
    """True when a document is named."""
    return document is not None and given(document.id)


def unless(met: object, found: Findings) -> Findings:
    """The findings, unless the condition is met."""
    return Findings() if met else found


def under(prefix: str, found: Findings) -> Findings:
    """The same findings, about a part of a larger submission: `where` begins with `prefix`."""
    return Findings(
        problems=tuple(_moved(one, prefix) for one in found.problems),
        warnings=tuple(_moved(one, prefix) for one in found.warnings),
    )


def blanks(items: Iterable[str], where: str) -> Iterator[str]:
    """The places in a list of texts that say nothing."""
    return (f"{where}[{index}]" for index, text in enumerate(items) if not given(text))


def doubles(items: Iterable[str], where: str, name: str) -> Iterator[tuple[str, str]]:
    """Place and text of each key that was used before in the same list; blank ones do not count."""
    seen: Counter[str] = Counter()
    for index, text in enumerate(items):
        key = text.strip()
        if given(key) and seen[key]:
            yield f"{where}[{index}].{name}", key
        seen[key] += 1


def listed(items: Iterable[object]) -> str:
    """Several values as one, for a sentence."""
    return ", ".join(str(item) for item in items)


def not_past(day: date, today: date) -> bool:
    """True when a day has not ended yet everywhere on Earth."""
    return day >= today - TOLERANCE


def not_future(day: date, today: date) -> bool:
    """True when it can be that day somewhere on Earth."""
    return day <= today + TOLERANCE


def web_address(link: str) -> bool:
    """True for an http or https address with a host."""
    try:
        parts = urlsplit(link.strip())
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in link.strip()
    except ValueError:
        return False


def email_address(text: str) -> bool:
    """True for a plausible e-mail address: one @, no blanks or control characters, a domain with a dot."""
    local, at, domain = text.partition("@")
    plain = text.isprintable() and not any(one.isspace() or one in '<>,;:"()[]\\' for one in text)
    labels = domain.split(".")
    dots = (
        len(labels) > 1
        and all(labels)
        and not any(one.startswith("-") or one.endswith("-") for one in labels)
    )
    return bool(at and local and plain and dots) and "@" not in domain and len(text) <= LONGEST_EMAIL


def contact(person: Contact, where: str, clause: str) -> Findings:
    """Name, post, plausible addresses and the zone of a person (EOI-03); the findings repeat no name and no address."""
    return together(
        [
            unless(given(person.name), problem("contact.name.missing", f"{where}.name", clause)),
            unless(given(person.post), problem("contact.post.missing", f"{where}.post", clause)),
            unless(given(person.email), problem("contact.email.missing", f"{where}.email", clause)),
            email(person.email, f"{where}.email", clause),
            email(person.second_email, f"{where}.second_email", clause),
            unless(
                not person.time_zone or is_time_zone(person.time_zone),
                problem(
                    "contact.time_zone.unknown", f"{where}.time_zone", clause, zone=person.time_zone[:60]
                ),
            ),
        ]
    )


def email(text: str, where: str, clause: str) -> Findings:
    """An address that is given must be plausible; an empty one is another matter."""
    return unless(not given(text) or email_address(text), problem("contact.email.malformed", where, clause))


def open_task(task: str, context: Context, clause: str) -> Findings:
    """The key of a task that is open in this country."""
    if not given(task):
        return problem("open_task.missing", "task", clause)
    return unless(task in context.tasks, problem("open_task.unknown", "task", clause, task=task))


def country(code: str, context: Context, where: str, clause: str) -> Findings:
    """The ISO 3166 alpha-3 code of an ILO Member State, or an invented one where allowed (GEN-01)."""
    if not given(code):
        return problem("country.missing", where, clause)
    if is_invented(code):
        return unless(context.samples_allowed, problem("country.invented", where, clause, country=code))
    return unless(is_member(code), problem("country.not_member", where, clause, country=code))


def reporting_year(year: int, context: Context, clause: str) -> Findings:
    """The year must be one that is open for reporting."""
    years = listed(context.cycle_years)
    return unless(
        year in context.cycle_years, problem("year.not_open", "year", clause, year=year, years=years)
    )


def past_year(year: int, context: Context, clause: str) -> Findings:
    """The year must be one that has begun, in the Alliance's own time."""
    known = FIRST_YEAR <= year <= context.today.year
    found = problem("year.implausible", "year", clause, year=year, first=FIRST_YEAR, last=context.today.year)
    return unless(known, found)


def each(items: Iterable[object], where: str, judge: Callable[[str, int], Findings]) -> Findings:
    """The findings on every item of a list, each with its place (`where[0]`)."""
    return together(judge(f"{where}[{index}]", index) for index, _ in enumerate(items))


def _moved(finding: Finding, prefix: str) -> Finding:
    return replace(finding, where=".".join(part for part in (prefix, finding.where) if part))
