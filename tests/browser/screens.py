"""Pictures of the pages into docs/screens/, small files. A group of pages gets in by a few lines in `SCREENS`.

.venv/bin/python -m tests.browser.screens [part of a name]
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from framework.terms import Role
from tests.browser.chromium import browser
from tests.browser.site import site, visitor

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDE, NARROW = 1280, 360
COLOURS = 48
TALLEST = 2600
"""Pixels of a page that a picture shows at most: what comes further down looks alike."""


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page as somebody sees it. `role` None: a stranger. `country`: of a role that is held for one."""

    name: str
    address: str
    role: Role | None = None
    country: str = ""
    language: str = "en"
    width: int = WIDE
    scheme: str = "light"


PUBLIC = (
    Screen(name="home", address="/"),
    Screen(name="home-fr-narrow", address="/", language="fr", width=NARROW),
    Screen(name="countries", address="/countries"),
    Screen(name="countries-es-narrow", address="/countries", language="es", width=NARROW),
    Screen(name="profile", address="/countries/XAA"),
    Screen(
        name="profile-es-narrow-dark", address="/countries/XAA", language="es", width=NARROW, scheme="dark"
    ),
    Screen(name="report-fr", address="/countries/XAA/reports/2028", language="fr"),
    Screen(name="process", address="/how-it-works"),
    Screen(name="process-fr-narrow", address="/how-it-works", language="fr", width=NARROW),
    Screen(name="glossary-es", address="/glossary", language="es"),
)

_COUNTRY = "/desk/countries/XAA"
COUNTRY = (
    Screen(name="country", address=_COUNTRY, role=Role.SECRETARIAT),
    Screen(name="country-flags-es", address="/desk/countries/XAD", role=Role.MWG, language="es"),
    Screen(
        name="country-fr-narrow-dark",
        address="/desk/countries/XAB",
        role=Role.GCM,
        language="fr",
        width=NARROW,
        scheme="dark",
    ),
    Screen(name="country-tasks", address=f"{_COUNTRY}/tasks?state=all", role=Role.FOCAL_POINT, country="XAA"),
    Screen(name="country-acts-es", address=f"{_COUNTRY}/tasks", role=Role.SECRETARIAT, language="es"),
    Screen(
        name="act-extension-fr-narrow",
        address="/desk/tasks/XAA/extension",
        role=Role.SECRETARIAT,
        language="fr",
        width=NARROW,
    ),
    Screen(name="country-reports", address=f"{_COUNTRY}/reports", role=Role.MWG),
    Screen(name="country-version", address=f"{_COUNTRY}/versions/roadmap/1", role=Role.GCM),
    Screen(
        name="country-compare", address=f"{_COUNTRY}/compare/roadmap?before=1&after=2", role=Role.SECRETARIAT
    ),
    Screen(name="country-indicators-fr", address=f"{_COUNTRY}/indicators", role=Role.GCM, language="fr"),
    Screen(name="country-comments", address=f"{_COUNTRY}/comments", role=Role.MWG),
    Screen(name="country-evidence", address=f"{_COUNTRY}/evidence", role=Role.MWG),
    Screen(name="country-participation", address=f"{_COUNTRY}/participation", role=Role.MWG),
    Screen(name="country-dialogue", address="/desk/countries/XAB/dialogue", role=Role.GCM),
    Screen(name="country-decisions", address="/desk/countries/XAB/decisions", role=Role.GCM),
    Screen(name="country-letters", address=f"{_COUNTRY}/letters", role=Role.SECRETARIAT),
    Screen(name="country-mail", address=f"{_COUNTRY}/mail", role=Role.SECRETARIAT),
    Screen(name="country-people-es", address=f"{_COUNTRY}/people", role=Role.SECRETARIAT, language="es"),
    Screen(name="country-history", address=f"{_COUNTRY}/history", role=Role.OPERATOR),
    Screen(name="country-entry", address=f"{_COUNTRY}/history/3", role=Role.AUDITOR),
)

