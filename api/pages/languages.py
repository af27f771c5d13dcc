"""In which language a page answers: as asked for now, as chosen here before, as the person has it, as the browser says."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from babel.core import negotiate_locale
from fastapi import Request

from framework.terms import Language

COOKIE = "pathfinder-language"
"""Holds a language and nothing else, so it needs nobody's consent."""

YEAR_IN_SECONDS = 365 * 86_400

OWN_NAMES: Mapping[Language, str] = MappingProxyType(
    {Language.ENGLISH: "English", Language.FRENCH: "Français", Language.SPANISH: "Español"}
)
"""What each language calls itself: in the switch it must be found by who reads no other."""


def language_of(request: Request) -> Language:
    """The language of the answer to a request; English where nothing else is known."""
    person = getattr(request.state, "principal", None)
    return (
        asked(request)
        or _known(request.cookies.get(COOKIE, ""))
        or _known(str(getattr(person, "language", "") or ""))
        or _accepted(request.headers.get("Accept-Language", ""))
        or Language.ENGLISH
    )


def asked(request: Request) -> Language | None:
    """The language that the address of this request asks for (`?lang=fr`)."""
    return _known(request.query_params.get("lang", ""))


def address_in(request: Request, language: Language) -> str:
    """The address of this page in another language."""
    query = [(key, value) for key, value in parse_qsl(request.url.query) if key != "lang"]
    return f"{request.url.path}?{urlencode([*query, ('lang', language.value)])}"


def _known(text: str) -> Language | None:
    return Language(text) if text in {one.value for one in Language} else None


def _accepted(header: str) -> Language | None:
    wanted = [part for part in header.split(",")[:20] if part.strip()]
    tags = [tag.split("-")[0].lower() for tag, _ in sorted(map(_weighed, wanted), key=lambda one: -one[1])]
    found = negotiate_locale([tag for tag in tags if tag.isalpha()], [one.value for one in Language])
    return Language(found) if found else None


def _weighed(part: str) -> tuple[str, float]:
    """A language range with its weight (RFC 9110, 12.5.4); what cannot be read counts for nothing."""
    tag, _, weight = part.strip().partition(";")
    try:
        quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
    except ValueError:
        quality = 0.0
    return tag.strip(), quality if 0 < quality <= 1 else 0.0
