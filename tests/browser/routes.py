"""The pages that there are, as the routes say: so that a new page is looked at by itself, or its absence is told."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

VALUES: Mapping[str, str] = {"code": "XAA", "year": "2027", "place": "1", "number": "1", "kind": "roadmap"}
"""What stands in addresses for a country of `tests.pages.living`."""

NO_PAGE = re.compile(
    r".*\.(csv|json|atom|svg|pdf)|/static/.*|/desk/documents/.*|/countries/{code}/letters/.*|/sign-in/oidc.*"
)
"""What is read and is no page: files, documents, the way to an organisation's own sign-in."""


def pages_of(groups: Iterable[Any]) -> Iterator[str]:
    """The paths of the pages of groups (`api.pages.groups`), with their parameters in braces."""
    for group in groups:
        for router in (one for one in vars(group).values() if hasattr(one, "routes")):
            for route in router.routes:
                path, methods = getattr(route, "path", ""), getattr(route, "methods", None) or set()
                if "GET" in methods and not NO_PAGE.fullmatch(path):
                    yield path


def unvisited(groups: Iterable[Any], addresses: Iterable[str]) -> list[str]:
    """The paths of the pages of groups to which none of these addresses leads."""
    seen = [one.partition("?")[0].partition("#")[0] for one in addresses]
    patterns = {path: re.compile(re.sub(r"{[a-z_]+}", "[^/]+", path)) for path in pages_of(groups)}
    named = {path: [one for one in seen if patterns[path].fullmatch(one)] for path in patterns}
    return sorted(path for path, found in named.items() if not _own(path, found, patterns))


def _own(path: str, found: list[str], patterns: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether one of these addresses is this page's: one with fewer parameters would have been met first."""
    rest = [patterns[one] for one in patterns if one.count("{") < path.count("{")]
    return any(not any(each.fullmatch(one) for each in rest) for one in found)


def with_all(groups: Iterable[Any], addresses: Iterable[str]) -> list[str]:
    """Addresses, and those of all pages of groups that are not among them; a value that is not known is an error."""
    known = list(addresses)
    return sorted({*known, *(path.format_map(VALUES) for path in unvisited(groups, known))})
