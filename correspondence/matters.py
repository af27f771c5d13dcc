"""What a message is about, in words: kinds of tasks, keys of the rules."""

import re
from collections.abc import Mapping
from typing import Any

import wording
from framework.findings import Finding
from framework.terms import Language

_TASK_KEY = re.compile(r"([a-z_]+)(?:-(\d{4}))?(?:\.\d+)?")


class Matters:
    """The filters of templates that name one thing, for one language. They take values of any shape and never raise."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def said(self, finding: Any) -> str:
        """A finding (its key, or key and values) as a sentence; a key without words reads as it is."""
        key, values = str(finding), {}
        if isinstance(finding, Mapping):
            given = finding.get("values")
            key, values = str(finding.get("key", "")), dict(given) if isinstance(given, Mapping) else {}
        texts = {str(name): str(value) for name, value in values.items()}
        said = wording.sentence(Finding(key=key, values=texts), self._language.value)
        return plain_words(key, values) if said == key else said

    def named(self, key: Any, section: str) -> str:
        """The name that the catalogue gives to a key; what people called it themselves stays as it is."""
        said = wording.say(f"{section}.{key}", language=self._language.value)
        return str(key) if said == f"{section}.{key}" else said

    def asked(self, kind: Any, year: Any = None) -> str:
        """What a kind of task asks for: `Hand in the annual progress report (2027)`."""
        asked = self._first(str(kind), "task", "entry")
        return f"{asked} ({year})" if year else asked

    def thing(self, kind: Any, year: Any = None) -> str:
        """What a kind of task is about: `Annual progress report 2027`. Takes a task's key as well, which has its year."""
        found = _TASK_KEY.fullmatch(str(kind))
        name, own = (found[1], found[2]) if found else (str(kind), None)
        return f"{self._first(name, 'entry', 'task')} {own or year or ''}".strip()

    def _first(self, key: str, *sections: str) -> str:
        names = (self.named(key, section) for section in sections)
        return next((name for name in names if name != key), plain_words(key, {}))


def colon(language: Language) -> str:
    """A colon as the language writes it: in French a no-break space comes before it."""
    return "\u00a0:" if language is Language.FRENCH else ":"


def plain_words(key: str, values: Mapping[str, Any]) -> str:
    """A key as readable as it is by itself: `roadmap.no_budget` is `roadmap: no budget`."""
    said = key.replace(".", ": ").replace("_", " ")
    mentioned = ", ".join(str(value) for value in values.values())
    return f"{said} ({mentioned})" if mentioned else said
