"""What all pages have in common: templates, language, security headers, who is signed in.

A page is `page(request, "its_template.html", name=value)`; its template extends `base.html`, and takes fields, tables
and marks from `parts.html`. What is filled in is escaped, and a value that was forgotten is an error.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from api.deps import parts_of
from api.pages.catalogues import words
from api.pages.languages import COOKIE, OWN_NAMES, YEAR_IN_SECONDS, address_in, asked, language_of
from api.pages.navigation import links_for
from api.pages.static_files import asset
from correspondence.dates import GENEVA, as_moment, city_of, moment_in, short, zone_of
from correspondence.lists import Lists
from correspondence.matters import Matters, colon
from correspondence.places import country_name
from framework.cycle import day_of
from framework.terms import Language

BRAND = "Pathfinder"
TEMPLATES = Path(__file__).parent / "templates"

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cache-Control": "no-store",
        "Vary": "Accept-Language, Cookie",
    }
)
"""What every page tells the browser: nothing inline, nothing from elsewhere, in nobody's frame, kept by nobody."""


def page(
    request: Request,
    template: str,
    status: int = 200,
    *,
    headers: Mapping[str, str] = MappingProxyType({}),
    **values: Any,
) -> HTMLResponse:
    """A page in the reader's language. `headers` add to those of all pages, or replace them.

    Raises jinja2.UndefinedError when the template names a value that is not given.
    """
    language = language_of(request)
    content = environment(language).get_template(template).render(_about(request, language) | values)
    response = HTMLResponse(content, status, {**HEADERS, "Content-Language": language.value, **headers})
    if asked(request):
        remember(response, request, language)
    return response


def remember(response: Response, request: Request, language: Language) -> None:
    """Keeps a choice of language in this browser, for a year."""
    response.set_cookie(
        COOKIE,
        language.value,
        max_age=YEAR_IN_SECONDS,
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def is_secure(request: Request) -> bool:
    """Whether people reach this installation by https."""
    return parts_of(request).settings.public_url.startswith("https://")


@cache
def environment(language: Language) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    said = words(language)
    made.install_gettext_callables(said.gettext, said.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= Lists(language, Matters(language)).filters() | {
        "moment": _moment_filter(language),
        "country_name": partial(_country_name, language),
        "begun": lambda text: str(text)[:1].upper() + str(text)[1:],
        "deadline": partial(_deadline, language),
        "of": _of,
    }
    made.globals |= {"language": language.value, "colon": colon(language), "asset": asset, "brand": BRAND}
    made.globals |= {"languages": [(one.value, name) for one, name in OWN_NAMES.items()]}
    return made


def _about(request: Request, language: Language) -> dict[str, Any]:
    """What every template knows of the request."""
    principal = getattr(request.state, "principal", None)
    switch = [
        {"code": one.value, "name": name, "address": address_in(request, one), "here": one is language}
        for one, name in OWN_NAMES.items()
    ]
    return {
        "principal": principal,
        "navigation": links_for(principal, request.url.path, language),
        "switch": switch,
        "zone": getattr(principal, "time_zone", ""),
        "path": request.url.path,
    }


def _country_name(language: Language, code: str, name: str = "") -> str:
    return country_name(code, language, name)


def _deadline(language: Language, value: Any) -> str:
    """The day that a deadline's moment ends, Anywhere on Earth: that is the date of which everybody speaks."""
    found = as_moment(value)
    return short(day_of(found), language) if found else ""


def _of(errors: list[tuple[str, str]], field: str) -> str:
    """What an error summary says of one field; empty where it says nothing."""
    return " ".join(text for where, text in errors if where == field)


def _moment_filter(language: Language) -> Callable[[Context, Any], str]:
    @pass_context
    def moment(context: Context, value: Any, where: str = "") -> str:
        """An aware moment where its reader is (or where one says), or in Geneva: `Saturday, 1 May 2027, 13:59 (Geneva)`."""
        found = as_moment(value)
        if found is None:
            return ""
        zone = zone_of(where or str(context.get("zone") or ""))
        city = city_of(zone, language) if zone else words(language).gettext("Geneva")
        return f"{moment_in(zone or GENEVA, found, language)} ({city})"

    return moment
