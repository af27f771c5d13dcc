"""Who was erased, known by salted hashes alone: so that what a rebuild takes from old histories stays without them."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from contracts.personal import Erasure
from framework.forgetting import Forgetting
from storage.canonical import canonical, sha256
from storage.documents import Documents

ERASURES = "erasures"
"""The folder of the document store in which they lie."""

MOST_WORDS = 5
"""How many words a name has at most, to be found within a text."""

_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"']+@[^\s<>()\[\]:;,\"']+\w")
_WORD = re.compile(r"[\w'.-]*\w")
Model = TypeVar("Model", bound=BaseModel)


class Kept(BaseModel):
    """One erasure: the pseudonym, and a salted hash of each address and name. It names nobody."""

    pseudonym: str
    salt: str
    terms: list[str]


@dataclass
class Erasures:
    """All erasures of an installation."""

    kept: list[Kept] = field(default_factory=list)

    def without(self, value: Any) -> Any:
        """A value without those who were erased."""
        if not self.kept:
            return value
        candidates = set(_candidates(value))
        for one in self.kept:
            found = sorted(term for term in candidates if _hash(one.salt, term) in one.terms)
            if found:
                addresses = tuple(term for term in found if "@" in term)
                names = tuple(term for term in found if "@" not in term)
                value = Forgetting(addresses, names, one.pseudonym).within(value)
        return value

    def without_in(self, model: Model) -> Model:
        """The same for a model."""
        if not self.kept:
            return model
        return type(model).model_validate(self.without(model.model_dump(mode="json")))


async def remember(documents: Documents, erasure: Erasure) -> None:
    """Keeps an erasure. Kept before anything is erased: what is then cut off is completed by a rebuild."""
    salt = secrets.token_hex(16)
    terms = sorted(_hash(salt, one) for one in (*erasure.addresses, *erasure.names))
    kept = Kept(pseudonym=erasure.pseudonym, salt=salt, terms=terms)
    await documents.put(ERASURES, sha256(canonical(kept)), canonical(kept), suffix=".json")


async def load(documents: Documents) -> Erasures:
    """All that are kept. Raises DocumentDamaged when one is not what it was."""
    names = await documents.names(ERASURES)
    return Erasures([Kept.model_validate(await documents.read_json(ERASURES, name)) for name in names])


def _hash(salt: str, term: str) -> str:
    return sha256(f"{salt}|{term.strip().casefold()}".encode("utf-8", "replace"))


def _candidates(value: Any) -> Iterator[str]:
    """The texts in a value that could be a name or an address: whole, and each few words of them."""
    if isinstance(value, str):
        yield value
        yield from _ADDRESS.findall(value)
        words = [(found.start(), found.end()) for found in _WORD.finditer(value)]
        for start in range(len(words)):
            for end in range(start + 1, min(start + MOST_WORDS, len(words))):
                yield value[words[start][0] : words[end][1]]
    elif isinstance(value, dict):
        for one in value.values():
            yield from _candidates(one)
    elif isinstance(value, list):
        for one in value:
            yield from _candidates(one)
