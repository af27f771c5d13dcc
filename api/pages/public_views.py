"""What public pages show of what is public: sorted, grouped, drawn. It adds nothing that `storage.publishing` lacks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.pages.plots import Plot, plots_of
from correspondence.places import country_name
from framework.terms import Language, Status
from storage.publishing import PublicActivity, PublicChange, PublicProfile, PublicReport, PublicStatus
from storage.writing import folded

FIRST = date(1900, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which countries somebody wants to see, in which order; empty texts do not filter."""

    status: str = ""
    search: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Group:
    """The countries of one status."""

    status: Status
    countries: list[PublicStatus]


@dataclass(frozen=True, kw_only=True)
class ProfileView:
    """A profile made ready: newest first, with its plots and the status on a day that was asked for."""

    day: date | None
    held: tuple[Status, date] | None
    changes: list[PublicChange]
    reports: list[PublicReport]
    plots: list[Plot]
    years_of_activities: list[tuple[int, list[PublicActivity]]]

    @classmethod
    def of(cls, profile: PublicProfile, day: date | None) -> "ProfileView":
        """The view of a profile, and of its status on a day."""
        years = sorted({one.year for one in profile.activities}, reverse=True)
        return cls(
            day=day,
            held=profile.on(day) if day else None,
            changes=list(reversed(profile.changes)),
            reports=list(reversed(profile.reports)),
            plots=plots_of(profile.indicators),
            years_of_activities=[
                (year, [one for one in profile.activities if one.year == year]) for year in years
            ],
        )


def by_status(countries: Iterable[PublicStatus]) -> list[Group]:
    """The countries in groups, one for each status, active ones first; groups without countries too, but the last."""
    everybody = list(countries)
    order = (Status.ACTIVE, Status.CANDIDATE, Status.INACTIVE, Status.WITHDRAWN)
    groups = [Group(status, [one for one in everybody if one.status is status]) for status in order]
    return [one for one in groups if one.countries or one.status is not Status.WITHDRAWN]


def chosen(countries: Iterable[PublicStatus], asked: Asked, language: Language) -> list[PublicStatus]:
    """The countries that were asked for, in the order that was asked for; names as the language has them."""
    wanted = folded(asked.search)

    def name(one: PublicStatus) -> str:
        return folded(country_name(one.code, language, one.name))

    found = [
        one
        for one in countries
        if (not asked.status or one.status.value == asked.status)
        and (wanted in name(one) or wanted in folded(one.name) or wanted == one.code.lower())
    ]
    orders: dict[str, Callable[[PublicStatus], Any]] = {
        "since": lambda one: (-(one.since or FIRST).toordinal(), name(one))
    }
    return sorted(found, key=orders.get(asked.sort, name))


def asked_day(text: str) -> date | None:
    """The day that an address asks for, or None where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
