"""Takes a person's names and addresses out of what is on record, and leaves who did what: a pseudonym acts instead."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

ERASED_HOST = "erased.invalid"
"""Where addresses of erased persons lead: nowhere, by the rules of the internet (RFC 2606)."""


@dataclass(frozen=True)
class Forgetting:
    """Whom to forget: by addresses and names, whole words in any case. What stands instead is the pseudonym.

    A name of one word goes only where it is all that a text says, as it is written: Grant is a name, to grant is not.
    """

    addresses: tuple[str, ...]
    names: tuple[str, ...]
    pseudonym: str

    def within(self, value: Any) -> Any:
        """The value without the person: texts, and what lists and objects hold. Keys stay as they are."""
        if isinstance(value, str):
            return self.pseudonym if value in self._words else self._pattern.sub(self._instead, value)
        if isinstance(value, dict):
            return {key: self.within(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.within(one) for one in value]
        return value

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        terms = [one for one in (*self.addresses, *self.names) if one and one not in self._words]
        terms.sort(key=len, reverse=True)
        if not terms:
            return re.compile(r"(?!)")  # nothing is like this
        return re.compile(rf"(?<![\w.@-])(?:{'|'.join(map(re.escape, terms))})(?![\w@-]|\.\w)", re.IGNORECASE)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(one for one in self.names if len(one.split()) == 1)

    def _instead(self, found: re.Match[str]) -> str:
        return f"{self.pseudonym}@{ERASED_HOST}" if "@" in found[0] else self.pseudonym
