"""People before the desk's pages, and what stands on a page that they get."""

import re
from html import unescape

import httpx2

from access.people import FOR_A_COUNTRY
from framework.terms import Role
from tests.api.conftest import bearer


def signed_in(role: Role, language: str = "en") -> dict[str, str]:
    """What the browser of somebody in this role sends."""
    country = "XAA" if role in FOR_A_COUNTRY else ""
    return {
        "Authorization": bearer(role, country),
        "Accept": "text/html",
        "Cookie": f"pathfinder-language={language}",
    }


async def read(
    desk: httpx2.AsyncClient, address: str, role: Role = Role.SECRETARIAT, language: str = "en"
) -> str:
    """A page that must be there for this person."""
    answer = await desk.get(address, headers=signed_in(role, language))
    assert answer.status_code == 200, answer.text
    return answer.text


def rows(page: str) -> list[str]:
    """The names of what tables list."""
    return [unescape(name) for name in re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page)]


def section(page: str, anchor: str) -> str:
    """A section of a page, from its heading to the next."""
    return page.partition(f'<h2 id="{anchor}">')[2].partition("<h2")[0]


def values(page: str) -> dict[str, str]:
    """The values of the hidden fields and inputs of a page's last form of each name."""
    found = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}
