"""What a message is about, in words: kinds of tasks, keys of the rules, lists of them."""

import re
from collections.abc import Mapping
from typing import Any

import wording
from correspondence.dates import written
from framework.terms import Language

_TASK_KEY = re.compile(r"([a-z_]+)(?:-(\d{4}))?(?:\.\d+)?")


class Matters:
    """The filters of templates, for one language. They take values of any shape and never raise."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def said(self, finding: Any) -> str:
        """A finding (its key, or key and values) as a sentence; a key without words reads as it is."""
        key, values = str(finding), {}
        if isinstance(finding, Mapping):
            key, values = str(finding.get("key", "")), dict(finding.get("values") or {})
        said = wording.say(key, values, self._language.value)
        return plain_words(key, values) if said == key else said

    def named(self, key: Any, section: str) -> str:
        """The name that the catalogue gives to a key; what people called it themselves stays as it is."""
        said = wording.say(f"{section}.{key}", language=self._language.value)
        return str(key) if said == f"{section}.{key}" else said

    def asked(self, kind: Any) -> str:
        """What a kind of task asks for: `Hand in the annual progress report`."""
        return self._first(str(kind), "task", "entry")

    def thing(self, kind: Any) -> str:
        """What a kind of task is about: `Annual progress report`. Takes a task's key as well: its year follows."""
        found = _TASK_KEY.fullmatch(str(kind))
        name, year = (found[1], found[2]) if found else (str(kind), None)
        return f"{self._first(name, 'entry', 'task')} {year or ''}".strip()

    def listed(self, items: Any) -> list[str]:
        """A list as lines; of a mapping, each name with its value."""
        if isinstance(items, Mapping):
            return [
                f"{self.thing(name)}: {written(value, self._language)}"
                for name, value in items.items()
                if value
            ]
        many = items if isinstance(items, list | tuple) else [items] if items else []
        return [self._item(one) for one in many]

    def _item(self, one: Any) -> str:
        if isinstance(one, Mapping):
            return "; ".join(str(value) for value in one.values())
        return written(one, self._language)

    def _first(self, key: str, *sections: str) -> str:
        names = (self.named(key, section) for section in sections)
        return next((name for name in names if name != key), plain_words(key, {}))


def plain_words(key: str, values: Mapping[str, Any]) -> str:
    """A key as readable as it is by itself: `roadmap.no_budget` is `roadmap: no budget`."""
    said = key.replace(".", ": ").replace("_", " ")
    mentioned = ", ".join(str(value) for value in values.values())
    return f"{said} ({mentioned})" if mentioned else said
