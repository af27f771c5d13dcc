"""Lists of what a message is about: each item a line in words. The filters take values of any shape and never raise."""

from collections.abc import Callable, Mapping
from typing import Any

from babel.lists import format_list
from jinja2.runtime import Undefined

from correspondence.dates import as_date, locale_of, short, written
from correspondence.inert import header_safe
from correspondence.matters import Matters, colon
from correspondence.places import country_name
from framework.terms import Language


class Lists:
    """The filters of templates for lists and dates, in one language."""

    def __init__(self, language: Language, matters: Matters) -> None:
        self._language, self._matters, self._colon = language, matters, colon(language)

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters by the names that templates know."""
        matters = self._matters
        return {
            "asked": matters.asked,
            "thing": matters.thing,
            "named": matters.named,
            "said": lambda findings: [matters.said(one) for one in many(findings)],
            "names": lambda keys, section: [matters.named(one, section) for one in many(keys)],
            "things": self.things,
            "listed": self.listed,
            "numbered": self.numbered,
            "receipts": self.receipts,
            "flags": lambda flags: [self._flag(one) for one in mappings(flags)],
            "points": self.points,
            "together": self.together,
            "written": self.written,
            "day": self.day,
            "days": lambda dates: self.together([self.day(one) for one in many(dates)]),
        }

    def written(self, value: Any) -> str:
        """A date written out with its weekday; nothing where there is none."""
        return "" if isinstance(value, Undefined) else written(value, self._language)

    def day(self, value: Any) -> str:
        """A date as subjects and lists have it, without its weekday; what is no date comes back as text."""
        found = as_date(value)
        return short(found, self._language) if found else "" if isinstance(value, Undefined) else str(value)

    def together(self, items: Any) -> str:
        """A list in one sentence: `1, 2 and 3`."""
        texts = [str(one) for one in many(items)]
        return format_list(texts, locale=locale_of(self._language)) if texts else ""

    def things(self, kinds: Any, dates: Any = None) -> list[str]:
        """Kinds of tasks, or their keys, each with its due date where that is known."""
        due = dates if isinstance(dates, Mapping) else {}
        return [self._dated(kind, due.get(str(kind))) for kind in many(kinds)]

    def listed(self, items: Any) -> list[str]:
        """A list as lines; of a mapping, each name with its value where there is one."""
        if isinstance(items, Mapping):
            return [self._dated(name, value) for name, value in items.items() if value]
        one_only = [items] if items and not isinstance(items, Undefined) else []
        return [self._item(one) for one in (many(items) or one_only)]

    def numbered(self, comments: Any) -> list[str]:
        """Comments by their number, each with its text."""
        return [f"{one.get('number', '')}. {one.get('text', '')}" for one in mappings(comments)]

    def receipts(self, receipts: Any) -> list[str]:
        """What was received: what it is, when it came, its fingerprint."""
        return [
            f"{self._dated(one.get('kind', ''), one.get('on'))}; SHA-256{self._colon} {one.get('sha256', '')}"
            for one in mappings(receipts)
        ]

    def points(self, points: Any) -> list[str]:
        """What stands out about countries: each by its name, with the indicator and its years."""
        return [f"{self._country(one)}{self._colon} {self._flag(one)}" for one in mappings(points)]

    def _country(self, point: Mapping[str, Any]) -> str:
        name = country_name(str(point.get("code", "")), self._language, str(point.get("name", "")))
        return header_safe(name)

    def _flag(self, flag: Mapping[str, Any]) -> str:
        indicator = self._matters.named(flag.get("indicator", ""), "indicator")
        years = self.together(flag.get("years"))
        return f"{indicator} ({years})" if years else indicator

    def _dated(self, kind: Any, value: Any) -> str:
        thing = self._matters.thing(kind)
        return f"{thing}{self._colon} {self.day(value)}" if value else thing

    def _item(self, one: Any) -> str:
        if isinstance(one, Mapping):
            return "; ".join(str(value) for value in one.values())
        return written(one, self._language)


def many(items: Any) -> list[Any]:
    """The items of a list; nothing of what is none."""
    return list(items) if isinstance(items, list | tuple) else []


def mappings(items: Any) -> list[Mapping[str, Any]]:
    """The items of a list that have values by name."""
    return [one for one in many(items) if isinstance(one, Mapping)]
