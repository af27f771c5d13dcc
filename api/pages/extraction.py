"""Brings the catalogues of pages up to their templates (part of `make catalogues`)."""

from pathlib import Path

from api.pages.catalogues import DOMAIN
from correspondence.extraction import Domain, write

PAGES = Domain(
    DOMAIN,
    Path(__file__).parent / "babel.cfg",
    "# What pages say. The msgid is the English text; `make catalogues` keeps this file in step.",
)

if __name__ == "__main__":
    write(PAGES)