DESK = (
    Screen(name="desk-board", address="/desk/board", role=Role.SECRETARIAT),
    Screen(
        name="desk-board-fr-narrow", address="/desk/board", role=Role.SECRETARIAT, language="fr", width=NARROW
    ),
    Screen(name="desk-due", address="/desk/due", role=Role.SECRETARIAT),
    Screen(name="desk-register-es", address="/desk/register", role=Role.SECRETARIAT, language="es"),
    Screen(name="desk-letters", address="/desk/letters", role=Role.SECRETARIAT),
    Screen(name="desk-mail-es", address="/desk/mail", role=Role.SECRETARIAT, language="es"),
    Screen(name="desk-operations", address="/desk/operations", role=Role.OPERATOR),
    Screen(name="desk-meetings-fr", address="/desk/meetings", role=Role.GCM, language="fr"),
    Screen(name="desk-reviews", address="/desk/reviews", role=Role.MWG),
    Screen(name="desk-inbox-es", address="/desk", role=Role.FOCAL_POINT, country="XAA", language="es"),
    Screen(name="sign-in-fr", address="/sign-in", language="fr"),
    Screen(name="sign-in-narrow-dark", address="/sign-in", width=NARROW, scheme="dark"),
)

_REPORT = "/desk/tasks/XAA/progress_report-2031"
_ITEM = "/desk/items/XAD/annual_status-2028"
FORMS = (
    Screen(name="task-report", address=_REPORT, role=Role.FOCAL_POINT, country="XAA"),
    Screen(
        name="task-report-section-fr",
        address=f"{_REPORT}/participation",
        role=Role.FOCAL_POINT,
        country="XAA",
        language="fr",
    ),
    Screen(
        name="task-report-preview-es-narrow",
        address=f"{_REPORT}/preview",
        role=Role.FOCAL_POINT,
        country="XAA",
        language="es",
        width=NARROW,
    ),
    Screen(
        name="task-roadmap-es",
        address="/desk/tasks/XAA/roadmap/priorities",
        role=Role.FOCAL_POINT,
        country="XAA",
        language="es",
    ),
    Screen(
        name="task-roadmap-fr-narrow-dark",
        address="/desk/tasks/XAA/roadmap/priorities",
        role=Role.FOCAL_POINT,
        country="XAA",
        language="fr",
        width=NARROW,
        scheme="dark",
    ),
    Screen(name="task-presentation", address="/desk/tasks/XAC/presentation", role=Role.SECRETARIAT),
    Screen(name="brief-es", address="/countries/XAA/brief", role=Role.SECRETARIAT, language="es"),
    Screen(name="item-fr", address=_ITEM, role=Role.GCM, language="fr"),
    Screen(name="item-decision", address=_ITEM, role=Role.SECRETARIAT),
    Screen(name="item-es-narrow", address=_ITEM, role=Role.GCM, language="es", width=NARROW),
    Screen(name="review-year", address="/desk/reviews/XAD/2029/review", role=Role.MWG),
    Screen(
        name="review-year-fr-narrow",
        address="/desk/reviews/XAD/2029/review",
        role=Role.MWG,
        language="fr",
        width=NARROW,
    ),
    Screen(name="review-report-es", address="/desk/reviews/XAA/2030", role=Role.MWG, language="es"),
)

SCREENS: tuple[Screen, ...] = (*PUBLIC, *COUNTRY, *DESK, *FORMS)


def main(names: Iterable[str] = ()) -> None:
    """Writes the pictures whose names contain one of `names`, or all; those that are there already are made anew."""
    wanted = tuple(names) or ("",)
    FOLDER.mkdir(exist_ok=True)
    with site() as address, browser() as opened:
        for screen in SCREENS:
            if any(part in screen.name for part in wanted):
                _write(screen.name, picture(opened, address, screen))


def picture(opened: Browser, site_address: str, screen: Screen) -> bytes:
    """A page as a PNG. Raises AssertionError for one that is not there: a picture of an error is of no use."""
    with visitor(
        opened,
        role=screen.role,
        country=screen.country,
        language=screen.language,
        width=screen.width,
        scheme=screen.scheme,
    ) as context:
        page = context.new_page()
        answer = page.goto(site_address + screen.address)
        assert answer is not None, screen.address
        assert answer.status == 200, f"{screen.address} answers {answer.status}"
        return page.screenshot(full_page=True)


def _write(name: str, made: bytes) -> None:
    whole = Image.open(BytesIO(made)).convert("RGB")
    shown = whole.crop((0, 0, whole.width, min(whole.height, TALLEST)))
    shown.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
